"""Following what becomes of a report's issue in Jira: the card shows it, thread and reporter are told.

Whether Jira sends a webhook or is asked each minute, what it tells comes here, and only what is not older
than what is known counts: twice or out of order changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ulid import ULID

from domain.effects import NO_ISSUE, Attempt, Effect, Gateway, Never
from domain.report import Report
from domain.tracking import (
    IssueFacts,
    News,
    Ours,
    Phase,
    Tracked,
    Version,
    facts_from_json,
    facts_to_json,
    news,
    phase_of,
    versions_from_json,
    versions_to_json,
)
from domain.triage import State
from storage import effects, report_events, reports, tracked
from storage.database import Transaction
from storage.driver import Kind
from workflows import (
    closing,
    conversing,
    direct_notes,
    hanging,
    issue_keys,
    settling,
    showing,
    thread_lines,
)
from workflows.context import Context
from workflows.lanes import JIRA_PACE, issue_lane
from workflows.people import person_of

SEEN_WITHIN = timedelta(hours=25)  # all open issues are read once a day: what was not among them is asked for
MOST_LOOKED_FOR = 200
_TOLD = (Phase.NEEDS_INFO, Phase.FIXED, Phase.RELEASED, Phase.WONT_FIX, Phase.DUPLICATE, Phase.GONE)


def follow(tx: Transaction, ctx: Context, report_id: str, facts: IssueFacts) -> None:
    """Take over what Jira tells of a report's issue; what is older than what is known changes nothing."""
    at, phase = ctx.now(), phase_of(facts, ctx.config.follow_up.words)
    original = facts.original if phase is Phase.DUPLICATE else None
    report, other = settling.lock_with_original_in_jira(tx, report_id, original)
    before = tracked.find(tx, report_id)
    if before is not None and facts.updated < before.facts.updated:
        return
    if before is not None and (before.facts, before.phase) == (facts, phase):
        tracked.seen(tx, [report_id], at)
        return
    since = before.since if before is not None and before.phase is phase else at
    now = Tracked(report_id, facts, phase, since)
    tracked.keep(tx, now, at)
    if before is None or before.facts.updated != facts.updated:
        conversing.read_comments(tx, ctx, report_id)
    report = issue_keys.follow(tx, ctx, report, facts.key)
    if before is not None:
        report = _tell_thread(tx, ctx, report, before.facts, facts)
    is_done_now = phase.is_over and (before is None or not before.phase.is_over)
    if other is not None and is_done_now and report.triage.is_open:
        report = settling.became_duplicate(tx, ctx, report, of=other)
    else:
        report = _settle(tx, ctx, report, before, now)
    report = reports.change(tx, report)
    showing.refresh(tx, ctx, report)
    _tell_reporter(tx, ctx, report, before, now)
    closing.consider(tx, ctx, report)


def is_gone(tx: Transaction, ctx: Context, report_id: str) -> None:
    """Note that Jira has a report's issue no more, or does not let Bugle see it."""
    report, before = reports.lock(tx, report_id), tracked.find(tx, report_id)
    if before is None or before.phase is Phase.GONE:
        return
    at = ctx.now()
    now = replace(before, phase=Phase.GONE, since=at)
    tracked.keep(tx, now, at)
    report = _settle(tx, ctx, report, before, now)
    showing.refresh(tx, ctx, reports.change(tx, report))
    thread_lines.say(tx, ctx, report, "issue_gone", once=_once(at), key=now.facts.key)
    _tell_reporter(tx, ctx, report, before, now)
    closing.consider(tx, ctx, report)


def look_for_unseen(ctx: Context) -> None:
    """Ask for the issues that no search has shown for a day: deleted, or moved to another project."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        found = tracked.unseen(tx, now - SEEN_WITHIN, MOST_LOOKED_FOR)
        for report_id in found:
            read_again(tx, ctx, report_id)
        tracked.seen(tx, found, now)  # once a day is enough for each


def read_again(tx: Transaction, ctx: Context, report_id: str) -> None:
    """Decide that a report's issue is read, unless that waits already."""
    read = Effect(
        "read_issue", f"read_issue:{report_id}:{ULID()}", issue_lane(report_id), {"report": report_id}
    )
    effects.decide_unless_waiting(tx, read, ctx.now())


def read_versions(ctx: Context) -> None:
    """Learn which versions came out: Jira does not say so of the issues that are fixed in them."""
    for product in ctx.config.products:
        with ctx.database.transaction() as tx:
            if tracked.unreleased(tx, product.key):
                _read_versions(tx, ctx, product.key)


def version_changed(tx: Transaction, ctx: Context, product: str) -> None:
    """Decide that a product's versions are read, since Jira says that one changed."""
    if tracked.unreleased(tx, product):
        _read_versions(tx, ctx, product)


def _read_versions(tx: Transaction, ctx: Context, product: str) -> None:
    key = f"read_versions:{product}:{ULID()}"
    read = Effect("read_versions", key, f"versions:{product}", {"product": product})
    effects.decide_unless_waiting(tx, read, ctx.now())


