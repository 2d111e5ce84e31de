"""What came of something a person did: what reached the app, how it answered, and what the person sees."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.delivery import Ack
from sandbox.slack.model import JSON

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass
class Act:
    """The outcome of one gesture.

    `sent`: something was delivered to the app; `error` names what went wrong (None: nothing), `seen` is the
    sentence the person reads about it; `ack_ms` runs from sending to acknowledgement; `errors` stand under
    fields, by block_id; `confirm` is the dialog that asks first; `detail` are Slack's complaints about what
    the app answered, which only developers see.
    """

    sent: bool = False
    error: str | None = None
    seen: str = ""
    ack_ms: float | None = None
    response: Any = None
    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    view: JSON | None = None
    message: JSON | None = None
    options: list[JSON] = field(default_factory=list)
    confirm: JSON | None = None
    detail: list[str] = field(default_factory=list)

    @classmethod
    def after(cls, ack: Ack, seen: str = TROUBLE) -> "Act":
        """Return the outcome of a delivery; *seen* is shown when it failed."""
        return cls(True, ack.error, seen if ack.error else "", round(ack.ms, 3), ack.payload)

    def failed(self, error: str, seen: str = TROUBLE, detail: list[str] | None = None) -> "Act":
        """Note that the app's answer was of no use."""
        self.error, self.seen, self.detail = error, seen, detail or []
        return self

    def as_json(self) -> JSON:
        """Return the outcome as the control API shows it."""
        return {"ok": self.error is None and not self.errors and self.confirm is None, **vars(self)}


def refused(error: str, seen: str) -> Act:
    """Return the outcome of something Slack's client does not let a person do."""
    return Act(error=error, seen=seen)
