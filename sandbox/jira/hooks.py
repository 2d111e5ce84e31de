"""Who wants to be told of what happens in Jira."""

import itertools
from dataclasses import dataclass
from typing import Any

EVENTS = (
    "jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "comment_created", "comment_updated",
    "comment_deleted", "issuelink_created", "issuelink_deleted", "jira:version_created",
    "jira:version_released", "jira:version_deleted",
)  # fmt: skip


@dataclass(frozen=True)
class Webhook:
    """Somebody who wants to be told of some events; with a secret, Cloud signs what it sends."""

    id: int
    name: str
    url: str
    events: tuple[str, ...]
    secret: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the webhook as the control API shows it."""
        return {"id": self.id, "name": self.name, "url": self.url, "events": list(self.events)} | (
            {"secret": self.secret} if self.secret else {}
        )


class Webhooks:
    """Those who want to be told; `retry_delays` are real seconds before each repetition."""

    def __init__(self) -> None:
        self.hooks: list[Webhook] = []
        self.retry_delays: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0)
        self._ids = itertools.count(1)

    def add(self, *, url: str, events: list[str], name: str = "", secret: str | None = None) -> Webhook:
        """Register a webhook and return it."""
        number = next(self._ids)
        hook = Webhook(number, name or f"Webhook {number}", url, tuple(events), secret)
        self.hooks.append(hook)
        return hook

    def remove(self, id_: int) -> bool:
        """Forget a webhook; False when it is not there."""
        kept = [one for one in self.hooks if one.id != id_]
        found = len(kept) < len(self.hooks)
        self.hooks = kept
        return found
