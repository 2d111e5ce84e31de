"""What `bugle rotation` writes: rotations and rosters as plain text, times in the rotation's zone.

The command line speaks English, as its other commands do.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from domain.duty import Duty, Why
from domain.roster import Entry, Hindrance, Missing
from domain.rotation_profile import KeptRotation
from domain.wall_clock import zone_named

_WHY = {
    Why.TURN: "",
    Why.RECORDED: "",
    Why.OVERRIDE: "taken over",
    Why.SWAP: "swapped",
    Why.STAND_IN: "stands in",
    Why.ALL_AWAY: "everybody is away",
    Why.CLOSED: "outside the hours of duty",
}


def shown(rotation: KeptRotation, found: Sequence[Duty], names: Mapping[str, str], now: datetime) -> str:
    """Return a rotation with its stretches, the one under way marked."""
    lines = [f"{rotation.key}: {rotation.name} ({rotation.history.latest.zone})"]
    for duty in found:
        mark = "*" if duty.start <= now < duty.end else " "
        why = f"  ({_WHY[duty.why]})" if _WHY[duty.why] else ""
        lines.append(f"{mark} {_span(rotation, duty.start, duty.end)}  {_name(names, duty.person)}{why}")
    return "\n".join([*lines, *(["  nothing to come"] if not found else []), ""]) + "\n"


def laid_over(
    rotation: KeptRotation, missing: Sequence[Missing], names: Mapping[str, str], *, dry: bool
) -> str:
    """Return what a roster changed in a rotation, or would change."""
    if not missing:
        return f"{rotation.key}: nothing to change.\n"
    changes = "1 change" if len(missing) == 1 else f"{len(missing)} changes"
    head = f"{rotation.key}: {changes}{', not made yet:' if dry else ':'}"
    lines = [
        f"  {_span(rotation, each.start, each.end)}  {names[each.person]}"
        f" instead of {_name(names, each.instead_of)}"
        for each in missing
    ]
    return "\n".join([head, *lines]) + "\n"


def problems(
    rotation: KeptRotation,
    hindrances: Sequence[Hindrance],
    unknown: Sequence[Entry],
    names: Mapping[str, str],
) -> Iterator[tuple[int, str]]:
    """Yield the lines that could not be taken over, and why."""
    for each in hindrances:
        if each.duty is None:
            yield each.line, f"overlaps line {each.other}: give each time to one person"
        else:
            agreed = f"{_name(names, each.duty.person)} {_span(rotation, each.duty.start, each.duty.end)}"
            yield each.line, f"is in the way of what was agreed ({agreed}): cancel that first"
    for entry in unknown:
        yield (
            entry.line,
            f"names nobody known ({', '.join(entry.who)}): give an ID or an e-mail address",
        )


def _span(rotation: KeptRotation, start: datetime, end: datetime) -> str:
    zone = zone_named(rotation.history.latest.zone)
    begin, over = (each.astimezone(zone) for each in (start, end))
    return f"{begin:%a %Y-%m-%d %H:%M} to {over:%a %Y-%m-%d %H:%M}"


def _name(names: Mapping[str, str], person: str | None) -> str:
    return "nobody" if person is None else names[person]
