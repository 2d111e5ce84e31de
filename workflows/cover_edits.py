"""Editing the messages that show a request for cover, as it is answered, withdrawn or lapses."""

from collections.abc import Mapping
from typing import Any

from domain.cover_request import CoverRequest
from domain.effects import Attempt, Effect, Gateway
from domain.message import Message
from domain.rotation_profile import KeptRotation
from storage import cover_requests, effects, rotations
from storage.database import Transaction
from storage.driver import Kind
from views.cover_message import cover_message
from workflows.context import Context
from workflows.lanes import EDIT_PACE, slack_lane
from workflows.showing import keep_inside


def refresh(tx: Transaction, ctx: Context, request: CoverRequest) -> None:
    """Decide the edits of the messages that show an older version of a request."""
    for each in cover_requests.messages_of(tx, request.id):
        if each.version < request.version:
            key = f"edit_cover:{each.id}:{request.version}"
            edit = Effect("edit_cover", key, slack_lane(each.audience), {"message": each.id})
            effects.decide_unless_waiting(tx, edit, ctx.now())


def read(ctx: Context, request_id: str) -> tuple[CoverRequest, KeptRotation]:
    """Return a request that is known to exist, and its rotation."""
    with ctx.database.reading() as tx:
        request = cover_requests.get(tx, request_id)
        kept = rotations.find(tx, request.rotation) if request else None
    assert request is not None
    assert kept is not None
    return request, kept


def is_person(audience: str) -> bool:
    """Tell people from channels by their Slack ids."""
    return audience.startswith(("U", "W"))


def render(ctx: Context, audience: str, request: CoverRequest, kept: KeptRotation) -> Message:
    """Return a request as a person or a channel is to read it now."""
    if is_person(audience):
        return cover_message(request, kept.name, ctx.slack.person(audience).language)
    keep_inside(ctx, audience)
    return cover_message(request, kept.name, kept.profile.language)


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> int:
    with ctx.database.reading() as tx:
        shown = cover_requests.message(tx, args["message"])
    request, kept = read(ctx, shown.request)
    if shown.version < request.version:
        ctx.slack.update(shown.channel, shown.ts, render(ctx, shown.audience, request, kept))
    return request.version


def _edited(tx: Transaction, _: Context, args: Mapping[str, Any], version: int) -> None:
    cover_requests.shows(tx, args["message"], version)


EFFECTS = (Kind("edit_cover", Gateway.SLACK, _edit, _edited, paces=(EDIT_PACE,)),)
