"""Who was asked about which report, one row for each step, and how it ended."""

from datetime import datetime

from sqlalchemy import RowMapping, insert, select, update

from domain.escalation import Asked, End, Ping
from domain.rotation_profile import Step
from storage.database import Transaction
from storage.tables import pings

_ADD = insert(pings)  # built once: every filing keeps one


def add(tx: Transaction, report: str, asked: Asked, *, step: int) -> Ping:
    """Keep the next ping of a locked report."""
    last = latest(tx, report)
    return _keep(tx, Ping(report, last.number + 1 if last else 1, step, asked.member, via=asked.via))


def begin(tx: Transaction, report: str, member: str) -> Ping:
    """Keep the first ping of a report that is new, to whoever is on duty."""
    return _keep(tx, Ping(report, 1, 1, member))


def get(tx: Transaction, report: str, number: int) -> Ping:
    """Return a ping that is known to exist."""
    query = select(pings).where(pings.c.report == report, pings.c.number == number)
    return _ping(tx.execute(query).mappings().one())


def latest(tx: Transaction, report: str) -> Ping | None:
    """Return the ping that counts, or None where nobody was ever asked."""
    query = select(pings).where(pings.c.report == report).order_by(pings.c.number.desc()).limit(1)
    row = tx.execute(query).mappings().first()
    return _ping(row) if row else None


def of_round(tx: Transaction, report: str) -> list[Ping]:
    """Return the pings of the round under way, in order."""
    query = select(pings).where(pings.c.report == report).order_by(pings.c.number.desc())
    found: list[Ping] = []
    for row in tx.execute(query).mappings():
        found.insert(0, _ping(row))
        if row["step"] == 1:
            break
    return found


def asked(tx: Transaction, report: str) -> list[Asked]:
    """Return who was asked in the round under way, in order."""
    return [Asked(each.via, each.member) for each in of_round(tx, report)]


def posted(
    tx: Transaction, ping: Ping, *, at: datetime, zone: str, due_at: datetime | None, after_hours: bool
) -> None:
    """Note that a ping was posted to its member, in their zone, and when it goes on by itself."""
    _change(tx, ping, posted_at=at, zone=zone, due_at=due_at, after_hours=after_hours)


def is_due(tx: Transaction, ping: Ping, at: datetime | None) -> None:
    """Note when a ping goes on by itself, where that has changed."""
    _change(tx, ping, due_at=at)


def ended(tx: Transaction, ping: Ping, end: End, by: str | None) -> None:
    """Note why a ping went on, and who passed it on."""
    _change(tx, ping, end=end, ended_by=by)


def acknowledged(tx: Transaction, ping: Ping, *, lapses_at: datetime | None) -> None:
    """Note that a ping is looked at, no longer snoozed, and when that counts no more."""
    _change(tx, ping, lapses_at=lapses_at, snoozed_until=None)


def snoozed(tx: Transaction, ping: Ping, *, until: datetime) -> None:
    """Note that a ping rests until then."""
    _change(tx, ping, lapses_at=None, snoozed_until=until)


def _keep(tx: Transaction, ping: Ping) -> Ping:
    row = {"report": ping.report, "number": ping.number, "step": ping.step}
    tx.execute(_ADD, {**row, "member": ping.member, "via": ping.via})
    return ping


def _change(tx: Transaction, ping: Ping, **values: object) -> None:
    mine = (pings.c.report == ping.report, pings.c.number == ping.number)
    tx.execute(update(pings).where(*mine).values(**values))


def _ping(row: RowMapping) -> Ping:
    end, via = row["end"], row["via"]
    return Ping(**{**row, "end": End(end) if end else None, "via": Step(via) if via else None})
