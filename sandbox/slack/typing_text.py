"""What Slack's composer makes of typed text: escaping, mentions, links, and the rich text beside it."""

import re
import secrets

from sandbox.cast import APP
from sandbox.slack.model import JSON
from sandbox.slack.state import Slack

_TOKEN = re.compile(r"@([\w.-]+)|#([\w-]+)|(https?://[^\s<>]+)")


def escaped(text: str) -> str:
    """Return *text* with Slack's three control characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def composed(slack: Slack, typed: str, *, named: bool = False) -> tuple[str, JSON]:
    """Return the message text and the rich_text block for what somebody *typed*.

    @handle and #channel become mentions, addresses links; *named* adds the names, as commands get them.
    """
    parts: list[str] = []
    elements: list[JSON] = []
    end = 0
    for match in _TOKEN.finditer(typed):
        token = _token(slack, match, named=named)
        if token is None:
            continue
        _plain(typed[end : match.start()], parts, elements)
        parts.append(token[0])
        elements.append(token[1])
        end = match.end()
    _plain(typed[end:], parts, elements)
    section = {"type": "rich_text_section", "elements": elements}
    block = {"type": "rich_text", "block_id": secrets.token_urlsafe(4)[:5], "elements": [section]}
    return "".join(parts), block


def _plain(text: str, parts: list[str], elements: list[JSON]) -> None:
    if text:
        parts.append(escaped(text))
        elements.append({"type": "text", "text": text})


def _token(slack: Slack, match: re.Match[str], *, named: bool) -> tuple[str, JSON] | None:
    """Return a mention or link as text and as rich text, None when it names nobody."""
    handle, room, link = match.groups()
    if link:
        return f"<{escaped(link)}>", {"type": "link", "url": link}
    if room:
        channel = next((one for one in slack.channels.values() if one.name == room and not one.peer), None)
        if channel is None:
            return None
        return f"<#{channel.id}|{channel.name}>", {"type": "channel", "channel_id": channel.id}
    ids = {one.handle: one.id for one in slack.people.values()} | {APP.name.lower(): APP.bot_user}
    user = ids.get(handle.lower())
    if user is None:
        return None
    name = f"|{handle.lower()}" if named else ""
    return f"<@{user}{name}>", {"type": "user", "user_id": user}
