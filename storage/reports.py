"""Reports as they are kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from ulid import ULID

from domain.create_fields import answers_from_json, answers_to_json
from domain.happened import Happened
from domain.report import Draft, Impact, Report, Workaround
from domain.triage import State, Triage
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import reports


def add(
    tx: Transaction,
    draft: Draft,
    *,
    severity: str,
    reasons: Mapping[str, Any],
    customers: int,
    on_duty: str | None,
    now: datetime,
    issue_key: str | None = None,
) -> Report | None:
    """Keep a report made from a draft; None when this opening of the form has filed one before.

    `issue_key` is that of an issue which was there before; then None also means that it has a report.
    """
    row = {
        "id": str(ULID()),
        "nonce": draft.nonce,
        "reporter": draft.reporter,
        "reporter_name": draft.reporter_name,
        "product": draft.product,
        **_told(draft),
        "severity": severity,
        "severity_reasons": dict(reasons),
        "language": draft.language,
        "filed_at": now,
        "on_duty": on_duty,
        "issue_key": issue_key,
        "customers": customers,
        "version": 1,
    }
    if not insert_new(tx, reports, [row]):
        return None
    return _report({column.name: None for column in reports.c} | {"state": State.OPEN} | row)


def told_anew(draft: Draft) -> dict[str, Any]:
    """Return what `change` takes where a draft tells a filed report anew."""
    return {**_told(draft), "refusal": None}


def _told(draft: Draft) -> dict[str, Any]:
    return {
        "area": draft.area,
        "impact": draft.impact,
        "workaround": draft.workaround,
        "steps": draft.happened.steps,
        "expected": draft.happened.expected,
        "actual": draft.happened.actual,
        "environment": draft.environment,
        "found_in": draft.found_in,
        "effort": draft.effort,
        "help_desk_url": draft.help_desk_url,
        "source_url": draft.source_url,
        "fields": answers_to_json(draft.fields) or None,
    }


def get(tx: Transaction, report_id: str) -> Report:
    """Return a report that is known to exist."""
    return _report(tx.execute(select(reports).where(reports.c.id == report_id)).mappings().one())


def of_issue(tx: Transaction, issue_key: str) -> Report | None:
    """Return the report whose issue this is, or None."""
    row = tx.execute(select(reports).where(reports.c.issue_key == issue_key)).mappings().first()
    return _report(row) if row else None


def with_nonce(tx: Transaction, nonce: str) -> Report | None:
    """Return the report that this opening of the form filed, or None."""
    row = tx.execute(select(reports).where(reports.c.nonce == nonce)).mappings().first()
    return _report(row) if row else None


def nonce_of(tx: Transaction, report_id: str) -> str:
    """Return the opening of the form that filed a report."""
    return str(tx.execute(select(reports.c.nonce).where(reports.c.id == report_id)).scalar_one())


def lock(tx: Transaction, report_id: str) -> Report:
    """Return a report that nobody else changes until this transaction ends."""
    query = select(reports).where(reports.c.id == report_id).with_for_update()
    return _report(tx.execute(query).mappings().one())


def change(tx: Transaction, report: Report, **values: Any) -> Report:
    """Change a locked report so that it shows; returns it as it is then."""
    values["version"] = report.version + 1
    tx.execute(update(reports).where(reports.c.id == report.id).values(values))
    return get(tx, report.id)


def page(tx: Transaction, after: str, limit: int = 500) -> list[Report]:
    """List reports by id, from the one behind *after* on: the oldest first."""
    query = select(reports).where(reports.c.id > after).order_by(reports.c.id).limit(limit)
    return [_report(row) for row in tx.execute(query).mappings()]


def last_product(tx: Transaction, reporter: str) -> str | None:
    """Return the key of the product this person reported a bug of last."""
    query = select(reports.c.product).where(reports.c.reporter == reporter)
    return tx.execute(query.order_by(reports.c.filed_at.desc()).limit(1)).scalar()


def owned_by(tx: Transaction, person: str) -> list[Report]:
    """Return the open reports that somebody took or was given, oldest first."""
    mine = (reports.c.taken_by == person) & (reports.c.state == State.OPEN)
    return [_report(row) for row in tx.execute(select(reports).where(mine).order_by(reports.c.id)).mappings()]


def duplicates_of(tx: Transaction, original: str) -> list[Report]:
    """Return the reports that were closed as duplicates of this one."""
    query = select(reports).where(reports.c.duplicate_of == original).order_by(reports.c.id)
    return [_report(row) for row in tx.execute(query).mappings()]


def original_key(tx: Transaction, report: Report) -> str | None:
    """Return the issue key of what a report was closed as a duplicate of, as far as it has one."""
    if report.triage.duplicate_of is None:
        return report.triage.duplicate_key
    return get(tx, report.triage.duplicate_of).issue_key


def lock_both(tx: Transaction, one: str, other: str) -> tuple[Report, Report]:
    """Lock two reports, in the same order whoever asks, so that two people cannot wait for each other."""
    locked = {report_id: lock(tx, report_id) for report_id in sorted({one, other})}
    return locked[one], locked[other]


def _triage(row: Any) -> Triage:
    return Triage(
        state=State(row["state"]),
        closed_by=row["closed_by"],
        closed_at=row["closed_at"],
        closed_reason=row["closed_reason"],
        duplicate_of=row["duplicate_of"],
        duplicate_key=row["duplicate_key"],
        moved_customers=tuple(row["moved_customers"] or ()),
        severity_by=row["severity_by"],
        severity_reason=row["severity_reason"],
        handed_at=row["handed_at"],
    )


def _report(row: Any) -> Report:
    return Report(
        id=row["id"],
        reporter=row["reporter"],
        reporter_name=row["reporter_name"],
        product=row["product"],
        area=row["area"],
        impact=Impact(row["impact"]),
        workaround=Workaround(row["workaround"]),
        severity=row["severity"],
        happened=Happened(row["steps"], row["expected"], row["actual"]),
        language=row["language"],
        filed_at=row["filed_at"],
        on_duty=row["on_duty"],
        acknowledged_by=row["acknowledged_by"],
        acknowledged_at=row["acknowledged_at"],
        taken_by=row["taken_by"],
        taken_at=row["taken_at"],
        issue_key=row["issue_key"],
        version=row["version"],
        environment=row["environment"],
        found_in=row["found_in"],
        effort=row["effort"],
        help_desk_url=row["help_desk_url"],
        source_url=row["source_url"],
        fields=answers_from_json(row["fields"]),
        customers=row["customers"],
        severity_reasons=row["severity_reasons"] or {},
        refusal=row["refusal"] or {},
        triage=_triage(row),
    )
