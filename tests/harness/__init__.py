"""The workspace in people's words: who types, clicks and reads what, over the sandbox's control API."""

from tests.harness.cards import Card, Channel, Thread
from tests.harness.forms import Form, Home
from tests.harness.people import Person
from tests.harness.results import Result
from tests.harness.waiting import eventually
from tests.harness.world import World

__all__ = ["Card", "Channel", "Form", "Home", "Person", "Result", "Thread", "World", "eventually"]
