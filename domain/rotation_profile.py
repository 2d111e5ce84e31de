"""What stands beside a rotation: what it serves, when its members work, who is told when nobody reacts.

The turns have a history (domain/revisions.py); what is here counts as it was last set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from domain.revisions import History
from domain.working_hours import USUAL, WorkingHours


class Rank(StrEnum):
    """Whether a rotation is asked first, or when another one did not react."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Step(StrEnum):
    """Who is told next when a ping is not answered in time; a step that leads to nobody is passed over."""

    NEXT = "next"  # the next member who was not asked
    OTHERS = "others"  # every other member, one after the other
    SECONDARY = "secondary"  # who is on duty in the secondary rotation
    LEAD = "lead"
    CHANNEL = "channel"  # the thread of the card, for everybody


USUAL_STEPS = (Step.OTHERS, Step.SECONDARY, Step.LEAD, Step.CHANNEL)


@dataclass(frozen=True, slots=True)
class Service:
    """What a rotation serves: a product by its key, or one *area* of it, by the name of its component."""

    product: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A rotation's settings, all but its turns. People, channels and groups are Slack ids.

    `hours` are when members work, each in the zone of their own Slack profile. `channel` is where hand-offs
    are announced and asked for cover, in `language`; None: the channels of the products that it serves.
    `user_group` holds who is on duty; `topic` says it in the channel's topic, `pinned` in a message pinned
    there. `is_balanced` orders the members of each round by least recent load. `quiet` tells of hand-offs in
    working hours only. From `ended_at` (aware UTC) on it has nobody on duty any more.
    """

    name: str
    rank: Rank = Rank.PRIMARY
    serves: tuple[Service, ...] = ()
    hours: WorkingHours = USUAL
    lead: str | None = None
    steps: tuple[Step, ...] = USUAL_STEPS
    channel: str | None = None
    language: str = "en"
    user_group: str | None = None
    topic: bool = False
    pinned: bool = False
    is_balanced: bool = False
    quiet: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptRotation:
    """A rotation as Bugle keeps it; `version` grows with each change, so that two editors do not collide."""

    key: str
    profile: Profile
    history: History
    version: int = 1

    @property
    def name(self) -> str:
        """What people read."""
        return self.profile.name

    def has_ended(self, at: datetime) -> bool:
        """Tell whether it is over at the aware instant *at*."""
        return self.profile.ended_at is not None and self.profile.ended_at <= at


def profile_to_dict(profile: Profile) -> dict[str, Any]:
    """Write settings as JSON can hold them."""
    hours = profile.hours
    return {
        "name": profile.name,
        "rank": profile.rank,
        "serves": [[each.product, each.area] for each in profile.serves],
        "hours": [sorted(hours.days), hours.start.isoformat("minutes"), hours.end.isoformat("minutes")],
        "lead": profile.lead,
        "steps": list(profile.steps),
        "channel": profile.channel,
        "language": profile.language,
        "user_group": profile.user_group,
        "topic": profile.topic,
        "pinned": profile.pinned,
        "is_balanced": profile.is_balanced,
        "quiet": profile.quiet,
        "ended_at": profile.ended_at and profile.ended_at.isoformat(),
    }


def profile_from_dict(record: Mapping[str, Any]) -> Profile:
    """Read settings that `profile_to_dict` wrote."""
    days, start, end = record["hours"]
    ended_at = record["ended_at"]
    return Profile(
        name=record["name"],
        rank=Rank(record["rank"]),
        serves=tuple(Service(product, area) for product, area in record["serves"]),
        hours=WorkingHours(frozenset(days), time.fromisoformat(start), time.fromisoformat(end)),
        lead=record["lead"],
        steps=tuple(map(Step, record["steps"])),
        channel=record["channel"],
        language=record["language"],
        user_group=record["user_group"],
        topic=record.get("topic", False),  # not there where an older version kept it
        pinned=record.get("pinned", False),
        is_balanced=record["is_balanced"],
        quiet=record["quiet"],
        ended_at=None if ended_at is None else datetime.fromisoformat(ended_at),
    )
