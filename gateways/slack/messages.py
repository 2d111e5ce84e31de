"""What somebody said in Slack: a message as payloads, events and reading it tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """A message: its place, its text in Slack's markup, and the ids of its files.

    `thread` is the ts of the thread's first message where it is in one.
    """

    channel: str
    ts: str
    text: str
    files: tuple[str, ...] = ()
    thread: str | None = None

    def address(self, workspace: str) -> str:
        """Return where it can be read; *workspace* is the workspace's address, with a slash at its end."""
        url = f"{workspace}archives/{self.channel}/p{self.ts.replace('.', '')}"
        in_thread = self.thread is not None and self.thread != self.ts
        return f"{url}?thread_ts={self.thread}&cid={self.channel}" if in_thread else url


def said_from(channel: str, raw: Mapping[str, Any]) -> Said:
    """Parse a message; what an app wrote may have its text in attachments only."""
    attached = [each.get("text") or each.get("fallback") or "" for each in raw.get("attachments") or ()]
    return Said(
        channel=channel,
        ts=raw["ts"],
        text=raw.get("text") or "\n".join(filter(None, attached)),
        files=tuple(file["id"] for file in raw.get("files") or () if "id" in file),
        thread=raw.get("thread_ts"),
    )
