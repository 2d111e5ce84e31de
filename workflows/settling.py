"""Closing a report without a fix, as a duplicate or as no bug, and opening it again; its issue follows."""

from collections.abc import Mapping
from typing import Any

from domain.effects import NO_ISSUE, Attempt, Effect, Gateway, Never
from domain.report import Report
from domain.steps import RESOLUTIONS_OF_DUPLICATES, RESOLUTIONS_OF_NO_BUG, Category, way_to
from domain.triage import Original, Refusal, State, Why
from storage import effects, reports
from storage.database import Transaction
from storage.driver import Kind
from workflows import (
    acknowledging,
    closing,
    direct_notes,
    escalating,
    hanging,
    issue_comments,
    showing,
    snoozing,
    thread_lines,
)
from workflows.context import Context
from workflows.duplicate_customers import move_customers, move_customers_back
from workflows.duplicate_links import link_when_ready
from workflows.issue_keys import follow
from workflows.lanes import JIRA_PACE, issue_lane
from workflows.triaging import refusal_to

_OPEN = {
    "state": State.OPEN,
    "closed_by": None,
    "closed_at": None,
    "closed_reason": None,
    "duplicate_of": None,
    "duplicate_key": None,
    "moved_customers": None,
}


def close_as_no_bug(ctx: Context, report_id: str, user: str, *, reason: str) -> Refusal | None:
    """Close a report as not a bug, for a reason that its reporter gets."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if refusal := refusal_to(tx, ctx, report, user):
            return refusal
        changed = _close(tx, ctx, report, user, state=State.NOT_A_BUG, closed_reason=reason)
        _tell(tx, ctx, changed, "not_a_bug", by=user, reason=reason)
        move_issue(tx, ctx, changed, by=user)
    return None


def close_as_duplicate(ctx: Context, report_id: str, user: str, *, of: Original) -> Refusal | None:
    """Close a report as a duplicate of another, or of an issue that has none.

    A duplicate of a duplicate is one of the report that this one leads to.
    """
    original, key = of.report, of.key
    with ctx.database.transaction() as tx:
        if original is not None:
            original = leads_to(tx, original)
            if original == report_id:
                return Refusal(Why.OWN_DUPLICATE)
            report, other = reports.lock_both(tx, report_id, original)
            if not other.triage.is_open and other.triage.duplicate_of == report_id:
                return Refusal(Why.OWN_DUPLICATE)
            key = other.issue_key
        else:
            report = reports.lock(tx, report_id)
        if refusal := refusal_to(tx, ctx, report, user):
            return refusal
        moved = move_customers(tx, ctx, report, to=original) if original else {}
        told = {"duplicate_of": original, "duplicate_key": key, **moved}
        changed = _close(tx, ctx, report, user, state=State.DUPLICATE, **told)
        _tell(tx, ctx, changed, "duplicate", by=user, original=original, key=key)
        link_when_ready(tx, ctx, changed)
        move_issue(tx, ctx, changed, by=user)
        if original is not None:
            closing.consider(tx, ctx, reports.get(tx, original))  # which may have ended already
    return None


def became_duplicate(tx: Transaction, ctx: Context, report: Report, *, of: Report) -> Report:
    """Close an open report as a duplicate of another, both locked, since Jira says so: its customers move."""
    moved = move_customers(tx, ctx, report, to=of.id)
    told = {"duplicate_of": of.id, "duplicate_key": of.issue_key, **moved}
    changed = reports.change(tx, report, state=State.DUPLICATE, closed_at=ctx.now(), **told)
    hanging.show_anew(tx, ctx, changed)
    closing.consider(tx, ctx, reports.get(tx, of.id))  # which may have ended already
    return changed


def reopen(ctx: Context, report_id: str, user: str) -> Refusal | None:
    """Open a report again that triage closed; the link to what it was a duplicate of stays in Jira."""
    with ctx.database.transaction() as tx:
        report = lock_with_original(tx, report_id)
        if refusal := refusal_to(tx, ctx, report, user, closed=True):
            return refusal
        changed = open_again(tx, ctx, report)
        _tell(tx, ctx, changed, "reopened", by=user)
        move_issue(tx, ctx, changed, by=user)
    return None


def open_again(tx: Transaction, ctx: Context, report: Report) -> Report:
    """Open a locked report that is closed: it has its customers again, and is asked about as before."""
    back = move_customers_back(tx, ctx, report)
    changed = reports.change(tx, report, **_OPEN, **back)
    showing.refresh(tx, ctx, changed)
    escalating.count_anew(tx, ctx, changed, since=ctx.now())
    acknowledging.happened(tx, ctx, changed)
    snoozing.opened_again(tx, ctx, changed)
    hanging.show_anew(tx, ctx, changed)
    closing.consider(tx, ctx, changed)
    return changed


def _close(
    tx: Transaction, ctx: Context, report: Report, user: str, *, state: State, **values: Any
) -> Report:
    changed = reports.change(tx, report, state=state, closed_by=user, closed_at=ctx.now(), **values)
    showing.refresh(tx, ctx, changed)
    hanging.show_anew(tx, ctx, changed)
    closing.consider(tx, ctx, changed)
    return changed


def _tell(tx: Transaction, ctx: Context, report: Report, name: str, *, by: str, **values: Any) -> None:
    """Say what was decided in the thread, in the issue and to the reporter."""
    once = str(report.version)
    thread_lines.say(tx, ctx, report, name, once=once, by=by, **values)
    issue_comments.comment(tx, ctx, report, name, once=once, by=by, **values)
    if report.reporter != by:
        direct_notes.write(tx, ctx, report, name, to=report.reporter, once=once, by=by, **values)


def lock_with_original(tx: Transaction, report_id: str) -> Report:
    """Lock a report and, first or second as ids go, what it is a duplicate of."""
    original = reports.get(tx, report_id).triage.duplicate_of
    return reports.lock_both(tx, report_id, original)[0] if original else reports.lock(tx, report_id)


def lock_with_original_in_jira(
    tx: Transaction, report_id: str, key: str | None
) -> tuple[Report, Report | None]:
    """Lock a report, and the one that it is a duplicate of by what Jira says, where that is ours."""
    known = reports.get(tx, report_id).triage
    found = reports.of_issue(tx, key) if key and known.is_open else None
    other = leads_to(tx, found.id) if found else None
    if other is None or other == report_id:
        return lock_with_original(tx, report_id), None
    return reports.lock_both(tx, report_id, other)


def leads_to(tx: Transaction, report_id: str) -> str:
    """Return the report that a duplicate of this one would be a duplicate of in the end."""
    seen: set[str] = set()
    while report_id not in seen:
        seen.add(report_id)
        further = reports.get(tx, report_id).triage.duplicate_of
        if further is None:
            break
        report_id = further
    return report_id


def move_issue(tx: Transaction, ctx: Context, report: Report, *, by: str) -> None:
    """Decide that a report's issue follows what was decided about the report."""
    key = f"move_issue:{report.id}:{report.version}"
    move = Effect("move_issue", key, issue_lane(report.id), {"report": report.id, "by": by})
    effects.decide(tx, [move], ctx.now())


