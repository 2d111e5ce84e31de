"""Posting a request for cover to whom it is for, at first and as a reminder."""

from collections.abc import Mapping
from typing import Any

from domain.cover_request import CoverRequest, State
from domain.effects import Attempt, Effect, Gateway
from domain.rotation_profile import KeptRotation
from storage import cover_requests, effects
from storage.database import Transaction
from storage.driver import Kind
from workflows import cover_closing, cover_edits, duty_news
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.reaching import write_to


def post(tx: Transaction, ctx: Context, kept: KeptRotation, request: CoverRequest) -> None:
    """Decide that a request is posted: to the one person asked, else to the rotation's channel.

    Where there is no channel, to each of its members. With another number of reminders it is posted again.
    """
    decided = []
    for audience in _audiences(ctx, kept, request):
        args = {"request": request.id, "audience": audience, "number": request.reminders}
        key = f"post_cover:{request.id}:{audience}:{request.reminders}"
        decided.append(Effect("post_cover", key, slack_lane(audience), args))
    effects.decide(tx, decided, ctx.now())


def _audiences(ctx: Context, kept: KeptRotation, request: CoverRequest) -> list[str]:
    if request.asked is not None:
        return [request.asked]
    told = duty_news.channels(ctx, kept)
    return list(told[:1]) or [each for each in kept.history.latest.members if each != request.whose]


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any] | None:
    request, kept = cover_edits.read(ctx, args["request"])
    audience = args["audience"]
    if not request.is_open and attempt.doubt is None:
        return None
    message = cover_edits.render(ctx, audience, request, kept)
    if not cover_edits.is_person(audience):
        ts = ctx.slack.post(audience, message, key=attempt.key, doubt=attempt.doubt)
        place = (audience, ts)
    elif (written := write_to(ctx, audience, lambda _: message, attempt)) is None:
        return {"unreachable": True}
    else:
        place = written
    return {"channel": place[0], "ts": place[1], "version": 0 if attempt.doubt else request.version}


def _posted(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any] | None) -> None:
    found = cover_closing.lock(tx, args["request"])
    if result is None or found is None:
        return
    request, kept = found
    if "unreachable" not in result:
        cover_requests.posted(tx, request.id, audience=args["audience"], number=args["number"], **result)
        cover_edits.refresh(tx, ctx, request)
    elif request.is_open and request.asked is not None:
        cover_closing.close(tx, ctx, kept, request, State.GONE)


EFFECTS = (Kind("post_cover", Gateway.SLACK, _post, _posted, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
