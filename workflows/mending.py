"""Mending a report whose issue Jira refused for what its reporter filled in: they are told, and say it again.

The report stays as it was filed. What its reporter says anew goes into the same report, and the same effect
is tried again: Jira said that it made nothing, so there is no second issue.
"""

import logging
from collections.abc import Mapping
from typing import Any

from domain.asking import FILLED
from domain.config import Product
from domain.effects import Attempt, Effect, Gateway, Outcome
from domain.given_away import given_away, is_told, masked
from domain.report import Draft, Report
from domain.severity import Facts, judge
from storage import customers, effects, reports
from storage.database import Transaction
from storage.driver import Buried, Kind
from views.mending_note import mending_note
from workflows import attaching, hanging, showing
from workflows.asking import refresh_screen
from workflows.context import Context
from workflows.dead_letters import show_corrected, tell_admins
from workflows.filing import bring
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, issue_lane, slack_lane
from workflows.reaching import write_to

log = logging.getLogger(__name__)

_TYPED = {"summary", "description"}  # made of what was typed


def see_off(tx: Transaction, ctx: Context, buried: Buried) -> None:
    """Decide who is told of an effect that has died: admins, and a reporter who can mend it."""
    heed(tx, ctx, buried)
    tell_admins(tx, ctx, buried)


def heed(tx: Transaction, ctx: Context, buried: Buried) -> None:
    """Decide that a reporter is told when their report's issue was refused for what they can mend."""
    if buried.kind != "create_issue":
        return
    report = reports.lock(tx, buried.args["report"])
    refused = mendable(ctx.config.product(report.product), buried.refused)
    if refused and report.issue_key is None:
        now = ctx.now()
        changed = reports.change(tx, report, refusal=refused)
        key = f"ask_to_mend:{report.id}:{changed.version}"
        ask = Effect("ask_to_mend", key, slack_lane(report.reporter), {"report": report.id})
        effects.decide(tx, [ask], now)
        showing.refresh(tx, ctx, changed)


def mendable(product: Product, refused: Mapping[str, str]) -> dict[str, str]:
    """Return what was said against fields that a reporter fills in: not Bugle's own, nor bugle.toml's."""
    ours = (FILLED - _TYPED) | product.fields.keys()
    return {field: said for field, said in refused.items() if field not in ours}


def mend(ctx: Context, report_id: str, draft: Draft) -> None:
    """Tell a report anew and try its issue again; harmless when that is there by now, or twice."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if report.reporter != draft.reporter or report.issue_key is not None:
            return
        brought = bring(tx, draft)
        number = customers.set_of(tx, report.id, brought, brought_by=report.reporter, now=now)
        hanging.told_anew(tx, ctx, report, draft, brought)
        told = reports.told_anew(_masked(ctx, draft, report)) | {"customers": number}
        if report.triage.severity_by is None:
            judged = judge(ctx.config.severities, Facts(draft.impact, draft.workaround, number))
            told |= {"severity": judged.severity.key, "severity_reasons": dict(judged.reasons)}
        changed = reports.change(tx, report, **told)
        # What was to follow the issue, such as its files, has died behind it.
        retried = effects.retry_lane(tx, issue_lane(report.id), now)
        show_corrected(tx, ctx, retried, by=report.reporter)
        attaching.attach(tx, ctx, changed, draft.files, by=report.reporter)
        showing.refresh(tx, ctx, changed)


def _masked(ctx: Context, draft: Draft, before: Report) -> Draft:
    """Return the draft with masked what gives too much away, but for what its reporter kept at first."""
    product = ctx.config.product(draft.product)
    found = given_away(draft, product)
    return masked(draft, [each for each in found if not is_told(each.secret, before, product)])


def to_mend(ctx: Context, report_id: str, person: str) -> Report | None:
    """Return a person's own report while its issue is refused; None when there is nothing to mend."""
    with ctx.database.reading() as tx:
        report = reports.get(tx, report_id)
    is_open = report.reporter == person and report.issue_key is None and bool(report.refusal)
    return report if is_open else None


def _ask(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    _look_again(ctx, ctx.config.product(report.product))
    written = write_to(ctx, report.reporter, lambda reader: mending_note(report, reader.language), attempt)
    return written[1] if written else "they are not there any more"


def _look_again(ctx: Context, product: Product) -> None:
    """Let the form know what Jira asks by now; without an answer it shows what it knew."""
    try:
        refresh_screen(ctx, product)
    except Outcome as outcome:
        log.warning("what %s asks by now could not be read from Jira: %s", product.key, outcome)


EFFECTS = (Kind("ask_to_mend", Gateway.SLACK, _ask, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
