"""Events of Slack's, each taken once: its receipt is kept in the transaction of what it decides.

Slack sends an event again until it is acked, and Bolt acks it when its listener has returned. A listener that
is killed or fails leaves no receipt, and takes the event when it comes again.
"""

from collections.abc import Callable
from typing import Any

from storage import inbox
from storage.database import Transaction
from workflows.context import Context

Take = Callable[[Transaction, Context, dict[str, Any]], None]


class TakenOnce:
    """A listener that takes an event with `take(tx, ctx, event)`, which calls nobody outside."""

    def __init__(self, ctx: Context, take: Take) -> None:
        self._ctx = ctx
        self._take = take
        self.__name__ = take.__name__  # Bolt names listeners in its logs

    def __call__(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Take the event of one request, unless it was taken before."""
        with self._ctx.database.transaction() as tx:
            if inbox.first_time(tx, body["event_id"], self._ctx.now()):
                self._take(tx, self._ctx, event)
