"""What a conversation is to us: who can see what is said in it."""

from dataclasses import dataclass
from typing import Any

from gateways.slack.people import Identity


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation as conversations.info tells it.

    `is_external` says that people of another company read it: it is shared with one, or is a direct message
    with somebody of one; `companies` are the Slack teams it is shared with beside ours. `user` is the other
    side of a direct message. `is_member` is about the bot.
    """

    id: str
    name: str
    is_external: bool
    is_member: bool
    is_private: bool
    is_archived: bool
    user: str | None = None
    companies: tuple[str, ...] = ()


def channel_from(raw: dict[str, Any], us: Identity) -> Channel:
    """Parse the `channel` of conversations.info as seen by *us*.

    Direct messages have no name and no is_member.
    """
    direct = bool(raw.get("is_im"))
    return Channel(
        id=raw["id"],
        name=raw.get("name") or "",
        is_external=bool(raw.get("is_ext_shared")),
        is_member=direct or bool(raw.get("is_member")),
        is_private=direct or bool(raw.get("is_private")),
        is_archived=bool(raw.get("is_archived")),
        user=raw.get("user") if direct else None,
        companies=_companies(raw, us) if raw.get("is_ext_shared") else (),
    )


def _companies(raw: dict[str, Any], us: Identity) -> tuple[str, ...]:
    """Return the teams that read a shared channel and are none of ours; on Grid ours are several."""
    ours = {us.team_id, us.enterprise_id, *(raw.get("internal_team_ids") or ())}
    return tuple(sorted({*(raw.get("shared_team_ids") or ()), *(raw.get("connected_team_ids") or ())} - ours))


def topic_of(answer: dict[str, Any]) -> str:
    """Return the topic in an answer about a channel; empty where it has none."""
    return str((answer["channel"].get("topic") or {}).get("value") or "")
