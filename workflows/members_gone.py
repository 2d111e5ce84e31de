"""Members of a rotation who cannot have its duty: admins are told once, with what to do; all else goes on."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway, Never
from domain.handoff import Gone
from gateways.slack import Person
from storage import effects, rotations
from storage.database import Transaction
from storage.driver import Kind
from views.duty_lines import member_gone
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.reaching import unreachable
from workflows.showing import keep_inside


def reader_or_why(ctx: Context, user: str) -> Person | Gone:
    """Return whom to write to about our bugs, or why they are not written to."""
    try:
        person = ctx.slack.person(user)
    except Never as refusal:
        if unreachable(refusal):
            return Gone.SILENT
        raise
    if person.deleted:
        return Gone.DEACTIVATED
    if person.is_external:
        return Gone.EXTERNAL
    return Gone.GUEST if person.is_guest else person


def tell(tx: Transaction, ctx: Context, rotation: str, person: str, why: Gone) -> None:
    """Decide that admins are told of a member, once for each reason."""
    args = {"rotation": rotation, "person": person, "why": why}
    lane = slack_lane(ctx.config.admins.channel)
    notice = Effect("tell_member_gone", f"tell_member_gone:{rotation}:{person}:{why}", lane, args)
    effects.decide(tx, [notice], ctx.now())


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, args["rotation"])
    assert kept is not None
    admins = ctx.config.admins
    keep_inside(ctx, admins.channel)
    message = member_gone(kept.name, args["person"], Gone(args["why"]), admins.language)
    return ctx.slack.post(admins.channel, message, key=attempt.key, doubt=attempt.doubt)


EFFECTS = (Kind("tell_member_gone", Gateway.SLACK, _post, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
