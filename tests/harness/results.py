"""What came of a gesture, as the person sees it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.harness.visible import JSON

if TYPE_CHECKING:
    from tests.harness.forms import Form
    from tests.harness.people import Person


@dataclass
class Result:
    """The outcome of a gesture.

    `error` is Slack's name for what went wrong (None: nothing) and `seen` the sentence about it; `errors` are
    those under fields, by the field's label; `ack_ms` is how long the app took to acknowledge.
    """

    by: "Person"
    raw: JSON
    errors: dict[str, str] = field(default_factory=dict)
    before: frozenset[str] = frozenset()

    @property
    def ok(self) -> bool:
        """Whether all went well."""
        return bool(self.raw["ok"])

    @property
    def error(self) -> str | None:
        """Slack's name for what went wrong."""
        error: str | None = self.raw["error"]
        return error

    @property
    def seen(self) -> str:
        """The sentence the person reads about it."""
        return str(self.raw["seen"])

    @property
    def ack_ms(self) -> float:
        """Milliseconds from sending to acknowledgement."""
        return float(self.raw["ack_ms"])

    @property
    def closed(self) -> bool:
        """Whether the form closed."""
        return bool(self.raw["closed"])

    @property
    def text(self) -> str:
        """What the app answered to a command, as it reads."""
        message = self.raw["message"]
        return self.by.world.reads(message) if message else ""

    @property
    def form(self) -> "Form":
        """The form that is in front now."""
        return self.by.form()

    def opens(self, title: str | None = None, *, within: float = 10.0) -> "Form":
        """Wait for the form that this gesture opens."""
        assert self.error is None, f"{self.error}: {self.seen}"
        return self.by.expect_form(title, other_than=self.before, within=within)
