"""What one feature is made of: how it listens, and what it asks of the Slack app's manifest."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import App

from domain.config import Config
from views import menus
from views.text import Translator
from workflows.context import Context

Words = Callable[[Translator], str]


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, named without its slash; the manifest may prefix it where names collide."""

    name: str
    description: Words
    usage: Words = menus.nothing


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry in Slack's shortcut menus (`global`) or in a message's (`message`)."""

    name: Words
    callback_id: str
    description: Words
    kind: str = "global"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing people can do. `register` adds its listeners; the rest goes into the manifest.

    `when` says which teams have it by what their bugle.toml decides; None: every team has.
    """

    register: Callable[[App, Context], None]
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    events: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    when: Callable[[Config], bool] | None = None
