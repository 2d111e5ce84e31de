"""What people write in the thread of a report's card counts as something that happens with it."""

from typing import Any

from slack_bolt import App

from handlers.feature import Feature
from workflows import acknowledging
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners; words that come with files are heard where the files are taken."""

    @app.event("message", matchers=[_is_said_in_thread])
    def hear(event: dict[str, Any]) -> None:
        if event.get("parent_user_id") == ctx.slack.whoami().user_id:
            acknowledging.heard_in_thread(ctx, event["channel"], event["thread_ts"], by=event["user"])


def _is_said_in_thread(event: dict[str, Any]) -> bool:
    """Tell whether a person wrote something in a thread; edits carry their message further in."""
    said = event.get("thread_ts") and event.get("user") and not event.get("files")
    return bool(said) and "bot_id" not in event


FEATURE = Feature(
    register,
    events=("message.channels", "message.groups"),
    scopes=("channels:history", "groups:history"),
)
