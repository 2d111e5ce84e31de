"""Calendars that people subscribe to: digests of their secret addresses, and how often events changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from domain.duty_calendar import Event
from storage.database import Transaction
from storage.rows import upsert_all
from storage.tables import calendar_events, calendar_links


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What an address shows: a rotation by its key, or the shifts of the person who made it."""

    person: str
    rotation: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """How often an event has changed since it was first shown, and when it last did (aware UTC)."""

    sequence: int
    changed_at: datetime


def add(tx: Transaction, digest: str, what: Subscribed, at: datetime) -> None:
    """Keep a new address; one that the person had for the same thing stops."""
    revoke(tx, what, at)
    row = {"digest": digest, "person": what.person, "rotation": what.rotation, "made_at": at}
    tx.execute(insert(calendar_links).values(row))


def revoke(tx: Transaction, what: Subscribed, at: datetime) -> bool:
    """Stop the address that a person had for this; tell whether there was one."""
    mine = (
        calendar_links.c.person == what.person,
        calendar_links.c.rotation.is_(None)
        if what.rotation is None
        else calendar_links.c.rotation == what.rotation,
        calendar_links.c.revoked_at.is_(None),
    )
    return tx.execute(update(calendar_links).where(*mine).values(revoked_at=at)).rowcount > 0


def find(tx: Transaction, digest: str) -> Subscribed | None:
    """Return what an address shows; None for one that never was or has stopped."""
    query = select(calendar_links.c.person, calendar_links.c.rotation).where(
        calendar_links.c.digest == digest, calendar_links.c.revoked_at.is_(None)
    )
    row = tx.execute(query).first()
    return Subscribed(*row) if row else None


def shown(tx: Transaction, events: Sequence[Event], at: datetime) -> Mapping[str, Revision]:
    """Return each event's revision by its uid, counting up those that changed since they were last shown."""
    known = _known(tx, [event.uid for event in events])
    changed = []
    found: dict[str, Revision] = {}
    for event in events:
        state, revision = known.get(event.uid, ("", Revision(-1, at)))
        if state != event.state:
            revision = Revision(revision.sequence + 1, at)
            row = {"uid": event.uid, "state": event.state}
            changed.append({**row, "sequence": revision.sequence, "changed_at": at})
        found[event.uid] = revision
    upsert_all(tx, calendar_events, changed)
    return found


def _known(tx: Transaction, uids: Sequence[str]) -> dict[str, tuple[str, Revision]]:
    query = select(calendar_events)
    found: dict[str, tuple[str, Revision]] = {}
    for first in range(0, len(uids), 500):  # as many as a statement may have parameters
        for row in tx.execute(query.where(calendar_events.c.uid.in_(uids[first : first + 500]))):
            found[row.uid] = (row.state, Revision(row.sequence, row.changed_at))
    return found
