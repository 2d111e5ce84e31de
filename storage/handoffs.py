"""Hand-offs that were told of: who left, who took over, and what became of the bugs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from domain.handoff import Decision, Handoff, Item, Role
from storage.database import Transaction
from storage.duty_now import Last
from storage.rows import insert_new
from storage.tables import handoff_items, handoff_messages, handoffs


@dataclass(frozen=True, slots=True)
class HandoffMessage:
    """A direct message about a hand-off, which shows one *page* of its list as it was at *version*."""

    handoff: int
    role: Role
    channel: str
    ts: str
    version: int
    page: int = 0


def add(
    tx: Transaction,
    rotation: str,
    at: datetime,
    *,
    taker: str | None,
    left: Last | None = None,
    asks_effort: bool = False,
    reports: Sequence[str] = (),
) -> Handoff:
    """Keep a hand-off of a locked rotation with the reports that the leaver holds, in this order."""
    leaver, slot, revision = left or (None, None, None)
    row = {"rotation": rotation, "at": at, "leaver": leaver, "taker": taker, "slot": slot}
    row |= {"revision": revision, "asks_effort": asks_effort, "version": 1}
    new = tx.execute(insert(handoffs).values(row).returning(handoffs.c.id)).scalar_one()
    if reports:
        tx.execute(insert(handoff_items), [{"handoff": new, "report": each} for each in reports])
    return get(tx, new)


def get(tx: Transaction, handoff_id: int) -> Handoff:
    """Return a hand-off that is known to exist."""
    query = select(handoffs).where(handoffs.c.id == handoff_id)
    return Handoff(**tx.execute(query).mappings().one())


def lock(tx: Transaction, handoff_id: int) -> Handoff:
    """Return a hand-off that nobody else changes before this transaction ends."""
    query = select(handoffs).where(handoffs.c.id == handoff_id).with_for_update()
    return Handoff(**tx.execute(query).mappings().one())


def latest(tx: Transaction, rotation: str) -> Handoff | None:
    """Return the last hand-off of a rotation; None before the first one."""
    query = select(handoffs).where(handoffs.c.rotation == rotation).order_by(handoffs.c.id.desc()).limit(1)
    row = tx.execute(query).mappings().first()
    return Handoff(**row) if row else None


def changed(tx: Transaction, handoff: Handoff) -> Handoff:
    """Note that a locked hand-off shows something else; return it as it is then."""
    row = asdict(handoff) | {"version": handoff.version + 1}
    tx.execute(update(handoffs).where(handoffs.c.id == handoff.id).values(version=row["version"]))
    return Handoff(**row)


def items(tx: Transaction, handoff_id: int) -> list[Item]:
    """Return what the leaver held at a hand-off, oldest first."""
    query = select(handoff_items).where(handoff_items.c.handoff == handoff_id)
    return [_item(row) for row in tx.execute(query.order_by(handoff_items.c.report)).mappings()]


def item(tx: Transaction, handoff_id: int, report: str) -> Item | None:
    """Return one bug of a hand-off; None where the leaver did not hold it."""
    return next((each for each in items(tx, handoff_id) if each.report == report), None)


def given_in(tx: Transaction, handoff_id: int) -> list[Item]:
    """Return what was passed on to the taker of a hand-off, by its leaver or by who left before."""
    query = select(handoff_items).where(handoff_items.c.given_in == handoff_id)
    by_age = query.order_by(handoff_items.c.report, handoff_items.c.handoff)
    return [_item(row) for row in tx.execute(by_age).mappings()]


def decide(
    tx: Transaction, item: Item, decision: Decision, at: datetime, *, given_in: int | None = None
) -> None:
    """Keep what was decided of an item of a locked hand-off."""
    _change(tx, item, decision=decision, decided_at=at, given_in=given_in)


def accept(tx: Transaction, item: Item, at: datetime) -> None:
    """Keep that an item of a locked hand-off was accepted."""
    _change(tx, item, accepted_at=at)


def posted(tx: Transaction, message: HandoffMessage) -> None:
    """Keep where a message was posted; posting it again, after a doubt, changes nothing."""
    insert_new(tx, handoff_messages, [asdict(message)])


def messages(tx: Transaction, handoff_id: int) -> list[HandoffMessage]:
    """Return the messages about a hand-off that were posted."""
    query = select(handoff_messages).where(handoff_messages.c.handoff == handoff_id)
    found = tx.execute(query.order_by(handoff_messages.c.role)).mappings()
    return [HandoffMessage(**{**row, "role": Role(row["role"])}) for row in found]


def message(tx: Transaction, handoff_id: int, role: Role) -> HandoffMessage | None:
    """Return one of the messages about a hand-off; None while it is not posted."""
    return next((each for each in messages(tx, handoff_id) if each.role is role), None)


def shows(tx: Transaction, handoff_id: int, role: Role, version: int) -> None:
    """Note that a message now shows this version of its hand-off."""
    _change_message(tx, handoff_id, role, version=version)


def turn(tx: Transaction, handoff_id: int, role: Role, page: int) -> None:
    """Let a message show another page of its list."""
    _change_message(tx, handoff_id, role, page=page)


def _change(tx: Transaction, item: Item, **values: Any) -> None:
    mine = (handoff_items.c.handoff == item.handoff, handoff_items.c.report == item.report)
    tx.execute(update(handoff_items).where(*mine).values(**values))


def _change_message(tx: Transaction, handoff_id: int, role: Role, **values: Any) -> None:
    mine = (handoff_messages.c.handoff == handoff_id, handoff_messages.c.role == role)
    tx.execute(update(handoff_messages).where(*mine).values(**values))


def _item(row: RowMapping) -> Item:
    decision = None if row["decision"] is None else Decision(row["decision"])
    return Item(row["handoff"], row["report"], decision, row["given_in"], row["accepted_at"])
