"""How good the schedule of a rotation is, from 0 to 100, what lowers it, and what to do about each.

Every cause costs points by the share of the time on duty that it spoils, times a weight. A gap weighs as much
as all that the same hours could cost otherwise, so that none ever raises the score. What the order of turns
makes unavoidable costs nothing: three people who share four weeks cannot have as many each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.duty import Duty, Why
from domain.load import Hours, hours_in
from domain.rotation import Kind, Rotation

WHOLE = 100
_SHORT = timedelta(hours=12)  # a clash shorter than this, and than most of a turn, comes of hand-offs
_NONE = timedelta(0)
_UTC = ZoneInfo("UTC")


class Cause(StrEnum):
    """What lowers the score."""

    GAP = "gap"  # nobody is on duty
    GONE = "gone"  # somebody is who has left Slack
    DOUBLE = "double"  # somebody is who has the duty of another rotation too
    HOURS = "hours"  # somebody has more than others
    NIGHTS = "nights"
    WEEKENDS = "weekends"


# In halves of a point. GAP is GONE, DOUBLE, HOURS and one of the last two together: no moment is both.
WEIGHTS = {
    Cause.GAP: 8,
    Cause.GONE: 4,
    Cause.DOUBLE: 2,
    Cause.HOURS: 1,
    Cause.NIGHTS: 1,
    Cause.WEEKENDS: 1,
}


class Advice(StrEnum):
    """What to do about it."""

    ADD_MEMBER = "add_member"
    REMOVE = "remove"
    SWAP = "swap"  # with somebody
    MOVE_HANDOFF = "move_handoff"  # to when the other rotation has it


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that lowers the score: for *length* in all, first at *at* (aware UTC).

    *person* is whom it is about, *other* the key of the rotation that it clashes with. *swap_with* is the
    member who is to take a turn of theirs.
    """

    cause: Cause
    length: timedelta
    at: datetime
    person: str | None = None
    other: str | None = None
    advice: Advice = Advice.ADD_MEMBER
    swap_with: str | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """A score and what lowers it, the worst first."""

    score: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A rotation and its stretches in the time looked at; those of gaps are among them."""

    key: str
    rotation: Rotation
    duties: tuple[Duty, ...]


def quality(
    planned: Planned,
    others: Iterable[Planned],
    start: datetime,
    end: datetime,
    *,
    gone: frozenset[str] = frozenset(),
    zones: Mapping[str, ZoneInfo] | None = None,
) -> Quality:
    """Judge who is on duty in [*start*, *end*), both aware, beside the *others* at the same time.

    *gone* are those who have left Slack, *zones* people's own (UTC for whom it does not name). No order of
    what is given matters.
    """
    duties = _cut(planned.duties, start, end)
    whole = sum((each.end - each.start for each in duties), _NONE)
    if not whole:
        return Quality(WHOLE, ())
    beside = {each.key: _cut(each.duties, start, end) for each in others if each.key != planned.key}
    shared = _Shares(planned.rotation, duties, zones or {})
    found = [
        *_gaps(duties),
        *_gone(duties, gone),
        *_doubles(planned.rotation, duties, beside, gone),
        *shared.uneven(gone),
    ]
    found.sort(key=lambda each: (-_lost(each), each.at, each.cause, each.person or "", each.other or ""))
    lost = sum(map(_lost, found), _NONE)
    # Whole numbers all the way: a gap must not raise the score by an error of rounding.
    score = WHOLE + -WHOLE * lost // (2 * whole)
    return Quality(max(0, score), tuple(found))


def _lost(finding: Finding) -> timedelta:
    return WEIGHTS[finding.cause] * finding.length


def _cut(duties: Iterable[Duty], start: datetime, end: datetime) -> list[Duty]:
    """Return what lies in the time looked at, in order, without the hours in which nobody needs to be."""
    cut = (each._replace(start=max(each.start, start), end=min(each.end, end)) for each in duties)
    needed = (each for each in cut if each.start < each.end and each.why is not Why.CLOSED)
    return sorted(needed, key=lambda each: each.start)


def _gaps(duties: Sequence[Duty]) -> Iterator[Finding]:
    gaps = [each for each in duties if each.person is None]
    if gaps:
        yield Finding(Cause.GAP, _length(gaps), gaps[0].start)


def _gone(duties: Sequence[Duty], gone: frozenset[str]) -> Iterator[Finding]:
    for person in sorted(gone):
        theirs = [each for each in duties if each.person == person]
        if theirs:
            yield Finding(Cause.GONE, _length(theirs), theirs[0].start, person=person, advice=Advice.REMOVE)


def _doubles(
    rotation: Rotation, duties: Sequence[Duty], beside: Mapping[str, Sequence[Duty]], gone: frozenset[str]
) -> Iterator[Finding]:
    """Find who has two duties at once: each moment counts once, for the first other rotation by its key."""
    clashes: dict[tuple[str, str], list[tuple[datetime, datetime]]] = defaultdict(list)
    counted: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for key in sorted(beside):
        for person, start, end in _at_once(duties, beside[key]):
            clashes[person, key] += _outside(start, end, counted[person])
        for (person, against), spans in clashes.items():
            if against == key:
                counted[person] += spans
    shortest = min(each.turn.end - each.turn.start for each in duties)
    for (person, key), spans in clashes.items():
        if not spans:
            continue
        longest = max(over - begin for begin, over in spans)
        partner = _free_partner(rotation, person, spans, beside, gone)
        advice = Advice.SWAP if partner else Advice.ADD_MEMBER
        if longest < min(_SHORT, shortest / 4):
            advice, partner = Advice.MOVE_HANDOFF, None
        length = sum((over - begin for begin, over in spans), _NONE)
        first = min(begin for begin, _ in spans)
        yield Finding(Cause.DOUBLE, length, first, person, key, advice, partner)


def _at_once(ours: Sequence[Duty], theirs: Sequence[Duty]) -> Iterator[tuple[str, datetime, datetime]]:
    """List where the same person is in both, which are in order and do not overlap within themselves."""
    place = 0
    for mine in ours:
        while place < len(theirs) and theirs[place].end <= mine.start:
            place += 1
        at = place
        while at < len(theirs) and theirs[at].start < mine.end:
            if mine.person is not None and theirs[at].person == mine.person:
                yield mine.person, max(mine.start, theirs[at].start), min(mine.end, theirs[at].end)
            at += 1


def _outside(
    start: datetime, end: datetime, taken: Iterable[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    """Return what of [*start*, *end*) is outside the spans that are *taken*."""
    left = [(start, end)]
    for begin, over in taken:
        left = [
            piece
            for low, high in left
            for piece in ((low, min(high, begin)), (max(low, over), high))
            if piece[0] < piece[1]
        ]
    return left


def _free_partner(
    rotation: Rotation,
    person: str,
    spans: Iterable[tuple[datetime, datetime]],
    beside: Mapping[str, Sequence[Duty]],
    gone: frozenset[str],
) -> str | None:
    """Return the first member after *person* who has no other duty at any of these times."""
    spans = list(spans)
    busy = {
        each.person
        for theirs in beside.values()
        for each in theirs
        for begin, over in spans
        if each.start < over and begin < each.end
    }
    members = rotation.members
    place = members.index(person) if person in members else 0
    in_order = members[place:] + members[:place]
    return next((each for each in in_order if each not in busy | gone | {person}), None)


class _Shares:
    """What each has of the hours, nights and weekends, beside what the turns alone would give them."""

    def __init__(self, rotation: Rotation, duties: Sequence[Duty], zones: Mapping[str, ZoneInfo]) -> None:
        self._rotation = rotation
        self._actual: dict[str, Hours] = defaultdict(Hours)
        self._by_turns: dict[str, Hours] = defaultdict(Hours)
        self._turns: dict[tuple[int, int], Hours] = defaultdict(Hours)
        self._first: dict[str, datetime] = {}
        for each in duties:
            holder = each.turn.holder
            as_holder = hours_in(each.start, each.end, zones.get(holder, _UTC))
            self._by_turns[holder] += as_holder
            self._turns[each.turn.revision, each.turn.slot] += as_holder
            if each.person is not None:
                same = zones.get(each.person, _UTC) == zones.get(holder, _UTC)
                zone = zones.get(each.person, _UTC)
                self._actual[each.person] += as_holder if same else hours_in(each.start, each.end, zone)
                self._first.setdefault(each.person, each.start)

    def uneven(self, gone: frozenset[str]) -> Iterator[Finding]:
        """Find who has more of something than turns that were shared out evenly would bring."""
        for cause in (Cause.HOURS, Cause.NIGHTS, Cause.WEEKENDS):
            most = self._most(cause)
            for person in sorted(self._actual):
                over = _of(cause, self._actual[person]) - most
                if over > _NONE:
                    partner = self._partner(cause, person, gone)
                    advice = Advice.SWAP if partner else Advice.ADD_MEMBER
                    yield Finding(cause, over, self._first[person], person, None, advice, partner)

    def _most(self, cause: Cause) -> timedelta:
        """Return how much of something one person must expect: their share of the turns that bring any."""
        bringing = [each for hours in self._turns.values() if (each := _of(cause, hours))]
        share = -(-len(bringing) // len(self._by_turns)) * max(bringing, default=_NONE)
        if _always_the_same(self._rotation, cause):
            return share
        return max(share, *(_of(cause, hours) for hours in self._by_turns.values()))

    def _partner(self, cause: Cause, person: str, gone: frozenset[str]) -> str | None:
        """Return the member with the least of it; None where a swap would not last, or nobody is left."""
        if _always_the_same(self._rotation, cause):
            return None
        able = [each for each in self._rotation.members if each not in gone | {person}]
        actual = {each: _of(cause, self._actual.get(each, Hours())) for each in able}
        return min(able, key=lambda each: (actual[each], each), default=None)


def _of(cause: Cause, hours: Hours) -> timedelta:
    return {Cause.HOURS: hours.total, Cause.NIGHTS: hours.night, Cause.WEEKENDS: hours.weekend}[cause]


def _always_the_same(rotation: Rotation, cause: Cause) -> bool:
    """Tell whether a round lasts just so many days, or weeks, that it never goes round among the members."""
    unit = {Kind.HOURLY: 1, Kind.DAILY: 24}.get(rotation.kind)
    if unit is None or cause is Cause.HOURS:
        return False
    turn, again = unit * rotation.length, 24 if cause is Cause.NIGHTS else 7 * 24
    return turn < again and turn * len(rotation.members) % again == 0


def _length(duties: Iterable[Duty]) -> timedelta:
    return sum((each.end - each.start for each in duties), _NONE)
