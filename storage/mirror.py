"""The copy of each product's issues: what Jira last told of them, and how far its changes have been read."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from storage.database import Transaction
from storage.rows import insert_new, upsert_all
from storage.tables import issues, mirrors, reports


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue of a product as Jira last told it; `id` and `updated` (aware UTC) are Jira's.

    `report` is ours where the issue is that of a report. What has left the project is not open either.
    """

    id: str
    key: str
    summary: str
    status: str
    is_open: bool
    updated: datetime
    report: str | None


@dataclass(frozen=True, slots=True)
class Mirror:
    """How far a product's issues are known.

    By Jira's clock: all changes up to `known_until` are known, or up to `reading_from` while older ones are
    still read; `filled_until` is how far reading all open issues has come. In business time: when
    `known_until` was reached, when the reading of all open issues under way began (None when there is none),
    and when the last one that came to its end began.
    """

    product: str
    project: str
    known_until: datetime | None = None
    known_since: datetime | None = None
    reading_from: datetime | None = None
    filling_since: datetime | None = None
    filled_until: datetime | None = None
    filled_at: datetime | None = None


def take_turn(
    tx: Transaction, product: str, project: str, *, now: datetime, before: datetime
) -> Mirror | None:
    """Return how far a product's issues are known if nobody took a turn since *before*; else None.

    A product that is in another project than before begins anew.
    """
    fresh = Mirror(product, project)
    if insert_new(tx, mirrors, [asdict(fresh) | {"polled_at": now}]):
        return fresh
    mine = mirrors.c.product == product
    # A turn from the future was taken before the clock was set back.
    late = or_(mirrors.c.polled_at <= before, mirrors.c.polled_at > now)
    if not tx.execute(update(mirrors).where(mine, late).values(polled_at=now)).rowcount:
        return None
    row = tx.execute(select(mirrors).where(mine)).one()._asdict()
    del row["polled_at"]
    return Mirror(**row) if row["project"] == project else fresh


def keep_progress(tx: Transaction, mirror: Mirror) -> None:
    """Remember how far a product's issues are known now."""
    tx.execute(update(mirrors).where(mirrors.c.product == mirror.product).values(asdict(mirror)))


def not_kept(tx: Transaction, product: str, rows: Iterable[IssueRow]) -> list[IssueRow]:
    """Return those of these issues that are not kept as they are, without what is older than what is kept."""
    newest = {row.id: row for row in rows}
    kept = by_id(tx, product, newest)
    return [
        row
        for row in newest.values()
        if row.id not in kept
        or kept[row.id].updated < row.updated
        or (kept[row.id].updated == row.updated and kept[row.id] != row)
    ]


def keep(tx: Transaction, product: str, rows: Iterable[IssueRow], seen: Sequence[str], now: datetime) -> None:
    """Keep issues as they are now, and note that Jira showed them and others that have not changed."""
    # In one order, or two replicas could wait for each other.
    changed = [asdict(row) | {"product": product, "seen_at": now} for row in sorted(rows, key=_id_of)]
    upsert_all(tx, issues, changed)
    same = sorted(set(seen) - {row["id"] for row in changed})
    if same:
        shown = update(issues).where(issues.c.product == product, issues.c.id.in_(same))
        tx.execute(shown.values(seen_at=now))


def close_unseen(tx: Transaction, product: str, since: datetime) -> list[str]:
    """Take for closed what counts as open and was not seen since a time; return the ids."""
    gone = update(issues).where(issues.c.product == product, issues.c.is_open, issues.c.seen_at < since)
    return list(tx.scalars(gone.values(is_open=False).returning(issues.c.id)))


def reports_of(tx: Transaction, ids: Iterable[str], keys: Iterable[str]) -> dict[str, str]:
    """Return which of these reports there are, by id and, where it is known, by the key of their issue."""
    of_these = or_(reports.c.id.in_(ids), reports.c.issue_key.in_(keys))
    rows = tx.execute(select(reports.c.id, reports.c.issue_key).where(of_these)).all()
    return {name: row.id for row in rows for name in (row.id, row.issue_key) if name}


def of_reports(tx: Transaction, ids: Collection[str]) -> dict[str, IssueRow]:
    """Return the issues of these reports, by report; without those that Jira has not shown yet."""
    rows = tx.execute(select(issues).where(issues.c.report.in_(ids)).order_by(issues.c.updated))
    return {row.report: _issue(row) for row in rows}


def by_id(tx: Transaction, product: str, ids: Collection[str]) -> dict[str, IssueRow]:
    """Return these issues of a product by Jira's id, without those it does not have."""
    rows = tx.execute(select(issues).where(issues.c.product == product, issues.c.id.in_(ids)))
    return {row.id: _issue(row) for row in rows}


def _id_of(row: IssueRow) -> str:
    return row.id


def _issue(row: Any) -> IssueRow:
    return IssueRow(row.id, row.key, row.summary, row.status, row.is_open, row.updated, row.report)
