"""Events are taken once, and never lost: their receipt is kept with what they decide, or not at all."""

from typing import Any

import pytest

from domain.config import Admins, Config
from domain.effects import Effect
from gateways.jira import Jira
from gateways.slack import Slack
from handlers.events import TakenOnce
from storage import effects
from storage.database import Database, Transaction
from tests.storage.stage import START
from workflows.context import Context

BODY = {"event_id": "Ev1", "event": {"type": "reaction_added"}}
NOWHERE = "http://127.0.0.1:9/"


def context(database: Database) -> Context:
    """Return a context whose gateways are never asked."""
    config = Config(Admins("C0ADMINS"), ())
    slack, jira = Slack(bot_token="x", api_url=NOWHERE), Jira(url=NOWHERE, pat="x")
    return Context(config, database, slack, jira, lambda: START)


class Listener:
    """Takes an event by deciding an effect, and fails afterwards as often as it is told to."""

    def __init__(self, fails: int = 0) -> None:
        self.fails = fails
        self.__name__ = "listener"

    def __call__(self, tx: Transaction, ctx: Context, event: dict[str, Any]) -> None:
        """Take an event."""
        effects.decide(tx, [Effect(event["type"], f"effect {len(keys(tx))}", "lane", {})], ctx.now())
        if self.fails:
            self.fails -= 1
            raise ZeroDivisionError


def keys(tx: Transaction) -> list[str]:
    """Return the keys of all effects."""
    return [each.key for each in effects.listed(tx)]


def test_a_redelivered_event_is_taken_once(database: Database) -> None:
    """However often it comes, it decides one thing; another event decides another."""
    taken = TakenOnce(context(database), Listener())
    for _ in range(3):
        taken(BODY, BODY["event"])
    taken({**BODY, "event_id": "Ev2"}, BODY["event"])
    with database.reading() as tx:
        assert sorted(keys(tx)) == ["effect 0", "effect 1"]


def test_an_event_that_failed_is_taken_when_it_comes_again(database: Database) -> None:
    """A listener that fails leaves neither a decision nor a receipt."""
    taken = TakenOnce(context(database), Listener(fails=1))
    with pytest.raises(ZeroDivisionError):
        taken(BODY, BODY["event"])
    with database.reading() as tx:
        assert keys(tx) == []
    taken(BODY, BODY["event"])
    taken(BODY, BODY["event"])
    with database.reading() as tx:
        assert keys(tx) == ["effect 0"]
