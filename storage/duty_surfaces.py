"""What Bugle knows of the places in Slack that show who is on duty."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, select, update

from domain.duty_surfaces import Place, Surface
from storage.database import Transaction
from storage.rows import insert_new, upsert
from storage.tables import duty_surfaces


@dataclass(frozen=True, slots=True)
class Kept:
    """A place as it was last left. `shown` is its gist as JSON, None while nobody knows what it says.

    `refusals` are the reasons that admins know of why it cannot be right, in `told` lines so far.
    `checked_at` is business time, aware UTC. `ts` is that of the pinned message; `seen` the topic as Slack
    told it.
    """

    place: Place
    shown: Any = None
    checked_at: datetime | None = None
    refusals: tuple[str, ...] = ()
    told: int = 0
    ts: str | None = None
    seen: str | None = None


def all_kept(tx: Transaction) -> dict[Place, Kept]:
    """Return every place that was ever written and is not given up."""
    return {each.place: each for each in map(_kept, tx.execute(select(duty_surfaces)).mappings())}


def find(tx: Transaction, place: Place) -> Kept:
    """Return what is known of a place; of one that was never written, nothing."""
    row = tx.execute(_one(place)).mappings().first()
    return Kept(place) if row is None else _kept(row)


def lock(tx: Transaction, place: Place) -> Kept:
    """Return what is known of a place, which nobody else changes before this transaction ends."""
    insert_new(tx, duty_surfaces, [_row(Kept(place))])
    return _kept(tx.execute(_one(place).with_for_update()).mappings().one())


def keep(tx: Transaction, kept: Kept) -> None:
    """Keep a locked place as it was left."""
    upsert(tx, duty_surfaces, _row(kept))


def move(tx: Transaction, old: str, new: str) -> None:
    """Note that a channel has another id now."""
    there = update(duty_surfaces).where(duty_surfaces.c.target == old)
    tx.execute(there.values(target=new))


def forget(tx: Transaction, place: Place) -> None:
    """Give a place up: no rotation is shown there any more."""
    tx.execute(delete(duty_surfaces).where(_is(place)))


def _one(place: Place) -> Any:
    return select(duty_surfaces).where(_is(place))


def _is(place: Place) -> Any:
    return (duty_surfaces.c.surface == place.surface) & (duty_surfaces.c.target == place.target)


def _row(kept: Kept) -> dict[str, Any]:
    row = asdict(kept)
    return {**row.pop("place"), **row, "refusals": list(kept.refusals)}


def _kept(row: RowMapping) -> Kept:
    values = dict(row)
    place = Place(Surface(values.pop("surface")), values.pop("target"))
    return Kept(place, **{**values, "refusals": tuple(values["refusals"])})
