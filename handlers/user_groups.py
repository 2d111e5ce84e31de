"""Hearing from Slack who comes into and leaves the user groups that decide who may do what."""

from typing import Any

from slack_bolt import App

from domain.config import Config
from handlers.feature import Feature
from workflows.context import Context
from workflows.user_groups import members_changed


def register(app: App, ctx: Context) -> None:
    """Add the listener."""

    def changed(event: dict[str, Any]) -> None:
        members_changed(ctx, event["subteam_id"], added=event["added_users"], removed=event["removed_users"])

    app.event("subteam_members_changed")(changed)


def _names_groups(config: Config) -> bool:
    return bool(config.user_groups())


FEATURE = Feature(
    register, events=("subteam_members_changed",), scopes=("usergroups:read",), when=_names_groups
)
