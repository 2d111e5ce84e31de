"""Deciding effects, and looking after those that are kept: list, count, retry, drop.

Running them is `storage/driver.py`; the statements it claims and settles with are in `storage/claims.py`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, text, update

from domain.effects import Effect, State, same_reason
from storage.database import Transaction, decided_effects
from storage.rows import insert_new
from storage.tables import effects


@dataclass(frozen=True, slots=True)
class EffectRow:
    """An effect as it is kept, for people who look at it. Times are aware UTC, business time."""

    id: int
    key: str
    kind: str
    lane: str
    args: Mapping[str, Any]
    state: State
    due_at: datetime
    decided_at: datetime
    tries: int
    error: str | None
    result: Any


def decide(tx: Transaction, decided: Iterable[Effect], now: datetime) -> int:
    """Keep effects that must happen, in this order within each lane; a key decided before changes nothing.

    Returns how many were new.
    """
    rows = [_row(effect, now) for effect in decided]
    if not rows:
        return 0
    new = insert_new(tx, effects, rows)
    decided_effects(tx)
    return new


def decide_unless_waiting(tx: Transaction, effect: Effect, now: datetime) -> None:
    """Keep an effect unless one of its kind with the same args still waits and will do the same later.

    For effects that render the state as it is when they run, so that many changes make one edit. The
    waiting row is locked until this transaction ends: no driver can start it on what was before.
    """
    waiting = (
        select(effects.c.id, effects.c.args)
        .where(effects.c.lane == effect.lane, effects.c.kind == effect.kind, effects.c.state == State.WAITING)
        .with_for_update(skip_locked=True)
    )
    if all(row.args != dict(effect.args) for row in tx.execute(waiting)):
        decide(tx, [effect], now)


def find(tx: Transaction, effect_id: int) -> EffectRow | None:
    """Return one effect, or None."""
    row = tx.execute(select(*_COLUMNS).where(effects.c.id == effect_id)).first()
    return _effect(row) if row else None


def newest(tx: Transaction, key_start: str) -> EffectRow | None:
    """Return the newest effect whose key begins so, or None; reads them all, and is not for before an ack."""
    query = select(*_COLUMNS).where(effects.c.key.startswith(key_start, autoescape=True))
    row = tx.execute(query.order_by(effects.c.id.desc()).limit(1)).first()
    return _effect(row) if row else None


def listed(tx: Transaction, state: State | None = None, limit: int = 100) -> list[EffectRow]:
    """Return the newest effects, of one state or of all."""
    query = select(*_COLUMNS).order_by(effects.c.id.desc()).limit(limit)
    if state is not None:
        query = query.where(effects.c.state == state)
    return [_effect(row) for row in tx.execute(query)]


def retry(tx: Transaction, effect_id: int, now: datetime) -> bool:
    """Let a dead effect run again; False when it is not dead (any more)."""
    again = (
        update(effects)
        .where(effects.c.id == effect_id, effects.c.state == State.DEAD)
        .values(state=State.WAITING, due_at=now, tries=0, finished_at=None)
    )
    if tx.execute(again).rowcount != 1:
        return False
    decided_effects(tx)
    return True


def retry_lane(tx: Transaction, lane: str, now: datetime) -> list[int]:
    """Let all dead effects of a lane run again, in their order; return which those were."""
    dead = select(effects.c.id).where(
        text("state IN ('done', 'dead', 'dropped')"),  # as the partial index says it
        effects.c.state == State.DEAD,
        effects.c.lane == lane,
    )
    found = list(tx.execute(dead.order_by(effects.c.id)).scalars())
    return [each for each in found if retry(tx, each, now)]


def drop(tx: Transaction, effect_id: int) -> bool:
    """Give a dead effect up for good; False when it is not dead (any more)."""
    given_up = (
        update(effects)
        .where(effects.c.id == effect_id, effects.c.state == State.DEAD)
        .values(state=State.DROPPED)
    )
    return tx.execute(given_up).rowcount == 1


def dead_alike(tx: Transaction, effect_id: int) -> list[int]:
    """Return the dead effects, oldest first, that ended in the same lane for the same reason as this one.

    It is among them while it is dead itself.
    """
    this = find(tx, effect_id)
    if this is None:
        return []
    dead = select(effects.c.id, effects.c.error).where(
        text("state IN ('done', 'dead', 'dropped')"),  # as the partial index says it
        effects.c.state == State.DEAD,
        effects.c.lane == this.lane,
    )
    reason = same_reason(this.error or "")
    found = tx.execute(dead.order_by(effects.c.id))
    return [row.id for row in found if same_reason(row.error or "") == reason]


def counts(tx: Transaction) -> list[tuple[str, State, int]]:
    """Return how many effects there are by kind and state."""
    query = select(effects.c.kind, effects.c.state, func.count()).group_by(effects.c.kind, effects.c.state)
    return [(kind, State(state), number) for kind, state, number in tx.execute(query)]


def lag(tx: Transaction, now: datetime) -> timedelta:
    """Return for how long the effect that is most overdue has been due; zero when none is."""
    oldest = tx.execute(
        select(effects.c.due_at)
        .where(text("state IN ('waiting', 'running')"))  # as the partial index says it
        .order_by(effects.c.due_at)
        .limit(1)
    ).scalar()
    return max(now - oldest, timedelta(0)) if oldest else timedelta(0)


def forget_finished(tx: Transaction, before: datetime, kinds: Collection[str] = ()) -> int:
    """Delete what was done or dropped before a time (business, aware UTC); return how many.

    Of *kinds* only, where some are named.
    """
    old = delete(effects).where(
        text("state IN ('done', 'dead', 'dropped')"),  # as the partial index says it
        effects.c.state.in_((State.DONE, State.DROPPED)),
        effects.c.finished_at < before,
        *([effects.c.kind.in_(kinds)] if kinds else []),
    )
    return tx.execute(old).rowcount


_COLUMNS = [
    effects.c[name]
    for name in (
        "id",
        "key",
        "kind",
        "lane",
        "args",
        "state",
        "due_at",
        "decided_at",
        "tries",
        "error",
        "result",
    )
]


def _row(effect: Effect, now: datetime) -> dict[str, Any]:
    return {
        "key": effect.key,
        "kind": effect.kind,
        "lane": effect.lane,
        "args": dict(effect.args),
        "state": State.WAITING,
        "due_at": effect.due_at or now,
        "decided_at": now,
        "tries": 0,
    }


def _effect(row: Any) -> EffectRow:
    values = row._asdict()
    return EffectRow(**{**values, "state": State(values["state"])})
