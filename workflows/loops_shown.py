"""What somebody reads of a report that ended for their customers."""

from domain.loop import Ending, State
from domain.loop_list import LoopRow
from domain.report import Report
from storage import loop_lists, reports, tracked
from storage.database import Transaction
from views.loop_message import LoopsShown
from views.loop_words import About
from workflows.context import Context

_TOLD = (State.TOLD, State.CONFIRMED)


def about(tx: Transaction, ctx: Context, report: Report) -> About:
    """Return what messages about the end of a report say of it."""
    known = tracked.find(tx, report.id)
    return About(
        report.issue_key,
        ctx.jira.known_url(report.issue_key) if report.issue_key else None,
        report.happened.actual,
        ctx.config.product(report.product).name,
        tuple(each.name for each in known.facts.versions) if known else (),
        report.triage.closed_reason,
    )


def shown_to(tx: Transaction, ctx: Context, report_id: str, person: str) -> LoopsShown:
    """Return what somebody reads of a report now."""
    report = reports.get(tx, report_id)
    rows = loop_lists.of_person(tx, report_id, person)
    mine = [each for each in rows if each.loop.holder == person]
    listed = one_each([each for each in mine if each.loop.state.is_listed])
    done = {each.customer for each in listed if each.customer}
    elsewhere = [
        each.loop.holder
        for each in rows
        if each.loop.holder not in (None, person) and each.loop.state.is_listed
    ]
    newest = max(mine, key=lambda each: each.loop.since, default=None)
    return LoopsShown(
        report_id,
        about(tx, ctx, report),
        newest.loop.ending if newest else Ending.FIXED,
        tuple(
            sorted(listed, key=lambda each: (-(each.value or 0), each.loop.since, each.loop.customer_issue))
        ),
        told=_names(mine, _TOLD, done),
        let_go=_names(mine, (State.LET_GO,), done),
        with_others=tuple(dict.fromkeys(each for each in elsewhere if each)),
        is_open_again=report.triage.is_open,
        currency=ctx.config.customers.currency,
    )


def one_each(rows: list[LoopRow]) -> list[LoopRow]:
    """Return the first of what each customer told us of each report: one answer is about all of it."""
    first: dict[tuple[str, str], LoopRow] = {}
    for each in rows:
        first.setdefault((each.loop.report, each.customer or each.loop.customer_issue), each)
    return list(first.values())


def _names(rows: list[LoopRow], states: tuple[State, ...], but: set[str]) -> tuple[str, ...]:
    """Return who is in one of these states and has nothing else to be told."""
    found = [each for each in rows if each.loop.state in states and each.customer not in but]
    return tuple(each.name for each in one_each(found))
