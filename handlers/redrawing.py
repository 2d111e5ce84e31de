"""Showing the fields of what was chosen in an open form, as it was chosen last."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from slack_bolt import Ack

from domain.effects import Never
from handlers.opening import shown_anew
from views.opening import read_opening
from workflows.context import Context

_KEPT = 1000  # open forms


class Redrawing:
    """Shows a form anew, also where two choices follow each other faster than Slack shows the first.

    Slack tells a form's state with each action and at no other time: what was told last is remembered, and
    that is what is shown when Slack says that somebody else has changed the form meanwhile. What was in
    fields that are gone is remembered too, for when they come back.
    """

    def __init__(self) -> None:
        self._last: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._lock = Lock()

    def see(self, ack: Ack, body: dict[str, Any]) -> None:
        """Remember the state that an action tells, and ack."""
        form, told = body["view"]["id"], body["view"]["state"]["values"]
        with self._lock:
            self._last[form] = {**self._last.get(form, {}), **told}
            self._last.move_to_end(form)
            if len(self._last) > _KEPT:
                self._last.popitem(last=False)
        ack()

    def show(self, ctx: Context, body: dict[str, Any]) -> None:
        """Show the fields of what was chosen."""
        view = body["view"]
        opening, told = read_opening(view), view["state"]["values"]
        before = self._last.get(view["id"], {})
        try:
            changed = shown_anew(ctx, opening, {**before, **told})
            ctx.slack.update_view(view["id"], changed, view["hash"])
        except Never as refusal:
            if "hash_conflict" not in refusal.reason:
                raise
            last = shown_anew(ctx, opening, self._last.get(view["id"], told))
            ctx.slack.update_view(view["id"], last)
