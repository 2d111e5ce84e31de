"""Where Slack shows who is on duty: which places each rotation has, and what each place says.

A place is written whole for all rotations that share it, so that what it says depends on nothing but who is
on duty.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.duty import Why
from domain.rotation_profile import KeptRotation, Profile


class Surface(StrEnum):
    """A kind of place in Slack that shows who is on duty."""

    GROUP = "group"  # the members of a user group
    TOPIC = "topic"  # a part of a channel's topic
    PINNED = "pinned"  # a message pinned in a channel


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One place: a surface, and the id of the user group or channel that has it."""

    surface: Surface
    target: str


@dataclass(frozen=True, slots=True)
class Line:
    """Who is on duty in one rotation, and *until* when (aware UTC).

    Without a *person* nobody is; `why` then tells a gap that was wanted from one that was not. *then* is who
    comes after, where that is known.
    """

    key: str
    name: str
    person: str | None
    why: Why | None
    until: datetime | None
    then: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a place says: a line for each of its rotations, in a language."""

    lines: tuple[Line, ...]
    language: str

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who is on duty, each once."""
        return tuple(sorted({line.person for line in self.lines if line.person is not None}))

    @property
    def names(self) -> tuple[str, ...]:
        """What its rotations are called."""
        return tuple(line.name for line in self.lines)


def places(profile: Profile, channels: Mapping[str, str]) -> Iterator[Place]:
    """List the places of a rotation with these settings; *channels* are those of products, by their keys."""
    if profile.user_group is not None:
        yield Place(Surface.GROUP, profile.user_group)
    for channel in _channels(profile, channels):
        if profile.topic:
            yield Place(Surface.TOPIC, channel)
        if profile.pinned:
            yield Place(Surface.PINNED, channel)


def sharing(
    rotations: Iterable[KeptRotation], channels: Mapping[str, str], at: datetime
) -> dict[Place, list[KeptRotation]]:
    """Group the rotations that have not ended at *at* (aware) by the places that show them."""
    found: dict[Place, list[KeptRotation]] = {}
    for rotation in rotations:
        if not rotation.has_ended(at):
            for place in places(rotation.profile, channels):
                found.setdefault(place, []).append(rotation)
    return found


def gist(surface: Surface, told: Told) -> list[object]:
    """Return what of it shows on a surface, as JSON: while this stays the same, nothing is to be written."""
    if surface is Surface.GROUP:
        return list(told.people)
    lines = [[line.name, line.person] for line in told.lines]
    if surface is Surface.TOPIC:
        return [told.language, *lines]
    more = [[line.until and line.until.isoformat(), line.then] for line in told.lines]
    return [told.language, *lines, *more]


def _channels(profile: Profile, channels: Mapping[str, str]) -> tuple[str, ...]:
    if profile.channel is not None:
        return (profile.channel,)
    served = (channels[each.product] for each in profile.serves if each.product in channels)
    return tuple(dict.fromkeys(served))
