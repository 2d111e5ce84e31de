"""Closing loops: when a report has ended, every customer issue that hangs on it is to be told.

`consider` compares how the report stands with what was promised, and changes nothing where that fits: it may
be asked as often as anything happens. The report is locked by whoever asks; loops are locked after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.customer_issue import CustomerIssue
from domain.loop import Ending, Event, Loop, State, ending_of, is_news, step
from domain.report import Report
from storage import customer_issues, loops, tracked
from storage.database import Transaction
from workflows import loop_owners, loop_showing
from workflows.context import Context
from workflows.loop_showing import Place


def consider(tx: Transaction, ctx: Context, report: Report) -> None:
    """Let the customers of a (locked) report be told how it ended, or that it has not after all."""
    ending = ending_of(report, tracked.find(tx, report.id), ctx.config.follow_up.telling.when)
    issues = [each.id for each in customer_issues.of_report(tx, report.id)]
    if issues and report.triage.duplicate_of is None:
        _happened(tx, ctx, report.id, issues, ending)


def hangs_no_more(tx: Transaction, ctx: Context, issue: CustomerIssue, report: str) -> None:
    """Take back what its customer was to be told, or was told, of a report that it was hung on by mistake."""
    _happened(tx, ctx, report, [issue.id], None)


@dataclass
class _Changes:
    """What becomes of some loops: those that are new, and others with what changes in them."""

    new: list[Loop] = field(default_factory=list)
    changed: dict[str, tuple[Loop, Loop]] = field(default_factory=dict)  # before and after


def _happened(
    tx: Transaction, ctx: Context, report: str, issues: Iterable[str], ending: Ending | None
) -> None:
    kept, changes, at = loops.lock(tx, issues), _Changes(), ctx.now()
    for issue in issues:
        loop = kept.get(issue)
        if loop is None and ending is not None:
            changes.new.append(_new(issue, report, ending, at))
        elif loop is not None:
            after = _after(loop, report, ending, at)
            if after != loop:
                changes.changed[issue] = (loop, after)
    if changes.new or changes.changed:
        _keep(tx, ctx, changes)


def _new(issue: str, report: str, ending: Ending, at: datetime) -> Loop:
    state = step(State.OPEN, Event.ENDED)
    return Loop(issue, report, state, ending, at, owner=None, holder=None, version=1)


def _after(loop: Loop, report: str, ending: Ending | None, at: datetime) -> Loop:
    """Return a loop as it is when its report has this ending, or none; itself where that changes nothing."""
    events = [Event.OPENED_AGAIN] if ending is None or is_news(loop.ending, ending) else []
    events += [Event.ENDED] if ending is not None else []
    state = loop.state
    for event in events:
        state = step(state, event)
    told = ending if ending is not None and state is State.TO_TELL else loop.ending
    where = report if ending is not None and state is State.TO_TELL else loop.report
    if (state, told, where) == (loop.state, loop.ending, loop.report):
        return loop
    is_new = state is not loop.state
    again: dict[str, Any] = {"since": at, "remind_at": None, "reminders": 0} if is_new else {}
    return replace(loop, state=state, ending=told, report=where, **again)


def _keep(tx: Transaction, ctx: Context, changes: _Changes) -> None:
    """Keep what changes, with whom it belongs, and let those people know."""
    begun = [*changes.new, *(now for was, now in changes.changed.values() if _begins(was, now))]
    placed = loop_owners.holders(tx, ctx, loop_owners.claims_of(tx, begun))
    new = [_placed(each, placed) for each in changes.new]
    loops.add(tx, new)
    news, others = {_readers_of(each) for each in new}, set[Place]()
    for was, after in changes.changed.values():
        now = _placed(after, placed)
        loops.change(tx, was, **_differences(was, now))
        others |= {_readers_of(was), _readers_of(now)}
        if _begins(was, now):
            news.add(_readers_of(now))
    loop_showing.show(tx, ctx, news=news, others=others)


def _begins(was: Loop, now: Loop) -> bool:
    return now.state.is_listed and now.state is not was.state


def _placed(loop: Loop, placed: Mapping[str, tuple[str | None, str | None]]) -> Loop:
    owner, holder = placed.get(loop.customer_issue, (loop.owner, loop.holder))
    return replace(loop, owner=owner, holder=holder)


def _readers_of(loop: Loop) -> Place:
    return loop.report, loop.holder


def _differences(was: Loop, now: Loop) -> dict[str, Any]:
    """Return the columns that differ."""
    before, after = asdict(was), asdict(now)
    return {name: value for name, value in after.items() if value != before[name]}
