"""Nobody forgets: who has to tell a customer is reminded in their working hours, and then the lead too.

When somebody is reminded next is kept with each loop, and moved on in the transaction that decides the
reminder: in one process or in ten, each is reminded of once. What is told meanwhile is not in it any more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from domain.effects import Attempt, Effect, Gateway, Outcome
from domain.loop import Loop
from domain.loop_list import LoopRow, Wanted
from storage import effects, loop_lists, loops
from storage.database import Transaction
from storage.driver import Kind
from views.loop_reminder import Reminder, reminder
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.loop_owners import next_reminder
from workflows.loops_shown import one_each
from workflows.reaching import write_to

_MOST = 200  # loops in one reminder


def remind(ctx: Context) -> None:
    """Plan when each new loop is reminded of, and remind of those that are due."""
    with ctx.database.reading() as tx:
        unplanned = loops.unplanned(tx)
    zones = _zones(ctx, {each.holder for each in unplanned if each.holder})
    if zones:
        with ctx.database.transaction() as tx:
            _plan(tx, ctx, [each for each in unplanned if each.holder in zones])
    with ctx.database.reading() as tx:
        people = loops.people_due(tx, ctx.now())
    zones = _zones(ctx, people)
    if zones:
        with ctx.database.transaction() as tx:
            _remind(tx, ctx, list(zones))


def _plan(tx: Transaction, ctx: Context, new: Iterable[Loop]) -> None:
    locked = loops.lock(tx, [each.customer_issue for each in new])
    for loop in locked.values():
        if loop.state.is_listed and loop.remind_at is None and loop.holder is not None:
            loops.change(tx, loop, remind_at=next_reminder(ctx, loop.holder, 0, loop.since))


def _remind(tx: Transaction, ctx: Context, people: Iterable[str]) -> None:
    now, telling = ctx.now(), ctx.config.follow_up.telling
    theirs: dict[str, list[str]] = defaultdict(list)
    for loop in loops.due(tx, now, people):
        assert loop.holder is not None
        assert loop.remind_at is not None
        sent = loop.reminders + 1
        again = next_reminder(ctx, loop.holder, sent, loop.remind_at)
        loops.change(tx, loop, reminders=sent, remind_at=again)
        theirs[loop.holder].append(loop.customer_issue)
        if telling.lead not in (None, loop.holder) and telling.is_leads(sent):
            theirs[f"{telling.lead}:lead"].append(loop.customer_issue)
    effects.decide(tx, [_reminder(to, issues, now) for to, issues in theirs.items()], now)


def _reminder(to: str, issues: list[str], now: datetime) -> Effect:
    person, _, as_lead = to.partition(":")
    args = {"person": person, "issues": issues[:_MOST], "as_lead": bool(as_lead)}
    key = f"remind_of_loops:{to}:{issues[0]}:{now.timestamp():.0f}"
    return Effect("remind_of_loops", key, slack_lane(person), args)


def _zones(ctx: Context, people: Iterable[str]) -> set[str]:
    """Return those of these people of whom Slack tells now in which zone they are."""
    found = set()
    for each in sorted(people):
        try:
            ctx.slack.person(each)
        except Outcome:
            continue
        found.add(each)
    return found


def _write(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str | None:
    person, as_lead = args["person"], args["as_lead"]
    with ctx.database.reading() as tx:
        rows = [each for each in loop_lists.rows(tx, args["issues"]) if _is_open(each, person, as_lead)]
        number = len(one_each(rows)) if as_lead else loop_lists.count(tx, Wanted(holder=person))[0]
    if not rows:
        return None  # told since
    shown = Reminder(tuple(one_each(rows)), number, as_lead, ctx.config.customers.currency)
    written = write_to(ctx, person, lambda reader: reminder(shown, reader.language), attempt)
    return written[1] if written else None


def _is_open(row: LoopRow, person: str, as_lead: bool) -> bool:  # noqa: FBT001 - as the effect says it
    return row.loop.state.is_listed and (as_lead or row.loop.holder == person)


EFFECTS = (Kind("remind_of_loops", Gateway.SLACK, _write, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