def _tell_thread(
    tx: Transaction, ctx: Context, report: Report, before: IssueFacts, now: IssueFacts
) -> Report:
    """Say in one line what people changed in Jira; a report follows its assignee, if we know them."""
    assigned = tracked.assigned_to(tx, report.id)
    closed_here = report.triage.state in (State.DUPLICATE, State.NOT_A_BUG)
    ours = Ours(assigned, ctx.config.severity(report.severity).priority, closed_here)
    told = [each for each in news(before, now, ours) if each.what in ctx.config.follow_up.threads]
    if told:
        values = {"news": [_as_json(each) for each in told]}
        thread_lines.say(tx, ctx, report, "jira_changed", once=_once(now.updated), **values)
    if now.assignee_id in (before.assignee_id, assigned, None):
        return report
    return _take_owner(tx, ctx, report, str(now.assignee_id))


def _take_owner(tx: Transaction, ctx: Context, report: Report, account: str) -> Report:
    owner = person_of(tx, ctx, account)
    if owner is None or owner == report.taken_by or not report.triage.is_open:
        return report
    tracked.note_assigned(tx, report.id, account=account, person=owner)
    once, at = f"jira:{report.version}", ctx.now()
    report_events.note(tx, report.id, "assigned", once=once, at=at, to=owner)
    return reports.change(tx, report, taken_by=owner, taken_at=at)


def _as_json(each: News) -> dict[str, Any]:
    return {"what": each.what, "before": each.before, "now": each.now}


def _settle(tx: Transaction, ctx: Context, report: Report, before: Tracked | None, now: Tracked) -> Report:
    """Close a report whose issue is done, and open one again whose issue was opened again in Jira."""
    if now.phase.is_over:
        if not report.triage.is_open:
            if before is not None and before.phase is not now.phase:  # such as fixed, and now released
                hanging.show_anew(tx, ctx, report)
            return report
        if before is not None and before.phase.is_over and now.phase is not Phase.GONE:
            return report  # opened again here, by somebody whose Jira could not follow
        report = reports.change(tx, report, state=State.RESOLVED, closed_at=ctx.now())
        hanging.show_anew(tx, ctx, report)
        return report
    if before is not None and before.phase.is_over and not report.triage.is_open:
        return settling.open_again(tx, ctx, report)
    return report


def _tell_reporter(
    tx: Transaction, ctx: Context, report: Report, before: Tracked | None, now: Tracked
) -> None:
    """Note and tell a turning point. What triage closed in Slack its reporter was told by who did that."""
    facts = now.facts
    if before is not None and before.phase is now.phase:
        return
    once = f"{_once(facts.updated)}:{_once(now.since)}"
    versions = [each.name for each in facts.versions]
    fixed_in: dict[str, Any] = {"versions": versions} if versions and now.phase.is_over else {}
    report_events.note(tx, report.id, f"phase_{now.phase}", once=once, at=now.since, **fixed_in)
    if before is not None and before.phase.is_over and not now.phase.is_over:
        name = "opened_in_jira"
    elif now.phase in _TOLD and (report.triage.is_open or report.triage.closed_by is None):
        name = f"phase_{now.phase}"
    else:
        return
    values = {"versions": versions, "resolution": facts.resolution, "original": facts.original}
    direct_notes.write(tx, ctx, report, name, to=report.reporter, once=once, by=None, **values)


def _once(at: datetime) -> str:
    return f"{at.timestamp():.3f}"


def _read(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any] | None:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    if report.issue_key is None:
        raise Never(NO_ISSUE)
    told = ctx.jira.told(report.issue_key)
    return None if told is None else facts_to_json(told.facts)


def _was_read(
    tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any] | None
) -> None:
    if result is None:
        is_gone(tx, ctx, args["report"])
    else:
        follow(tx, ctx, args["report"], facts_from_json(result))


def _ask_versions(ctx: Context, args: Mapping[str, Any], _: Attempt) -> list[dict[str, Any]]:
    return versions_to_json(ctx.jira.versions(ctx.config.product(args["product"]).project))


def _versions_told(
    tx: Transaction, ctx: Context, args: Mapping[str, Any], told: Iterable[Mapping[str, Any]]
) -> None:
    """Go through what is fixed but not released: where a version came out, the issue did."""
    now: dict[str, Version] = {each.name: each for each in versions_from_json(told)}
    for each in sorted(tracked.unreleased(tx, args["product"]), key=_report_of):
        versions = tuple(now.get(one.name, one) for one in each.facts.versions)
        if versions != each.facts.versions:
            follow(tx, ctx, each.report, replace(each.facts, versions=versions))


def _report_of(each: Tracked) -> str:
    return each.report


EFFECTS = (
    Kind("read_issue", Gateway.JIRA, _read, _was_read, paces=(JIRA_PACE,)),
    Kind("read_versions", Gateway.JIRA, _ask_versions, _versions_told, paces=(JIRA_PACE,)),
)
