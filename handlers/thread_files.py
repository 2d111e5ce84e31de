"""Files that people post in the thread of a report's card reach its Jira issue."""

from typing import Any

from slack_bolt import App

from handlers.feature import Feature
from workflows import acknowledging, attaching
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    @app.event("message", matchers=[_brings_files])
    def take_files(event: dict[str, Any]) -> None:
        if event.get("parent_user_id") != ctx.slack.whoami().user_id:
            return
        files = [file["id"] for file in event["files"]]
        attaching.attach_from_thread(ctx, event["channel"], event["thread_ts"], files, by=event["user"])
        acknowledging.heard_in_thread(ctx, event["channel"], event["thread_ts"], by=event["user"])


def _brings_files(event: dict[str, Any]) -> bool:
    """Tell whether a person posted files in a thread; edits and deletions carry their message further in."""
    return bool(event.get("files") and event.get("thread_ts") and event.get("user")) and "bot_id" not in event


FEATURE = Feature(
    register,
    events=("message.channels", "message.groups"),
    scopes=("channels:history", "groups:history", "files:read"),
)
