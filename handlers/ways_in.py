"""Other ways to the bug form, a message's shortcut, a :bug: reaction, a mention; and `@bugle duty`."""

from typing import Any

from slack_bolt import Ack, App

from gateways.slack.messages import said_from
from handlers.answering import LazyAnswer
from handlers.events import TakenOnce
from handlers.feature import Feature, Shortcut
from handlers.opening import open_form, opening_of, user_of
from storage.database import Transaction
from views import menus, offers
from views.duty_call import calls_duty
from views.text import as_typed
from workflows import calling_duty, drafting
from workflows.context import Context
from workflows.offering import decide_offer

FROM_MESSAGE = "bug_msg"
REACTION = "bug"


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def begin_from_message(ack: Ack, body: dict[str, Any]) -> None:
        said = said_from(body["channel"]["id"], body["message"])
        text, url = as_typed(said.text, ctx.slack.name_known), ctx.slack.address_of(said)
        drafting.begin(ctx, user_of(body), opening_of(ctx, body, text=text, source_url=url, files=said.files))
        ack()

    def begin_from_offer(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drafting.begin(ctx, user_of(body), opening_of(ctx, body, **offers.read_offer(action["value"])))
        ack()

    opened = LazyAnswer(ctx, open_form)
    app.message_shortcut(FROM_MESSAGE)(ack=begin_from_message, lazy=[opened])
    app.action(offers.REPORT)(ack=begin_from_offer, lazy=[opened])
    app.event("reaction_added")(TakenOnce(ctx, _offer_for_reaction))
    app.event("app_mention")(TakenOnce(ctx, _answer_mention))


def _offer_for_reaction(tx: Transaction, ctx: Context, event: dict[str, Any]) -> None:
    item, us = event["item"], ctx.slack.whoami()
    marked = event["reaction"] == REACTION and item["type"] == "message"
    if marked and event.get("item_user") != us.user_id:  # a card of ours is a report already
        decide_offer(tx, ctx, event["user"], (item["channel"], item["ts"]))


def _answer_mention(tx: Transaction, ctx: Context, event: dict[str, Any]) -> None:
    if "user" not in event or event.get("bot_id"):
        return
    text = event.get("text", "").replace(f"<@{ctx.slack.whoami().user_id}>", "").strip()
    if calls_duty(text):
        place = {"channel": event["channel"], "ts": event["ts"], "thread": event.get("thread_ts", "")}
        calling_duty.call(tx, ctx, asker=event["user"], **place)
        return
    # Who only calls the bot in a thread means what the thread is about.
    thread = event.get("thread_ts", "")
    ts = event["ts"] if text else thread or event["ts"]
    decide_offer(tx, ctx, event["user"], (event["channel"], ts), text=text, thread=thread)


FEATURE = Feature(
    register,
    shortcuts=(Shortcut(menus.report_as_bug, FROM_MESSAGE, menus.from_this_message, "message"),),
    events=("app_mention", "reaction_added"),
    scopes=("app_mentions:read", "reactions:read"),
)
