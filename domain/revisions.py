"""A rotation through its changes: a tuple of dated revisions that answers what a Rotation answers.

A change adds a revision and leaves the past as it was; domain/rotation_changes.py says how each one does.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from domain.duty_window import DutyWindow
from domain.rotation import Rotation, Shift

_starts_at = attrgetter("starts_at")


@dataclass(frozen=True, slots=True)
class Revision:
    """A definition in force from *starts_at* (aware UTC) until the next revision starts.

    The holder of slot n is the member at place n + *turn*, counted round. *decided_at* (aware UTC) is when
    somebody made the change; None for what the rotation began with. Outside *window*, where there is one,
    the holder is not on duty: domain/layers.py heeds it, the turns here do not.
    """

    starts_at: datetime
    rotation: Rotation
    turn: int = 0
    decided_at: datetime | None = None
    window: DutyWindow | None = None

    def holder(self, slot: int) -> str:
        """Say whose *slot* is."""
        members = self.rotation.members
        return members[(slot + self.turn) % len(members)]

    def same_grid(self, other: "Revision") -> bool:
        """Say whether the hand-offs of both come at the same instants."""
        return _grid(self.rotation) == _grid(other.rotation)


@dataclass(frozen=True, slots=True)
class History:
    """What a rotation was, is and will be: revisions in the order in which they start, at least one."""

    revisions: tuple[Revision, ...]

    def __post_init__(self) -> None:
        starts = [revision.starts_at for revision in self.revisions]
        if not starts or starts != sorted(starts):
            raise ValueError("revisions: give at least one, in the order in which they start.")

    @property
    def latest(self) -> Rotation:
        """The definition as it was last changed, in force or about to be."""
        return self.revisions[-1].rotation

    @property
    def first(self) -> datetime:
        """When it begins, in UTC: before it nobody holds."""
        return self.revisions[0].starts_at

    def index(self, at: datetime) -> int | None:
        """Find which revision is in force at *at*; None before the start."""
        return None if at < self.first else bisect_right(self.revisions, at, key=_starts_at) - 1

    def slot(self, at: datetime) -> int | None:
        """Say the number of the last hand-off up to *at*, on the grid in force; None before the start."""
        index = self.index(at)
        return None if index is None else self.revisions[index].rotation.locate(at)[0]

    def holder(self, at: datetime) -> str | None:
        """Say who is on call at *at*; None before the start."""
        index = self.index(at)
        if index is None:
            return None
        revision = self.revisions[index]
        return revision.holder(revision.rotation.locate(at)[0])

    def shift(self, at: datetime) -> Shift | None:
        """Find the shift under way at *at*; None before the start.

        A change that leaves the holder in place leaves the shift as it is; one that does not cuts it in two.
        """
        index = self.index(at)
        if index is None:
            return None
        revisions = self.revisions
        slot, begin, end = revisions[index].rotation.locate(at)
        first = last = index
        while first > 0 and revisions[first].starts_at >= begin and self._carries_on(first, slot):
            first -= 1
        while (until := self._until(last)) and until < end and self._carries_on(last + 1, slot):
            last += 1
        begin = max(begin, revisions[first].starts_at)
        return Shift(begin, min(end, until or end), revisions[index].holder(slot), slot, first)

    def next_shift(self, at: datetime) -> Shift:
        """Find the first shift that starts after *at*."""
        under_way = self.shift(at)
        found = self.shift(under_way.end if under_way else self.first)
        assert found is not None
        return found

    def shifts(self, start: datetime, end: datetime) -> Iterator[Shift]:
        """List the shifts, whole and in order, that overlap [*start*, *end*)."""
        at = max(start, self.first)
        while at < end:
            shift = self.shift(at)
            assert shift is not None
            yield shift
            at = shift.end
            for shift in self._untouched(at, end):
                yield shift
                at = shift.end

    def _untouched(self, at: datetime, end: datetime) -> Iterator[Shift]:
        """List the shifts from *at* on, as long as they begin and end within one revision."""
        index = self.index(at)
        assert index is not None
        revision, until = self.revisions[index], self._until(index)
        if at > revision.starts_at:
            for shift in revision.rotation.walk(at, end, revision.turn, index):
                if until is not None and shift.end > until:
                    return
                yield shift

    def _until(self, index: int) -> datetime | None:
        """Say when the revision at *index* makes way for the next; None for the last."""
        return self.revisions[index + 1].starts_at if index + 1 < len(self.revisions) else None

    def _carries_on(self, index: int, slot: int) -> bool:
        """Say whether *slot* has the same holder under the revision at *index* as under the one before."""
        before, after = self.revisions[index - 1], self.revisions[index]
        return before.same_grid(after) and before.holder(slot) == after.holder(slot)


def _grid(rotation: Rotation) -> tuple[str, int, datetime, str]:
    """Name what the hand-offs of *rotation* follow from."""
    return rotation.kind, rotation.length, rotation.start, rotation.zone
