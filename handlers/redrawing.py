"""Showing the fields of what was chosen in an open form, as it was chosen last."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from slack_bolt import Ack

from domain.effects import Never
from views.blocks import Block
from workflows.context import Context

# Returns the form again: from the view as it was told, and its state.values.
Draw = Callable[[Context, dict[str, Any], Mapping[str, Any]], Block]
_KEPT = 1000  # open forms


class Redrawing:
    """Shows a form anew, also where two choices follow each other faster than Slack shows the first.

    Slack tells a form's state with each action and at no other time: what was told last is remembered, and
    that is what is shown when Slack says that somebody else has changed the form meanwhile. What was in
    fields that are gone is remembered too, for when they come back.
    """

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
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
        told = view["state"]["values"]
        before = self._last.get(view["id"], {})
        try:
            changed = self._draw(ctx, view, {**before, **told})
            ctx.slack.update_view(view["id"], changed, view["hash"])
        except Never as refusal:
            if "hash_conflict" not in refusal.reason:
                raise
            last = self._draw(ctx, view, self._last.get(view["id"], told))
            ctx.slack.update_view(view["id"], last)
