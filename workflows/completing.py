"""Completing a report: its reporter is asked for just what it lacks, and the answer reaches everybody."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.happened import Part
from domain.quality import Lack, Remark, remarks
from domain.report import Report
from domain.sensitive import find, mask
from storage import effects, reports
from storage.database import Transaction
from storage.driver import Kind
from views.completing import completing_note
from workflows import issue_comments, showing, thread_lines
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.reaching import write_to


def ask(tx: Transaction, ctx: Context, report: Report) -> None:
    """Decide that a reporter is asked for what their report lacks; nothing where it lacks nothing."""
    if lacks(report):
        args = {"report": report.id}
        question = Effect("ask_for_more", f"ask_for_more:{report.id}", slack_lane(report.reporter), args)
        effects.decide(tx, [question], ctx.now())


def lacks(report: Report) -> tuple[Remark, ...]:
    """Return what a report lacks that its reporter can add."""
    return tuple(each for each in remarks(report.happened) if each.kind is not Lack.SEVERAL_PROBLEMS)


def to_complete(ctx: Context, report_id: str, person: str) -> Report | None:
    """Return a person's own report that lacks something; None when it is another's, or lacks nothing."""
    with ctx.database.reading() as tx:
        report = reports.get(tx, report_id)
    return report if report.reporter == person and lacks(report) else None


def complete(ctx: Context, report_id: str, person: str, told: Mapping[Part, str]) -> None:
    """Take up what a reporter tells anew of some parts; the same again changes nothing."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        new = {part: mask(text, find(text)) for part, text in told.items()}
        new = {part: text for part, text in new.items() if text != report.happened.part(part)}
        if report.reporter != person or not new:
            return
        changed = reports.change(tx, report, **{part.value: text for part, text in new.items()})
        said: dict[str, Any] = {"parts": {part.value: text for part, text in new.items()}}
        once = str(changed.version)
        thread_lines.say(tx, ctx, changed, "completed", once=once, by=person, **said)
        issue_comments.comment(tx, ctx, changed, "completed", once=once, by=person, **said)
        showing.refresh(tx, ctx, changed)


def _ask(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    missing = lacks(report)
    if not missing:
        return "nothing is missing any more"
    written = write_to(
        ctx, report.reporter, lambda reader: completing_note(report, missing, reader.language), attempt
    )
    return written[1] if written else "they are not there any more"


EFFECTS = (Kind("ask_for_more", Gateway.SLACK, _ask, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
