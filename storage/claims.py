"""How a driver takes effects and gives them back: the statements, the lanes, the leases and the paces.

A claim is serialized (BEGIN IMMEDIATE on SQLite, an advisory lock on PostgreSQL), so that two replicas never
start two effects of one lane. A lease is kept alive by its owner; when it runs out, its effect may be taken
by another, in doubt about what the first one did. Leases and paces are in real time, due times in business
time.

In a lane the earliest effect goes first, and keeps its place between its tries. One that is decided for later
takes its place when it is due; one that was interrupted is taken up again before all others.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    update,
)

from domain.effects import Doubt, Pace, State
from storage.database import Transaction
from storage.rows import raise_to
from storage.tables import Utc, effects, paces

LEASE = timedelta(seconds=4)
_CLAIMING = 0x62_75_67_6C_65  # "bugle": the advisory lock that serializes claims on PostgreSQL


@dataclass(frozen=True, slots=True)
class Claimed:
    """An effect that this owner runs now."""

    id: int
    key: str
    kind: str
    lane: str
    args: Mapping[str, Any]
    tries: int
    doubt: Doubt | None


@dataclass(frozen=True, slots=True)
class Batch:
    """What a claim gave, whether there may be more, and in how many real seconds a pace frees (or None)."""

    claimed: tuple[Claimed, ...]
    more: bool
    freed_in: float | None


def claim(
    tx: Transaction,
    *,
    owner: str,
    kinds: Mapping[str, Sequence[Pace]],
    lane_paces: Mapping[str, float],
    limit: int,
    busy: Collection[int],
    business_now: datetime,
    clock: Callable[[Transaction], datetime],
) -> Batch:
    """Take up to `limit` effects that are due, first in their lane and within their paces.

    `kinds` names the kinds this owner can run now with the paces each is under; `lane_paces` the kinds that
    are also paced within their lane, with the seconds between two. `busy` are the effects this owner still
    runs: it does not take them twice, not even when it could not keep their leases. `clock` gives the real
    time, which is asked for once it is this owner's turn.
    """
    _take_turn(tx)
    real_now = clock(tx)
    book = _PaceBook(_busy_paces(tx, real_now), real_now)
    open_kinds = [kind for kind, under in kinds.items() if book.allows(under)]
    candidates = tx.execute(
        _TAKEABLE,
        {
            "kinds": open_kinds,
            "held_lanes": [name.removeprefix(_LANE) for name in book.free_at if name.startswith(_LANE)],
            "lane_paced": list(lane_paces),
            "busy": list(busy),
            "business_now": business_now,
            "real_now": real_now,
            "no_lease": real_now + 2 * LEASE,
            "room": limit,
        },
    ).all()
    taken: list[Claimed] = []
    for row in candidates:
        under = [*kinds[row.kind]]
        if row.kind in lane_paces:
            under.append(Pace(_LANE + row.lane, lane_paces[row.kind]))
        if book.allows(under):
            book.take(under)
            taken.append(_claimed(row, business_now))
    if taken:
        marks = {"ids": [each.id for each in taken], "owner": owner, "lease": real_now + LEASE}
        tx.execute(_MARK_RUNNING, {**marks, "business_now": business_now, "real_now": real_now})
    for name in sorted(book.changed):
        raise_to(tx, paces, {"name": name}, {"free_at": book.free_at[name]})
    freed_in = book.freed_in(pace for under in kinds.values() for pace in under)
    return Batch(tuple(taken), len(candidates) == limit, freed_in)


def renew(tx: Transaction, owner: str, ids: Collection[int], real_now: datetime) -> None:
    """Keep the leases of these effects alive."""
    tx.execute(
        update(effects).where(_mine(owner), effects.c.id.in_(ids)).values(lease_until=real_now + LEASE)
    )


def finish(tx: Transaction, claimed: Claimed, owner: str, result: Any, business_now: datetime) -> bool:
    """Mark an effect as done; False when the lease was lost and somebody else is at it."""
    done = _settled(State.DONE) | {"finished_at": business_now, "result": result, "error": None}
    return _settle(tx, claimed, owner, done)


def put_back(
    tx: Transaction,
    claimed: Claimed,
    owner: str,
    *,
    due_at: datetime,
    error: str,
    unsure_at: datetime | None = None,
    counted: bool = True,
) -> bool:
    """Let an effect wait for another try at `due_at`.

    `unsure_at` (business time) when this try may have happened: the next one is in doubt. `counted` is
    False for a try that was none, as when the gateway turned out to be locked. False when the lease was lost.
    """
    values = _settled(State.WAITING) | {"due_at": due_at, "error": error}
    if unsure_at is not None:
        values["doubt_since"] = func.coalesce(effects.c.doubt_since, effects.c.started_at)
        values["doubted_at"] = func.coalesce(effects.c.doubted_at, literal(unsure_at, Utc()))
    if not counted:
        values["tries"] = effects.c.tries - 1
    return _settle(tx, claimed, owner, values)


def bury(tx: Transaction, claimed: Claimed, owner: str, error: str, business_now: datetime) -> bool:
    """Mark an effect as dead: it leaves its lane and waits for a person. False when the lease was lost."""
    return _settle(tx, claimed, owner, _settled(State.DEAD) | {"finished_at": business_now, "error": error})


def hold(tx: Transaction, pace: Pace, until: datetime) -> None:
    """Let nothing go under this pace before `until` (real time), or later if that was said before."""
    raise_to(tx, paces, {"name": pace.name}, {"free_at": until + _ahead(pace)})


def forget_free_paces(tx: Transaction, before: datetime) -> None:
    """Delete what is known of paces that have been free since `before` (real time)."""
    _take_turn(tx)
    tx.execute(delete(paces).where(paces.c.free_at < before))


_LANE = "lane "


class _PaceBook:
    """When each pace is free, as a generic cell rate: `free_at` may run ahead by the burst."""

    def __init__(self, free_at: Mapping[str, datetime], now: datetime) -> None:
        self.free_at = dict(free_at)
        self.changed: set[str] = set()
        self._now = now

    def allows(self, under: Sequence[Pace]) -> bool:
        return all(self.free_at.get(pace.name, self._now) <= self._now + _ahead(pace) for pace in under)

    def take(self, under: Sequence[Pace]) -> None:
        for pace in under:
            start = max(self.free_at.get(pace.name, self._now), self._now)
            self.free_at[pace.name] = start + timedelta(seconds=pace.every)
            self.changed.add(pace.name)

    def freed_in(self, known: Iterable[Pace]) -> float | None:
        ahead = {pace.name: _ahead(pace) for pace in known}
        freed = (at - ahead.get(name, timedelta(0)) - self._now for name, at in self.free_at.items())
        return min((wait.total_seconds() for wait in freed if wait > timedelta(0)), default=None)


def _ahead(pace: Pace) -> timedelta:
    return timedelta(seconds=pace.every * (pace.burst - 1))


def _take_turn(tx: Transaction) -> None:
    """Wait for those who claim now; SQLite has no two transactions that write anyway."""
    if tx.dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(_CLAIMING)))


def _busy_paces(tx: Transaction, real_now: datetime) -> dict[str, datetime]:
    query = select(paces.c.name, paces.c.free_at).where(paces.c.free_at > real_now)
    return {row.name: row.free_at for row in tx.execute(query)}


def _takeable() -> Select[Any]:
    other = effects.alias("other")
    business_now, real_now = bindparam("business_now", type_=Utc()), bindparam("real_now", type_=Utc())
    in_the_way = exists().where(
        other.c.lane == effects.c.lane,
        other.c.id != effects.c.id,
        or_(
            # Whatever its id: an earlier one can be committed, or retried, while a later one is under way.
            other.c.state == State.RUNNING,
            and_(
                effects.c.state == State.WAITING,
                other.c.id < effects.c.id,
                or_(other.c.due_at <= business_now, other.c.started_at.is_not(None)),
            ),
        ),
        # Repeats the partial index's own condition, so that both databases use it.
        text("other.state IN ('waiting', 'running')"),
    )
    return (
        select(effects)
        .where(
            text("effects.state IN ('waiting', 'running')"),
            effects.c.due_at <= business_now,
            or_(
                effects.c.state == State.WAITING,
                effects.c.lease_until < real_now,
                # No lease reaches so far, unless the clock was set back since.
                effects.c.lease_until > bindparam("no_lease", type_=Utc()),
            ),
            effects.c.kind.in_(_several("kinds")),
            or_(effects.c.lane.not_in(_several("held_lanes")), effects.c.kind.not_in(_several("lane_paced"))),
            ~in_the_way,
            effects.c.id.not_in(_several("busy")),
        )
        .order_by(effects.c.id + 0)  # a sum, or the planner reads all rows in the order of their ids
        .limit(bindparam("room"))
        .with_for_update(skip_locked=True, of=effects)
    )


def _mark_running() -> Update:
    interrupted = effects.c.state == State.RUNNING
    since = func.coalesce(effects.c.doubt_since, effects.c.started_at)
    noticed = func.coalesce(effects.c.doubted_at, bindparam("business_now", type_=Utc()))
    return (
        update(effects)
        .where(effects.c.id.in_(_several("ids")))
        .values(
            doubt_since=case((interrupted, since), else_=effects.c.doubt_since),
            doubted_at=case((interrupted, noticed), else_=effects.c.doubted_at),
            state=State.RUNNING,
            tries=effects.c.tries + 1,
            lease_owner=bindparam("owner"),
            lease_until=bindparam("lease", type_=Utc()),
            started_at=bindparam("real_now", type_=Utc()),
        )
    )


def _several(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


# Built once: a driver claims after each commit and each effect, and building one takes longer than asking it.
_TAKEABLE = _takeable()
_MARK_RUNNING = _mark_running()


def _claimed(row: Any, business_now: datetime) -> Claimed:
    interrupted = row.state == State.RUNNING
    since = row.doubt_since or (row.started_at if interrupted else None)
    doubt = Doubt(since, business_now - (row.doubted_at or business_now)) if since else None
    return Claimed(row.id, row.key, row.kind, row.lane, row.args, row.tries + 1, doubt)


def _mine(owner: str) -> ColumnElement[bool]:
    return and_(effects.c.state == State.RUNNING, effects.c.lease_owner == owner)


def _settled(state: State) -> dict[str, Any]:
    return {"state": state, "lease_owner": None, "lease_until": None}


def _settle(tx: Transaction, claimed: Claimed, owner: str, values: dict[str, Any]) -> bool:
    settled = update(effects).where(
        _mine(owner), effects.c.id == claimed.id, effects.c.tries == claimed.tries
    )
    return tx.execute(settled.values(values)).rowcount == 1
