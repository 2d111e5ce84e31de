"""Lines in the thread of a report's card: everybody who follows it reads there what happened."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.report import Report
from storage import effects, live_messages, report_events, reports
from storage.database import Transaction
from storage.driver import Kind
from views.thread_text import thread_line
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.showing import keep_inside


def say(tx: Transaction, ctx: Context, report: Report, name: str, *, once: str, **values: Any) -> None:
    """Decide a line by its name in `views/thread_text.py`, with the values it names.

    `once` tells it from other lines of that name about the report. It comes after the card, whose channel's
    lane it is in. What a thread tells is what happened: that is noted too.
    """
    line = Effect(
        "post_line",
        f"post_line:{report.id}:{name}:{once}",
        slack_lane(ctx.config.product(report.product).channel),
        {"report": report.id, "line": name, "values": values},
    )
    effects.decide(tx, [line], ctx.now())
    details = {each: value for each, value in values.items() if each != "by"}
    report_events.note(tx, report.id, name, once=once, at=ctx.now(), who=values.get("by"), **details)


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str | None:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
        card = live_messages.card(tx, report.id)
    if card is None:
        return None  # its own effect has died, and admins were told of that
    keep_inside(ctx, card.channel)
    message = thread_line(args["line"], args["values"], ctx.config.product(report.product).language)
    return ctx.slack.post(card.channel, message, key=attempt.key, doubt=attempt.doubt, thread=card.ts)


EFFECTS = (Kind("post_line", Gateway.SLACK, _post, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