def _move(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any]:
    """Bring the issue to where the report is, by whatever step of its workflow leads there."""
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    if report.issue_key is None:
        raise Never(NO_ISSUE)
    issue = ctx.jira.issue(report.issue_key)
    told = {"key": issue.key, "closed": not report.triage.is_open}
    if (issue.category == Category.DONE) == told["closed"]:
        return told
    wanted = {
        State.DUPLICATE: ([Category.DONE], RESOLUTIONS_OF_DUPLICATES),
        State.NOT_A_BUG: ([Category.DONE], RESOLUTIONS_OF_NO_BUG),
        State.OPEN: ([Category.NEW, Category.INDETERMINATE], ()),
    }[report.triage.state]
    way = way_to(ctx.jira.steps(issue.key), *wanted)
    if way is None or way.asks:
        return {**told, "step": way and way.step.name, "asks": list(way.asks) if way else []}
    resolution = way.resolution.id if way.resolution else None
    ctx.jira.transition(issue.key, way.step.id, resolution=resolution)
    return told


def _moved(tx: Transaction, ctx: Context, args: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    report = reports.lock(tx, args["report"])
    follow(tx, ctx, report, told["key"])
    if "asks" in told:
        values = {name: told[name] for name in ("closed", "step", "asks")}
        issue_comments.comment(
            tx, ctx, report, "not_moved", once=str(report.version), by=args["by"], **values
        )
        thread_lines.say(tx, ctx, report, "not_moved", once=str(report.version), **values)


EFFECTS = (Kind("move_issue", Gateway.JIRA, _move, _moved, paces=(JIRA_PACE,)),)
