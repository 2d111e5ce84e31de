"""Fairness of a rotation, from its row in the list: words at once, the picture when Slack has it."""

import logging
from typing import Any

from slack_bolt import Ack, App

from domain.effects import Outcome
from domain.load import Period
from handlers.answering import LazyAnswer, reader
from handlers.feature import Feature
from views import fairness as views
from views.fairness_picture import drawn
from views.rotation_ids import FAIRNESS
from workflows import fairness, rosters
from workflows.context import Context
from workflows.rotation_pictures import upload

log = logging.getLogger(__name__)


def register(app: App, ctx: Context) -> None:
    """Add the listeners. Nothing is decided here: what they show is read after the ack."""

    def acknowledge(ack: Ack) -> None:
        ack()

    app.action(FAIRNESS)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open)])
    app.action(views.PERIOD)(ack=acknowledge, lazy=[LazyAnswer(ctx, _choose)])


def _open(ctx: Context, body: dict[str, Any]) -> None:
    key, language, period = body["actions"][0]["value"], reader(ctx, body), Period.FOUR_WEEKS
    # The trigger lives three seconds, and people's zones may have to be asked for.
    pushed = ctx.slack.push_view(body["trigger_id"], views.counting_view(key, period, language))
    _fill(ctx, pushed, key, period, language)


def _choose(ctx: Context, body: dict[str, Any]) -> None:
    language, key, period = views.read_view(body["view"])
    _fill(ctx, body["view"]["id"], key, period, language)


def _fill(ctx: Context, view: str, key: str, period: Period, language: str) -> None:
    found = fairness.fairness_of(ctx, key, period)
    if found is None:  # rotations are never removed, so one that was shown is there
        return
    shown = views.Shown(
        key,
        found.rotation.name,
        period,
        found.since,
        found.loads,
        found.quality,
        fairness.WEEKS,
        found.rotation.profile.is_balanced,
        fairness.names(ctx),
    )
    ctx.slack.update_view(view, views.fairness_view(shown, language))
    names = rosters.names_of(ctx, (each.person for each in found.loads))
    try:
        picture = upload(ctx, "fairness.png", drawn(found.loads, names))
    except Outcome as refusal:  # the numbers are there without it
        log.warning("the picture of loads did not reach Slack: %s", refusal)
        return
    ctx.slack.update_view(view, views.fairness_view(shown, language, picture, names))


FEATURE = Feature(register, scopes=("files:write",))
