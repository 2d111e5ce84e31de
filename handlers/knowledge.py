"""Dropping what is known of channels and people as soon as Slack says that it changed."""

from typing import Any

from slack_bolt import App

from handlers.feature import Feature
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def channel_changed(event: dict[str, Any]) -> None:
        for key in ("channel", "old_channel_id", "new_channel_id"):
            if key in event:
                ctx.slack.forget_channel(event[key])

    def person_changed(event: dict[str, Any]) -> None:
        ctx.slack.forget_person(event["user"]["id"])

    for name in ("channel_shared", "channel_unshared", "channel_id_changed"):
        app.event(name)(channel_changed)
    app.event("user_change")(person_changed)


FEATURE = Feature(
    register,
    events=("channel_shared", "channel_unshared", "channel_id_changed", "user_change"),
    scopes=("channels:read", "groups:read", "users:read"),
)
