"""Which messages show a report, where they are, and which version of it they show."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import RowMapping, delete, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import live_messages


class Role(StrEnum):
    """What a message about a report is for."""

    CARD = "card"
    PING = "ping"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class LiveMessage:
    """A posted message that is edited in place as its report changes."""

    id: int
    report: str
    role: Role
    audience: str
    channel: str
    ts: str
    version: int


def add(
    tx: Transaction, *, report: str, role: Role, audience: str, channel: str, ts: str, version: int
) -> None:
    """Keep where a message was posted; posting it again, after a doubt, changes nothing."""
    row = {"report": report, "role": role, "audience": audience}
    insert_new(tx, live_messages, [{**row, "channel": channel, "ts": ts, "version": version}])


def move(tx: Transaction, message: LiveMessage, *, channel: str, ts: str, version: int) -> None:
    """Let another message take the place of one that was posted before."""
    mine = update(live_messages).where(live_messages.c.id == message.id)
    tx.execute(mine.values(channel=channel, ts=ts, version=version))


def follow(tx: Transaction, old: str, new: str) -> None:
    """Note that a channel has another id now."""
    there = update(live_messages).where(live_messages.c.channel == old)
    tx.execute(there.values(channel=new))


def forget_channel(tx: Transaction, channel: str) -> None:
    """Forget the messages in a channel, as when they are removed from it."""
    tx.execute(delete(live_messages).where(live_messages.c.channel == channel))


def is_in(tx: Transaction, channel: str) -> bool:
    """Tell whether a report is shown in a channel."""
    there = select(live_messages.c.id).where(live_messages.c.channel == channel).limit(1)
    return tx.execute(there).first() is not None


def of_report(tx: Transaction, report: str) -> list[LiveMessage]:
    """Return the messages that show a report."""
    query = select(live_messages).where(live_messages.c.report == report).order_by(live_messages.c.id)
    return [_message(row) for row in tx.execute(query).mappings()]


def card(tx: Transaction, report: str) -> LiveMessage | None:
    """Return a report's card, or None while it is not posted."""
    return next((each for each in of_report(tx, report) if each.role is Role.CARD), None)


def card_at(tx: Transaction, channel: str, ts: str) -> LiveMessage | None:
    """Return the card that is this message, or None where it is no card."""
    query = select(live_messages).where(live_messages.c.channel == channel, live_messages.c.ts == ts)
    rows = tx.execute(query).mappings()
    return next((each for each in map(_message, rows) if each.role is Role.CARD), None)


def find(tx: Transaction, message_id: int) -> LiveMessage | None:
    """Return a message, or None where it was forgotten."""
    row = tx.execute(select(live_messages).where(live_messages.c.id == message_id)).mappings().first()
    return _message(row) if row else None


def shows(tx: Transaction, message_id: int, version: int) -> None:
    """Note that a message now shows this version of its report."""
    tx.execute(update(live_messages).where(live_messages.c.id == message_id).values(version=version))


def _message(row: RowMapping) -> LiveMessage:
    return LiveMessage(**{**row, "role": Role(row["role"])})
