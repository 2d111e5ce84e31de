"""Short direct messages about a report to one person; who cannot be reached is said in the card's thread."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway, Never
from domain.report import Report
from gateways.slack import Person
from storage import effects, reports
from storage.database import Transaction
from storage.driver import Kind
from views.direct_text import direct_note
from workflows import thread_lines
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane

# What Slack answers where somebody cannot be written to, whatever is written.
_OUT_OF_REACH = (
    "user_disabled",
    "user_not_found",
    "user_not_visible",
    "cannot_dm_bot",
    "cannot_dm_user",
    "messages_tab_disabled",
    "restricted_action",
)


def write(
    tx: Transaction, ctx: Context, report: Report, name: str, *, to: str, once: str, by: str, **values: Any
) -> None:
    """Decide a note by its name in `views/direct_text.py`; `by` is told where it cannot reach its reader."""
    note = Effect(
        "write_note",
        f"write_note:{report.id}:{name}:{to}:{once}",
        slack_lane(to),
        {"report": report.id, "note": name, "to": to, "by": by, "values": values},
    )
    effects.decide(tx, [note], ctx.now())


def reader_of(ctx: Context, user: str) -> Person | None:
    """Return who is to be written to, or None where their account is closed."""
    person = ctx.slack.person(user)
    return None if person.deleted else person


def unreachable(refusal: Never) -> bool:
    """Tell whether Slack refused a message because of the person it is for."""
    return any(refusal.reason.endswith(f": {code}") for code in _OUT_OF_REACH)


def tell_unreachable(tx: Transaction, ctx: Context, report: Report, *, to: str, by: str, once: str) -> None:
    """Say in the thread, to the one whose deed it was, that somebody was not told of it."""
    thread_lines.say(tx, ctx, report, "unreachable", once=once, by=by, to=to)


def _write(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str | None:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    reader = reader_of(ctx, args["to"])
    if reader is None:
        return None
    url = ctx.jira.browse_url(report.issue_key) if report.issue_key else None
    message = direct_note(args["note"], report, url, {**args["values"], "by": args["by"]}, reader.language)
    try:
        channel = ctx.slack.direct_channel(args["to"])
        return ctx.slack.post(channel, message, key=attempt.key, doubt=attempt.doubt)
    except Never as refusal:
        if unreachable(refusal):
            return None
        raise


def _written(tx: Transaction, ctx: Context, args: Mapping[str, Any], ts: str | None) -> None:
    if ts is None:
        report = reports.lock(tx, args["report"])
        once = f"{args['note']}:{report.version}"
        tell_unreachable(tx, ctx, report, to=args["to"], by=args["by"], once=once)


EFFECTS = (
    Kind("write_note", Gateway.SLACK, _write, _written, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
)
