"""A rotation through its changes: a tuple of dated revisions that answers what a Rotation answers.

A change adds a revision and leaves the past as it was; domain/rotation_changes.py says how each one does.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from domain.rotation import Rotation, Shift

_INSTANT = timedelta(microseconds=1)
_starts_at = attrgetter("starts_at")


@dataclass(frozen=True, slots=True)
class Revision:
    """A definition in force from *starts_at* (aware UTC) until the next revision starts.

    The holder of slot n is the member at place n + *turn*, counted round. *decided_at* (aware UTC) is when
    somebody made the change; None for what the rotation began with.
    """

    starts_at: datetime
    rotation: Rotation
    turn: int = 0
    decided_at: datetime | None = None

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

        A change that leaves the holder in place leaves the shift whole; one that does not cuts it in two.
        """
        index = self.index(at)
        return None if index is None else self._whole(self._piece(index, at))

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
        """List the shifts from *at* on that no change of revision touches, up to the first that one does."""
        index = self.index(at)
        assert index is not None
        revision, until = self.revisions[index], self._until(index)
        for shift in revision.rotation.walk(at, end, revision.turn, index):
            if shift.start < at or (until is not None and shift.end > until):
                return
            yield shift

    def _until(self, index: int) -> datetime | None:
        """Say when the revision at *index* makes way for the next; None for the last."""
        return self.revisions[index + 1].starts_at if index + 1 < len(self.revisions) else None

    def _piece(self, index: int, at: datetime) -> Shift:
        """Find what of the shift at *at* lies within the revision at *index*."""
        revision, until = self.revisions[index], self._until(index)
        slot, begin, end = revision.rotation.locate(at)
        begin = max(begin, revision.starts_at)
        return Shift(begin, end if until is None else min(end, until), revision.holder(slot), slot, index)

    def _whole(self, piece: Shift) -> Shift:
        """Join *piece* with what the revisions before and after hold of the same shift."""
        first = last = piece
        while (earlier := self._piece_before(first)) and self._same_shift(earlier, first):
            first = earlier
        while (later := self._piece_after(last)) and self._same_shift(last, later):
            last = later
        return piece if first is last else first._replace(end=last.end)

    def _piece_before(self, piece: Shift) -> Shift | None:
        """Find the piece that a change of revision cut off before *piece*; None if none did."""
        if piece.start > self.revisions[piece.revision].starts_at:
            return None
        index = bisect_left(self.revisions, piece.start, key=_starts_at) - 1
        return self._piece(index, piece.start - _INSTANT) if index >= 0 else None

    def _piece_after(self, piece: Shift) -> Shift | None:
        """Find the piece that a change of revision cut off after *piece*; None if none did."""
        if piece.end != self._until(piece.revision):
            return None
        index = bisect_right(self.revisions, piece.end, key=_starts_at) - 1
        return self._piece(index, piece.end)

    def _same_shift(self, earlier: Shift, later: Shift) -> bool:
        """Say whether two pieces that touch are of one shift."""
        if (earlier.holder, earlier.slot) != (later.holder, later.slot):
            return False
        return self.revisions[earlier.revision].same_grid(self.revisions[later.revision])


def _grid(rotation: Rotation) -> tuple[str, int, datetime, str]:
    """Name what the hand-offs of *rotation* follow from."""
    return rotation.kind, rotation.length, rotation.start, rotation.zone
