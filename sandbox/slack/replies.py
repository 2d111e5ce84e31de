"""Response URLs: each may be used five times within thirty minutes of real time."""

import secrets
import time
from dataclasses import dataclass

USES = 5
SECONDS = 30 * 60


@dataclass
class Reply:
    """What a response URL answers: an action of `user` in `channel`, and the message it was on, if any."""

    user: str
    channel: str
    message_ts: str | None
    thread_ts: str | None
    until: float
    left: int = USES


class ResponseURLs:
    """The response URLs that have been given out, by their last part."""

    def __init__(self) -> None:
        self._given: dict[str, Reply] = {}

    def give(
        self, user: str, channel: str, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        """Return the last part of a new response URL."""
        name = secrets.token_hex(12)
        self._given[name] = Reply(user, channel, message_ts, thread_ts, time.monotonic() + SECONDS)
        return name

    def use(self, name: str) -> Reply | str:
        """Count a use and return what it answers, or the error Slack gives: invalid, expired or used up."""
        reply = self._given.get(name)
        if reply is None:
            return "invalid_url"
        if time.monotonic() > reply.until:
            return "expired_url"
        if reply.left == 0:
            return "used_url"
        reply.left -= 1
        return reply
