"""What is said about reports in Slack and in Jira, and what the other side shows of it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, select, update

from domain.conversation import Origin, Remark, Seen, Shared
from storage.database import Transaction
from storage.rows import insert_new, upsert
from storage.tables import live_messages, remarks, reports, threads


def get(tx: Transaction, remark_id: int) -> Remark:
    """Return a remark that is known to exist."""
    return _one(tx, remarks.c.id == remark_id)


def lock(tx: Transaction, remark_id: int) -> Remark:
    """Return it, and let nobody else change it before this transaction ends."""
    found = tx.execute(select(remarks).where(remarks.c.id == remark_id).with_for_update())
    return _remark(found.mappings().one())


def lock_of(tx: Transaction, report: str, origin: Origin, source: str) -> Remark | None:
    """Return, locked, the remark with this id where it was made, or None."""
    which = (remarks.c.report == report) & (remarks.c.origin == origin) & (remarks.c.source == source)
    row = tx.execute(select(remarks).where(which).with_for_update()).mappings().first()
    return _remark(row) if row else None


def lock_shown_as(tx: Transaction, report: str, origin: Origin, mirror: str) -> Remark | None:
    """Return, locked, the remark of an origin whose copy has this id, or None."""
    which = (remarks.c.report == report) & (remarks.c.mirror == mirror) & (remarks.c.origin == origin)
    row = tx.execute(select(remarks).where(which).with_for_update()).mappings().first()
    return _remark(row) if row else None


def of_report(tx: Transaction, report: str) -> list[Remark]:
    """Return all remarks about a report, in the order in which they became known."""
    query = select(remarks).where(remarks.c.report == report).order_by(remarks.c.id)
    return [_remark(row) for row in tx.execute(query).mappings()]


def add(tx: Transaction, report: str, seen: Seen, *, is_deleted: bool = False) -> Remark | None:
    """Keep what was seen for the first time; None where another has kept it meanwhile."""
    row = {"report": report, "origin": seen.origin, "source": seen.id, "author": seen.author}
    state = {"is_kept": False, "is_deleted": is_deleted, "noted": False, "attachments": {}}
    if not insert_new(tx, remarks, [{**row, **_content(seen), **state}]):
        return None
    return lock_of(tx, report, seen.origin, seen.id)


def follow(tx: Transaction, remark: Remark, seen: Seen) -> Remark:
    """Keep how a (locked) remark stands now."""
    return change(tx, remark, **_content(seen), is_deleted=False)


def change(tx: Transaction, remark: Remark, **values: Any) -> Remark:
    """Change a (locked) remark; its text is forgotten once the other side shows all there is to show."""
    tx.execute(update(remarks).where(remarks.c.id == remark.id).values(values))
    changed = get(tx, remark.id)
    if changed.text is not None and changed.is_settled:
        tx.execute(update(remarks).where(remarks.c.id == remark.id).values(text=None))
    return changed


def attached(tx: Transaction, remark_id: int, file: str, attachment: str) -> None:
    """Note that a file of a remark is on the issue."""
    remark = lock(tx, remark_id)
    change(tx, remark, attachments={**remark.attachments, file: attachment})


def begun_at(tx: Transaction, report: str) -> datetime | None:
    """Return since when what is said about a report goes to the other side; None: from its beginning."""
    return tx.execute(select(threads.c.begun_at).where(threads.c.report == report)).scalar()


def looked_at(tx: Transaction, report: str, **values: Any) -> None:
    """Keep how a report's thread was when it was last looked at."""
    upsert(tx, threads, {"report": report, **values})


def looks(tx: Transaction, channel: str) -> dict[str, tuple[str | None, int | None]]:
    """Return the last reply and the number of replies known of the threads in a channel, by report."""
    query = select(threads.c.report, threads.c.latest, threads.c.replies)
    query = query.join(live_messages, live_messages.c.report == threads.c.report)
    found = tx.execute(query.where(live_messages.c.channel == channel))
    return {row.report: (row.latest, row.replies) for row in found}


def channels(tx: Transaction, *, closed_after: datetime) -> set[str]:
    """Return the channels with cards of reports that are open, or were closed after a time."""
    return set(tx.scalars(_cards(live_messages.c.channel, closed_after).distinct()))


def cards(tx: Transaction, channel: str, *, closed_after: datetime) -> dict[str, str]:
    """Return those reports whose cards are in a channel, by the ts of their cards."""
    query = _cards(live_messages.c.ts, closed_after).add_columns(live_messages.c.report)
    found = tx.execute(query.where(live_messages.c.channel == channel))
    return {row.ts: row.report for row in found}


def unread(tx: Transaction, *, said_after: datetime, before: datetime, limit: int) -> list[str]:
    """List reports in whose threads something was said after a time, but which were last read before another.

    Those that were read longest ago first.
    """
    talked = threads.c.latest > f"{said_after.timestamp():.6f}"
    query = select(threads.c.report).where(talked, threads.c.read_at < before)
    return list(tx.scalars(query.order_by(threads.c.read_at).limit(limit)))


def _cards(column: Any, closed_after: datetime) -> Select[Any]:
    open_or_recent = reports.c.closed_at.is_(None) | (reports.c.closed_at > closed_after)
    query = select(column).join(reports, reports.c.id == live_messages.c.report)
    return query.where(live_messages.c.role == "card", open_or_recent)


def _content(seen: Seen) -> dict[str, Any]:
    files = [asdict(each) for each in seen.files]
    told = {"version": seen.version, "files": files, "is_private": seen.is_private}
    return {**told, "text": None if seen.is_private else seen.text}


def _one(tx: Transaction, which: Any) -> Remark:
    return _remark(tx.execute(select(remarks).where(which)).mappings().one())


def _remark(row: RowMapping) -> Remark:
    files = tuple(Shared(**each) for each in row["files"])
    return Remark(**{**row, "origin": Origin(row["origin"]), "files": files})
