"""Changes of a rotation, each a dated revision: the past stays as it was, and nobody is surprised.

A change of members keeps the holder and the hand-offs, one of the hours of duty leaves turns alone. A change
of kind, length, start or zone waits for the hand-off already announced. Before the rotation begins there is
nothing to keep, so it just begins otherwise. Each function gives a new History, or the same one where nothing
changes. *at* is now, aware; a change dated before the last one is refused with RotationError, as are
definitions that cannot be.
"""

from dataclasses import replace
from datetime import UTC, datetime

from domain.duty_window import DutyWindow
from domain.revisions import History, Revision
from domain.rotation import Kind, Rotation
from domain.rotation_input import RotationError


def begin(rotation: Rotation, window: DutyWindow | None = None) -> History:
    """Give a rotation without a past its history: it begins at its start with its first member."""
    return History((Revision(rotation.first, rotation, window=window),))


def with_members(history: History, at: datetime, members: tuple[str, ...]) -> History:
    """Make *members* take turns from *at* on, in this order.

    The holder stays for the shift under way. One who is gone leaves the rest of it to the next in the old
    order who is still there. From the holder it goes on in the new order.
    """
    at = _checked(history, at)
    if members == history.latest.members:
        return history
    if at < history.first:
        return _beginning(history, at, replace(history.latest, members=members, stored=True))
    past, announced = _split(history, at)
    current = past.revisions[-1]
    rotation = replace(current.rotation, members=members, stored=True)
    slot = rotation.locate(at)[0]
    holder = _heir(current.rotation.members, current.holder(slot), members)
    changed = _revised(past, at, rotation, holder, at)
    for revision in announced:
        waiting = replace(revision.rotation, members=members, stored=True)
        changed = _handed_over(changed, revision.starts_at, waiting, at)
    return changed


def with_member(history: History, at: datetime, member: str, *, after: str | None = None) -> History:
    """Add *member* from *at* on: at the end of the order, or right after the member *after*."""
    members = history.latest.members
    if member in members:
        raise RotationError("members", f"{member} is there already.")
    place = len(members) if after is None else _place(members, after) + 1
    return with_members(history, at, (*members[:place], member, *members[place:]))


def without_member(history: History, at: datetime, member: str) -> History:
    """Take *member* out from *at* on; the last one cannot be."""
    members = history.latest.members
    place = _place(members, member)
    if len(members) == 1:
        raise RotationError("members", f"{member} is the last one. Add somebody else first.")
    return with_members(history, at, members[:place] + members[place + 1 :])


def redefined(
    history: History,
    at: datetime,
    *,
    kind: Kind | None = None,
    length: int | None = None,
    start: datetime | None = None,
    zone: str | None = None,
) -> History:
    """Change what is given of the definition, from the next hand-off after *at* on.

    The next member takes over at that hand-off, as announced, and from there on hand-offs come as the new
    definition has them; its start says where they fall, be it before that hand-off or after.
    """
    at, latest = _checked(history, at), history.latest
    rotation = replace(
        latest,
        kind=kind or latest.kind,
        length=latest.length if length is None else length,
        start=start or latest.start,
        zone=latest.zone if zone is None else zone,
        stored=start is None and zone is None,
    )
    if rotation == latest:
        return history
    if at < history.first:
        return _beginning(history, at, rotation)
    past, _ = _split(history, at)
    under_way = past.shift(at)
    assert under_way is not None
    return _handed_over(past, under_way.end, rotation, at)


def with_next_round(history: History, at: datetime, members: tuple[str, ...]) -> History:
    """Have the same members take turns in another order, from the next hand-off after *at* on.

    The first of them takes over there: ask this only where nobody was told yet who is next. The shift under
    way stays. A change that waits already leaves everything as it is, as does a rotation not begun.
    """
    at = _checked(history, at)
    if at < history.first or history.revisions[-1].starts_at > at or members == history.latest.members:
        return history
    if sorted(members) != sorted(history.latest.members):
        raise RotationError("members", "are others. An order of turns is one of the same members.")
    under_way = history.shift(at)
    assert under_way is not None
    rotation = replace(history.latest, members=members, stored=True)
    return _revised(history, under_way.end, rotation, members[0], at)


def with_window(history: History, at: datetime, window: DutyWindow | None) -> History:
    """Have somebody on duty only within *window* from *at* on; None: round the clock."""
    at = _checked(history, at)
    if window == history.revisions[-1].window:
        return history
    if at < history.first:
        return History(tuple(replace(each, window=window, decided_at=at) for each in history.revisions))
    past, announced = _split(history, at)
    current = replace(past.revisions[-1], starts_at=at, window=window, decided_at=at)
    waiting = (replace(each, window=window, decided_at=at) for each in announced)
    return History((*past.revisions, current, *waiting))


def _checked(history: History, at: datetime) -> datetime:
    """Refuse to change what is already history; gives *at* in UTC."""
    if at.utcoffset() is None:
        raise TypeError(f"at: {at} has no offset, so it names no instant.")
    decided_at = history.revisions[-1].decided_at
    if decided_at is not None and at < decided_at:
        raise RotationError("at", f"{at} lies before the last change, {decided_at}. Date it now.")
    return at.astimezone(UTC)


def _split(history: History, at: datetime) -> tuple[History, tuple[Revision, ...]]:
    """Part the revisions in force by *at* from the one that waits for its hand-off, if one does."""
    begun = tuple(revision for revision in history.revisions if revision.starts_at <= at)
    return History(begun), history.revisions[len(begun) :]


def _beginning(history: History, at: datetime, rotation: Rotation) -> History:
    """Begin with *rotation* instead, at its start or, where that has gone by, at *at*."""
    starts_at = max(at, rotation.first)
    turn = -rotation.locate(starts_at)[0] % len(rotation.members)
    return History((Revision(starts_at, rotation, turn, at, history.revisions[-1].window),))


def _revised(past: History, starts_at: datetime, rotation: Rotation, holder: str, at: datetime) -> History:
    """Add a revision from *starts_at* on under which *holder* then holds; decided at *at*."""
    members = rotation.members
    turn = (members.index(holder) - rotation.locate(starts_at)[0]) % len(members)
    window = past.revisions[-1].window
    return History((*past.revisions, Revision(starts_at, rotation, turn, at, window)))


def _handed_over(past: History, handoff: datetime, rotation: Rotation, at: datetime) -> History:
    """Put *rotation* in force at *handoff*, with whom *past* has take over there."""
    holder = past.holder(handoff)
    assert holder is not None
    return _revised(past, handoff, rotation, holder, at)


def _heir(order: tuple[str, ...], holder: str, members: tuple[str, ...]) -> str:
    """Say who of *members* holds now: the holder, else the next in *order* who is there."""
    place = order.index(holder)
    return next((member for member in order[place:] + order[:place] if member in members), members[0])


def _place(members: tuple[str, ...], member: str) -> int:
    """Find where in the order *member* comes; a stranger is refused."""
    if member not in members:
        raise RotationError("members", f"{member} is not there. The members are {', '.join(members)}.")
    return members.index(member)
