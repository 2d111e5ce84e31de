"""Drafts as they are kept: forms that somebody began to fill in and has not filed.

A draft whose nonce has filed a report is none any more, even where a save came later than the filing: nothing
here finds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Exists, RowMapping, Select, delete, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import also_reported, drafts, reports

_FILED = (reports, also_reported)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form as it was last seen. Times are aware UTC, business time.

    `opening` is what the form was opened with (its `private_metadata`), `state` its view's `state.values`.
    """

    nonce: str
    person: str
    opening: Mapping[str, Any]
    state: Mapping[str, Any]
    started_at: datetime
    saved_at: datetime
    reminded_at: datetime | None
    set_aside_at: datetime | None


def save(
    tx: Transaction,
    nonce: str,
    person: str,
    opening: Mapping[str, Any],
    state: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Keep a form as it was at a time; what was kept of a later time, or is somebody else's, stays.

    One that has filed its report, or joined one, is not kept.
    """
    if any(tx.execute(select(each.c.nonce).where(each.c.nonce == nonce)).first() for each in _FILED):
        return
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    new = dialect.insert(drafts).values(
        nonce=nonce, person=person, opening=dict(opening), state=dict(state), started_at=now, saved_at=now
    )
    changed = {name: new.excluded[name] for name in ("opening", "state", "saved_at")}
    is_older = (drafts.c.saved_at <= new.excluded.saved_at) & (drafts.c.person == new.excluded.person)
    tx.execute(new.on_conflict_do_update(index_elements=["nonce"], set_=changed, where=is_older))


def find(tx: Transaction, nonce: str) -> DraftRow | None:
    """Return the draft of one opening of the form, or None."""
    row = tx.execute(_unfiled().where(drafts.c.nonce == nonce)).mappings().first()
    return _draft(row) if row else None


def of_person(tx: Transaction, person: str, limit: int, offset: int = 0) -> list[DraftRow]:
    """Return somebody's drafts, the one saved last first."""
    query = _unfiled().where(drafts.c.person == person).order_by(drafts.c.saved_at.desc(), drafts.c.nonce)
    return [_draft(row) for row in tx.execute(query.limit(limit).offset(offset)).mappings()]


def to_continue(tx: Transaction, person: str, since: datetime) -> DraftRow | None:
    """Return the draft somebody worked on last, since a time, and has not set aside; None without one."""
    query = _unfiled().where(
        drafts.c.person == person, drafts.c.saved_at >= since, drafts.c.set_aside_at.is_(None)
    )
    row = tx.execute(query.order_by(drafts.c.saved_at.desc()).limit(1)).mappings().first()
    return _draft(row) if row else None


def set_aside(tx: Transaction, nonce: str, at: datetime | None) -> None:
    """Note since when a draft is set aside; None when its owner goes on with it."""
    tx.execute(update(drafts).where(drafts.c.nonce == nonce).values(set_aside_at=at))


def forget(tx: Transaction, nonce: str) -> None:
    """Delete a draft: it was filed, or its owner discards it."""
    tx.execute(delete(drafts).where(drafts.c.nonce == nonce))


def forget_filed(tx: Transaction) -> None:
    """Delete the drafts whose forms have filed a report or joined one."""
    tx.execute(delete(drafts).where(or_(*_is_filed())))


def forget_old(tx: Transaction, before: datetime) -> None:
    """Delete the drafts last saved before a time."""
    tx.execute(delete(drafts).where(drafts.c.saved_at < before))


def due_for_reminder(tx: Transaction, before: datetime) -> list[DraftRow]:
    """Return the drafts last saved before a time whose owners were not reminded of them, oldest first."""
    query = _unfiled().where(drafts.c.saved_at < before, drafts.c.reminded_at.is_(None))
    return [_draft(row) for row in tx.execute(query.order_by(drafts.c.saved_at)).mappings()]


def reminded(tx: Transaction, nonce: str, now: datetime) -> None:
    """Note that the owner of a draft is reminded of it."""
    tx.execute(update(drafts).where(drafts.c.nonce == nonce).values(reminded_at=now))


def _unfiled() -> Select[Any]:
    return select(drafts).where(*(~each for each in _is_filed()))


def _is_filed() -> list[Exists]:
    return [exists().where(each.c.nonce == drafts.c.nonce) for each in _FILED]


def _draft(row: RowMapping) -> DraftRow:
    return DraftRow(**row)
