"""Dropping what is known of channels and people as soon as Slack says that it changed, and following them."""

from typing import Any

from slack_bolt import App

from handlers.feature import Feature
from workflows import channel_ids, reading_time_off, shared_channels
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def channel_changed(event: dict[str, Any]) -> None:
        ctx.slack.forget_channel(event["channel"])
        with ctx.database.transaction() as tx:
            shared_channels.look_at(tx, ctx, event["channel"])

    def id_changed(event: dict[str, Any]) -> None:
        channel_ids.follow(ctx, event["old_channel_id"], event["new_channel_id"])

    def person_changed(event: dict[str, Any]) -> None:
        user, profile = event["user"]["id"], event["user"].get("profile") or {}
        ctx.slack.forget_person(user)
        emoji, until = profile.get("status_emoji") or "", int(profile.get("status_expiration") or 0)
        reading_time_off.follow_status(ctx, user, emoji, until)

    for name in ("channel_shared", "channel_unshared"):
        app.event(name)(channel_changed)
    app.event("channel_id_changed")(id_changed)
    app.event("user_change")(person_changed)


FEATURE = Feature(
    register,
    events=("channel_shared", "channel_unshared", "channel_id_changed", "user_change"),
    scopes=("channels:read", "groups:read", "users:read"),
)
