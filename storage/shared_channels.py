"""Channels of our own that people of other companies came to read, and what is held back there since."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, Select, func, select, text, update

from domain.effects import SHARED, State
from storage import effects
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import effects as decided
from storage.tables import shared_channels as kept


@dataclass(frozen=True, slots=True)
class SharedChannel:
    """A channel that others read since `found_at`; until `ended_at`, None while they do (aware UTC).

    `cleared_by` had Bugle's messages removed from it. `told` is the ts of the notice in the admins' channel.
    """

    channel: str
    found_at: datetime
    ended_at: datetime | None = None
    cleared_by: str | None = None
    told: str | None = None


def find(tx: Transaction, channel: str) -> SharedChannel | None:
    """Return what is known of a channel that others read or have read, or None."""
    row = tx.execute(select(kept).where(kept.c.channel == channel)).mappings().first()
    return _shared(row) if row else None


def open_ones(tx: Transaction) -> list[str]:
    """Return the channels that others read as far as is known."""
    return list(tx.execute(select(kept.c.channel).where(kept.c.ended_at.is_(None))).scalars())


def begin(tx: Transaction, channel: str, now: datetime) -> bool:
    """Note that others read a channel; False where that was known."""
    if insert_new(tx, kept, [{"channel": channel, "found_at": now}]):
        return True
    again = update(kept).where(kept.c.channel == channel, kept.c.ended_at.is_not(None))
    anew = {"found_at": now, "ended_at": None, "cleared_by": None, "told": None}
    return tx.execute(again.values(anew)).rowcount == 1


def end(tx: Transaction, channel: str, now: datetime) -> bool:
    """Note that nobody else reads a channel any more; False where that was known."""
    over = update(kept).where(kept.c.channel == channel, kept.c.ended_at.is_(None)).values(ended_at=now)
    return tx.execute(over).rowcount == 1


def told(tx: Transaction, channel: str, ts: str) -> None:
    """Keep where admins are told of a channel."""
    tx.execute(update(kept).where(kept.c.channel == channel).values(told=ts))


def clear(tx: Transaction, channel: str, by: str) -> bool:
    """Note that somebody has Bugle's messages removed from a channel; False where somebody had before."""
    now_gone = update(kept).where(kept.c.channel == channel, kept.c.cleared_by.is_(None))
    return tx.execute(now_gone.values(cleared_by=by)).rowcount == 1


def held(tx: Transaction, channel: str) -> int:
    """Return how much is held back that was for a channel."""
    return int(tx.execute(select(func.count()).select_from(_held(channel).subquery())).scalar_one())


def let_go_on(tx: Transaction, channel: str, now: datetime) -> None:
    """Let what was held back for a channel be said after all, in its order."""
    for each in list(tx.execute(_held(channel)).scalars()):
        effects.retry(tx, each, now)


def give_up(tx: Transaction, channel: str) -> None:
    """Let what was held back for a channel never be said."""
    for each in list(tx.execute(_held(channel)).scalars()):
        effects.drop(tx, each)


def _held(channel: str) -> Select[int]:
    return (
        select(decided.c.id)
        .where(
            text("state IN ('done', 'dead', 'dropped')"),  # as the partial index says it
            decided.c.state == State.DEAD,
            decided.c.error == f"{SHARED}: {channel}",
        )
        .order_by(decided.c.id)
    )


def _shared(row: RowMapping) -> SharedChannel:
    return SharedChannel(**row)
