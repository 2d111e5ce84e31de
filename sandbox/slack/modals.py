"""Open views: each person's modals and Home, what was typed into them, and the triggers that open them."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from sandbox.cast import APP, HARBOR
from sandbox.slack.inputs import Fields
from sandbox.slack.model import JSON

DEEPEST = 3
TRIGGER_SECONDS = 3.0
TRIGGERS_KEPT = 10_000
_PASSED_ON = (
    "private_metadata", "callback_id", "clear_on_close", "notify_on_close", "external_id", "submit_disabled",
)  # fmt: skip


@dataclass
class OpenView:
    """A view on somebody's screen: `source` is what the app gave, `blocks` its blocks with ids.

    `errors` is what the person sees under fields, by block_id.
    """

    id: str
    user: str
    source: JSON
    blocks: list[JSON]
    root: str
    previous: str | None = None
    hash: str = ""
    fields: Fields = field(default_factory=Fields)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_home(self) -> bool:
        """Tell whether the view is a Home tab."""
        return bool(self.source["type"] == "home")

    def show(self, source: JSON, blocks: list[JSON]) -> None:
        """Show other contents."""
        self.source, self.blocks = source, blocks
        self.hash = f"{int(time.time())}.{secrets.token_hex(4)}"
        self.errors = {}
        self.fields.show(blocks)

    def as_json(self, *, with_state: bool = True) -> JSON:
        """Return the view as Slack's API and payloads show it."""
        source = self.source
        return {
            "id": self.id,
            "team_id": HARBOR.id,
            "type": source["type"],
            "blocks": self.blocks,
            "private_metadata": source.get("private_metadata", ""),
            "callback_id": source.get("callback_id", ""),
            "state": self.fields.state() if with_state else {"values": {}},
            "hash": self.hash,
            "title": source.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": bool(source.get("clear_on_close")),
            "notify_on_close": bool(source.get("notify_on_close")),
            "close": source.get("close"),
            "submit": source.get("submit"),
            "previous_view_id": self.previous,
            "root_view_id": self.root,
            "app_id": APP.id,
            "external_id": source.get("external_id", ""),
            "app_installed_team_id": HARBOR.id,
            "bot_id": APP.bot_id,
        }


@dataclass
class Trigger:
    """Permission to open one view for a person, for three seconds; `view` is the modal it came from."""

    user: str
    view: str | None
    until: float
    used: bool = False


class Views:
    """All open views; `stacks` are each person's modals, the one in front last."""

    def __init__(self) -> None:
        self._views: dict[str, OpenView] = {}
        self._homes: dict[str, OpenView] = {}
        self._stacks: dict[str, list[list[OpenView]]] = {}
        self._triggers: dict[str, Trigger] = {}

    def trigger(self, user: str, view: str | None = None) -> str:
        """Return a new trigger id for *user*."""
        id_ = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**11)}.{secrets.token_hex(16)}"
        self._triggers[id_] = Trigger(user, view, time.monotonic() + TRIGGER_SECONDS)
        while len(self._triggers) > TRIGGERS_KEPT:
            del self._triggers[next(iter(self._triggers))]
        return id_

    def pull(self, trigger_id: str) -> Trigger | str:
        """Use up a trigger and return it, or the error Slack gives."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if time.monotonic() > trigger.until:
            return "expired_trigger_id"
        trigger.used = True
        return trigger

    def find(self, view_id: str | None, external_id: str | None = None) -> OpenView | None:
        """Return the open view with this id or external id."""
        if view_id:
            return self._views.get(view_id)
        return next(
            (one for one in self._views.values() if one.source.get("external_id") == external_id), None
        )

    def home(self, user: str) -> OpenView | None:
        """Return what the app published on the Home tab of *user*."""
        return self._homes.get(user)

    def shown(self, user: str) -> list[OpenView]:
        """Return the modals of *user*, the one in front last."""
        return [view for stack in self._stacks.get(user, []) for view in stack]

    def open(self, id_: str, user: str, source: JSON, blocks: list[JSON]) -> OpenView:
        """Put a modal with a stack of its own in front."""
        view = OpenView(id_, user, source, blocks, root=id_)
        view.show(source, blocks)
        self._views[id_] = view
        self._stacks.setdefault(user, []).append([view])
        return view

    def push(self, id_: str, below: OpenView, source: JSON, blocks: list[JSON]) -> OpenView | None:
        """Put a modal on top of the stack of *below*; None when the stack is full."""
        stack = self._stack(below)
        if stack is None or len(stack) >= DEEPEST:
            return None
        view = OpenView(id_, below.user, source, blocks, root=below.root, previous=stack[-1].id)
        view.show(source, blocks)
        self._views[id_] = view
        stack.append(view)
        return view

    def publish(self, id_: str, user: str, source: JSON, blocks: list[JSON]) -> OpenView:
        """Show *source* on the Home tab of *user*; the view keeps its id."""
        home = self._homes.get(user)
        if home is None:
            home = self._homes[user] = OpenView(id_, user, source, blocks, root=id_)
            self._views[id_] = home
        home.show(source, blocks)
        return home

    def close(self, view: OpenView, *, whole_stack: bool = False) -> list[OpenView]:
        """Take *view* and what lies on it, or its whole stack, off the screen; return them, front first."""
        stack = self._stack(view)
        if stack is None:
            return []
        start = 0 if whole_stack else stack.index(view)
        gone = stack[start:][::-1]
        del stack[start:]
        for one in gone:
            self._views.pop(one.id, None)
        stacks = self._stacks[view.user]
        stacks[:] = [one for one in stacks if one]
        return gone

    def _stack(self, view: OpenView) -> list[OpenView] | None:
        return next((stack for stack in self._stacks.get(view.user, []) if view in stack), None)


def clean(source: JSON) -> JSON:
    """Return what the app may set of a view, without what it left out."""
    kept: dict[str, Any] = {
        key: source[key]
        for key in ("type", "title", "submit", "close", *_PASSED_ON)
        if source.get(key) is not None
    }
    return kept
