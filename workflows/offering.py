"""Offering the bug form to somebody who marked a message as a bug, or called the bot: to them alone."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway, Never
from storage import effects
from storage.database import Transaction
from storage.driver import Kind
from views.offers import offer
from views.text import as_typed
from workflows.context import Context
from workflows.lanes import OFFER_PACE


def decide_offer(
    tx: Transaction, ctx: Context, person: str, place: tuple[str, str], *, text: str = "", thread: str = ""
) -> None:
    """Decide to offer the form about a message (channel, ts), once to each person.

    *text* is what they said of it, in Slack's markup; without one it is what the message says. *thread* is
    the one they said it in; without one it is the message's.
    """
    channel, ts = place
    key = f"offer_form:{channel}:{ts}:{person}"
    args = {"person": person, "channel": channel, "ts": ts, "text": text, "thread": thread}
    effects.decide(tx, [Effect("offer_form", key, f"offer:{person}", args)], ctx.now())


def _offer(ctx: Context, args: Mapping[str, Any], _: Attempt) -> str:
    person = ctx.slack.person(args["person"])
    if person.is_external or person.is_bot or person.deleted:
        return "not for somebody who is not ours"
    try:
        said = ctx.slack.said(args["channel"], args["ts"])
        text = as_typed(args["text"] or said.text, ctx.slack.name_known)
        message = offer(text, ctx.slack.address_of(said), said.files, person.language)
        ctx.slack.ephemeral(said.channel, person.id, message, args["thread"] or said.thread)
    except Never as refused:
        # The message or the channel is gone, or Bugle is not in it: nobody is waiting for this.
        return f"not offered: {refused}"
    return "offered"


EFFECTS = (Kind("offer_form", Gateway.SLACK, _offer, paces=(OFFER_PACE,)),)
