"""The messages that list to somebody which customers of a report they have to tell: one live one for each."""

from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import loop_messages as kept


@dataclass(frozen=True, slots=True)
class LoopMessage:
    """A message about a report to a person. `asked` grows with each news that makes a new one of it.

    `version` grows with each change that shows, and `shown` is the one it shows; `ts` is None until it is
    posted.
    """

    id: int
    report: str
    person: str
    asked: int
    version: int
    channel: str | None
    ts: str | None
    shown: int


def changed(tx: Transaction, report: str, person: str, *, is_news: bool) -> LoopMessage | None:
    """Note that what somebody reads of a report is something else now; None where they were told nothing.

    With *is_news* they are to be told, by a new message. The caller holds the report or a loop of it.
    """
    if is_news:
        row = {"report": report, "person": person, "asked": 0, "version": 0, "shown": -1}
        insert_new(tx, kept, [row])
    mine = (kept.c.report == report) & (kept.c.person == person)
    found = tx.execute(select(kept).where(mine).with_for_update()).mappings().first()
    if found is None:
        return None
    message = _message(found)
    message = replace(message, version=message.version + 1, asked=message.asked + is_news)
    tx.execute(update(kept).where(mine).values(version=message.version, asked=message.asked))
    return message


def get(tx: Transaction, message: int) -> LoopMessage:
    """Return a message that is known to be kept."""
    return _message(tx.execute(select(kept).where(kept.c.id == message)).mappings().one())


def posted(tx: Transaction, message: int, *, channel: str, ts: str, shown: int) -> None:
    """Keep where a message was posted, and which version it shows."""
    mine = update(kept).where(kept.c.id == message)
    tx.execute(mine.values(channel=channel, ts=ts, shown=shown))


def shows(tx: Transaction, message: int, ts: str, version: int) -> None:
    """Note which version a message shows, unless another has taken its place."""
    tx.execute(update(kept).where(kept.c.id == message, kept.c.ts == ts).values(shown=version))


def _message(row: RowMapping) -> LoopMessage:
    return LoopMessage(**row)
