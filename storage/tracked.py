"""Reports' issues as Jira last told them, and to whom Bugle assigned them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from domain.tracking import IssueFacts, Phase, Tracked, versions_from_json, versions_to_json
from storage.database import Transaction
from storage.rows import upsert
from storage.tables import assigned, reports
from storage.tables import tracked as kept


def find(tx: Transaction, report: str) -> Tracked | None:
    """Return what Jira last told of a report's issue; None while it has told nothing."""
    row = tx.execute(select(kept).where(kept.c.report == report)).first()
    return _tracked(row) if row else None


def among(tx: Transaction, ids: Collection[str]) -> dict[str, Tracked]:
    """Return what is kept of these reports, by their ids."""
    if not ids:
        return {}
    return {row.report: _tracked(row) for row in tx.execute(select(kept).where(kept.c.report.in_(ids)))}


def of_issue(tx: Transaction, issue: str) -> str | None:
    """Return the report whose issue has this id of Jira's."""
    return tx.execute(select(kept.c.report).where(kept.c.issue == issue).limit(1)).scalar()


def keep(tx: Transaction, now: Tracked, at: datetime) -> None:
    """Keep what Jira tells of a (locked) report's issue at a time."""
    facts = now.facts
    row = {
        "report": now.report,
        "issue": facts.id,
        "key": facts.key,
        "status": facts.status,
        "category": facts.category,
        "assignee": facts.assignee,
        "assignee_id": facts.assignee_id,
        "priority": facts.priority,
        "resolution": facts.resolution,
        "versions": versions_to_json(facts.versions),
        "original": facts.original,
        "updated": facts.updated,
    }
    upsert(tx, kept, {**row, "seen_at": at, "phase": now.phase, "since": now.since})


def seen(tx: Transaction, ids: Iterable[str], now: datetime) -> None:
    """Note that Jira told of these reports' issues, which are as they were."""
    if wanted := sorted(ids):
        tx.execute(update(kept).where(kept.c.report.in_(wanted)).values(seen_at=now))


def unseen(tx: Transaction, since: datetime, limit: int) -> list[str]:
    """List reports whose issue may still change, and of which Jira has told nothing since a time."""
    may_change = kept.c.phase.in_([each for each in Phase if not each.is_over or each is Phase.FIXED])
    query = select(kept.c.report).where(may_change, kept.c.seen_at < since)
    return list(tx.scalars(query.order_by(kept.c.seen_at).limit(limit)))


def unreleased(tx: Transaction, product: str) -> list[Tracked]:
    """List the issues of a product that are fixed in versions, not all of which were released."""
    query = select(kept).join(reports, reports.c.id == kept.c.report)
    of_product = (reports.c.product == product) & (kept.c.phase == Phase.FIXED)
    return [each for row in tx.execute(query.where(of_product)) if (each := _tracked(row)).facts.versions]


def note_assigned(tx: Transaction, report: str, *, account: str | None, person: str | None) -> None:
    """Keep to whom Bugle assigned a report's issue last."""
    upsert(tx, assigned, {"report": report, "account": account, "person": person})


def assigned_to(tx: Transaction, report: str) -> str | None:
    """Return the Jira account to which Bugle assigned a report's issue last; None where to none."""
    return tx.execute(select(assigned.c.account).where(assigned.c.report == report)).scalar()


def person_of(tx: Transaction, account: str) -> str | None:
    """Return the Slack user for whom Bugle used a Jira account, or None."""
    query = select(assigned.c.person).where(assigned.c.account == account, assigned.c.person.is_not(None))
    return tx.execute(query.order_by(assigned.c.report.desc()).limit(1)).scalar()


def _tracked(row: Any) -> Tracked:
    facts = IssueFacts(
        id=row.issue,
        key=row.key,
        status=row.status,
        category=row.category,
        updated=row.updated,
        assignee=row.assignee,
        assignee_id=row.assignee_id,
        priority=row.priority,
        resolution=row.resolution,
        versions=versions_from_json(row.versions),
        original=row.original,
    )
    return Tracked(row.report, facts, Phase(row.phase), row.since)
