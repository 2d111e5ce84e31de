"""Hearing from Slack who comes into and leaves user groups: of those who may do what, and who is on duty."""

from typing import Any

from slack_bolt import App

from domain.config import Config
from handlers.feature import Feature
from workflows.context import Context
from workflows.duty_surfaces import group_changed
from workflows.user_groups import members_changed


def register(app: App, ctx: Context) -> None:
    """Add the listener."""

    def changed(event: dict[str, Any]) -> None:
        members_changed(ctx, event["subteam_id"], added=event["added_users"], removed=event["removed_users"])
        group_changed(ctx, event["subteam_id"])

    app.event("subteam_members_changed")(changed)


def _names_groups(config: Config) -> bool:
    return bool(config.user_groups() or config.rotations)


FEATURE = Feature(
    register, events=("subteam_members_changed",), scopes=("usergroups:read",), when=_names_groups
)
