"""Who was asked about which report, one row for each step, and how it ended."""

from datetime import datetime

from sqlalchemy import RowMapping, insert, select, update

from domain.escalation import End, Ping
from storage.database import Transaction
from storage.tables import pings

_ADD = insert(pings)  # built once: every filing keeps one


def add(tx: Transaction, report: str, member: str | None, *, step: int) -> Ping:
    """Keep the next ping of a locked report; None as its member stands for the channel."""
    last = latest(tx, report)
    ping = Ping(report, last.number + 1 if last else 1, step, member)
    tx.execute(_ADD, {"report": report, "number": ping.number, "step": step, "member": member})
    return ping


def begin(tx: Transaction, report: str, member: str) -> Ping:
    """Keep the first ping of a report that is new."""
    ping = Ping(report, 1, 1, member)
    tx.execute(_ADD, {"report": report, "number": 1, "step": 1, "member": member})
    return ping


def get(tx: Transaction, report: str, number: int) -> Ping:
    """Return a ping that is known to exist."""
    query = select(pings).where(pings.c.report == report, pings.c.number == number)
    return _ping(tx.execute(query).mappings().one())


def latest(tx: Transaction, report: str) -> Ping | None:
    """Return the ping that counts, or None where nobody was ever asked."""
    query = select(pings).where(pings.c.report == report).order_by(pings.c.number.desc()).limit(1)
    row = tx.execute(query).mappings().first()
    return _ping(row) if row else None


def asked(tx: Transaction, report: str) -> list[str]:
    """Return the members who were asked in this round, in order."""
    query = select(pings).where(pings.c.report == report).order_by(pings.c.number.desc())
    members: list[str] = []
    for row in tx.execute(query).mappings():
        if row["member"] is not None:
            members.insert(0, row["member"])
        if row["step"] == 1:
            break
    return members


def posted(tx: Transaction, ping: Ping, *, at: datetime, zone: str, due_at: datetime | None) -> None:
    """Note that a ping was posted to its member, in their zone, and when it goes on by itself."""
    _change(tx, ping, posted_at=at, zone=zone, due_at=due_at)


def ended(tx: Transaction, ping: Ping, end: End, by: str | None) -> None:
    """Note why a ping went on, and who passed it on."""
    _change(tx, ping, end=end, ended_by=by)


def _change(tx: Transaction, ping: Ping, **values: object) -> None:
    mine = (pings.c.report == ping.report, pings.c.number == ping.number)
    tx.execute(update(pings).where(*mine).values(**values))


def _ping(row: RowMapping) -> Ping:
    return Ping(**{**row, "end": End(row["end"]) if row["end"] else None})
