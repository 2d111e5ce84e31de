"""Short direct messages about a report to one person; who cannot be reached is said in the card's thread."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.message import Message
from domain.report import Report
from gateways.slack import Person
from storage import effects, reports
from storage.database import Transaction
from storage.driver import Kind
from views.direct_text import direct_note
from workflows import thread_lines
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.reaching import write_to


def write(
    tx: Transaction,
    ctx: Context,
    report: Report,
    name: str,
    *,
    to: str,
    once: str,
    by: str | None,
    **values: Any,
) -> None:
    """Decide a note by its name in `views/direct_text.py`; `by` is told where it cannot reach its reader.

    Nobody where it is Jira that tells: then the thread just says so.
    """
    note = Effect(
        "write_note",
        f"write_note:{report.id}:{name}:{to}:{once}",
        slack_lane(to),
        {"report": report.id, "note": name, "to": to, "by": by, "values": values},
    )
    effects.decide(tx, [note], ctx.now())


def tell_unreachable(
    tx: Transaction, ctx: Context, report: Report, *, to: str, by: str | None, once: str
) -> None:
    """Say in the thread, to the one whose deed it was, that somebody was not told of it."""
    if by is None:
        thread_lines.say(tx, ctx, report, "not_told", once=once, to=to)
    else:
        thread_lines.say(tx, ctx, report, "unreachable", once=once, by=by, to=to)


def _write(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str | None:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    url = ctx.jira.browse_url(report.issue_key) if report.issue_key else None

    def note(reader: Person) -> Message:
        return direct_note(args["note"], report, url, {**args["values"], "by": args["by"]}, reader.language)

    written = write_to(ctx, args["to"], note, attempt)
    return written[1] if written else None


def _written(tx: Transaction, ctx: Context, args: Mapping[str, Any], ts: str | None) -> None:
    if ts is None:
        report = reports.lock(tx, args["report"])
        once = f"{args['note']}:{report.version}"
        tell_unreachable(tx, ctx, report, to=args["to"], by=args["by"], once=once)


EFFECTS = (
    Kind("write_note", Gateway.SLACK, _write, _written, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
)
