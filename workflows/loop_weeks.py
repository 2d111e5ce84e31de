"""Once a week a channel reads how many customers were told, and how many wait."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.loop import Event
from domain.loop_list import Wanted
from storage import effects, loop_lists, report_events
from storage.driver import Kind
from views.loop_week import Week, week_line
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.showing import keep_inside

_LATE = timedelta(days=1)  # later than this a line is of no use, such as where Bugle has just been set up
_WEEK = timedelta(days=7)


def say_weekly(ctx: Context) -> None:
    """Decide the line of the week that has ended last; a second time changes nothing."""
    weekly, now = ctx.config.follow_up.telling.weekly, ctx.now()
    if weekly is None or now - (due := weekly.last(now)) > _LATE:
        return
    args = {"channel": weekly.channel, "until": due.isoformat()}
    key = f"post_loop_week:{weekly.channel}:{due:%Y-%m-%d}"
    with ctx.database.transaction() as tx:
        effects.decide(tx, [Effect("post_loop_week", key, slack_lane(weekly.channel), args)], now)


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    channel, until = args["channel"], datetime.fromisoformat(args["until"])
    with ctx.database.reading() as tx:
        ended = report_events.between(tx, (Event.TOLD, Event.LET_GO), until - _WEEK, until)
        waiting, oldest = loop_lists.count(tx, Wanted())
    took = [each.details["took"] for each in ended if each.what == Event.TOLD]
    half = timedelta(seconds=median(took)) if took else None
    week = Week(len(took), len(ended) - len(took), waiting, oldest, half)
    keep_inside(ctx, channel)
    message = week_line(week, ctx.config.channel_language(channel))
    return ctx.slack.post(channel, message, key=attempt.key, doubt=attempt.doubt)


EFFECTS = (Kind("post_loop_week", Gateway.SLACK, _post, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
