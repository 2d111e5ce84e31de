"""What people write in the thread of a report's card: it reaches the issue, unless it is to stay in Slack."""

from typing import Any

from slack_bolt import Ack, App

from gateways.slack.remarks import seen_from
from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Feature, Shortcut
from views import menus
from views.kept_in_slack import kept, not_kept
from workflows import acknowledging, conversing
from workflows.context import Context

KEEP = "keep_in_slack"


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    @app.event("message", matchers=[_is_said_in_thread])
    def hear(event: dict[str, Any]) -> None:
        seen, place = seen_from(event), (event["channel"], event["thread_ts"])
        if seen is not None and event.get("parent_user_id") == ctx.slack.whoami().user_id:
            conversing.heard(ctx, *place, seen)
            acknowledging.heard_in_thread(ctx, *place, by=seen.author)

    @app.event("message", matchers=[_is_changed_in_thread])
    def hear_change(event: dict[str, Any]) -> None:
        seen = seen_from(event["message"])
        if seen is not None:
            conversing.heard(ctx, event["channel"], event["message"]["thread_ts"], seen)

    @app.event("message", matchers=[_is_deleted_in_thread])
    def hear_deletion(event: dict[str, Any]) -> None:
        before, channel = event["previous_message"], event["channel"]
        seen = seen_from(before)
        if seen is not None:
            conversing.withdrawn(ctx, channel, before["thread_ts"], seen)
        elif before.get("bot_id") == ctx.slack.whoami().bot_id:
            conversing.copy_deleted(ctx, channel, before["thread_ts"], before["ts"])

    def keep(ack: Ack) -> None:
        ack()

    app.message_shortcut(KEEP)(ack=keep, lazy=[LazyAnswer(ctx, _keep)])


def _keep(ctx: Context, body: dict[str, Any]) -> None:
    said, channel = body["message"], body["channel"]["id"]
    seen, thread = seen_from(said), said.get("thread_ts")
    is_ours = seen is not None and thread and conversing.keep_in_slack(ctx, channel, thread, seen)
    language = reader(ctx, body)
    tell(ctx, body, kept(language) if is_ours else not_kept(language))


def _is_said_in_thread(event: dict[str, Any]) -> bool:
    """Tell whether somebody wrote in a thread; edits and deletions carry their message further in."""
    return bool(event.get("thread_ts") and event.get("user"))


def _is_changed_in_thread(event: dict[str, Any]) -> bool:
    return event.get("subtype") == "message_changed" and _is_reply(event.get("message"))


def _is_deleted_in_thread(event: dict[str, Any]) -> bool:
    return event.get("subtype") == "message_deleted" and _is_reply(event.get("previous_message"))


def _is_reply(message: dict[str, Any] | None) -> bool:
    thread = (message or {}).get("thread_ts")
    return thread is not None and message is not None and thread != message.get("ts")


FEATURE = Feature(
    register,
    shortcuts=(Shortcut(menus.keep_in_slack, KEEP, menus.keep_this_reply, "message"),),
    events=("message.channels", "message.groups"),
    scopes=("channels:history", "groups:history", "files:read"),
)
