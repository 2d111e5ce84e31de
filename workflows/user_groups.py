"""Keeping who is in the user groups that bugle.toml names as Slack has it."""

import logging
from collections.abc import Iterable

from domain.effects import Outcome
from storage import user_groups
from workflows.context import Context

log = logging.getLogger(__name__)


def refresh_user_groups(ctx: Context) -> None:
    """Ask Slack who is in each group; what is known of one that it does not tell of now stays."""
    for group in ctx.config.user_groups():
        try:
            members = ctx.slack.group_members(group)
        except Outcome as outcome:
            log.warning("who is in the user group %s could not be read from Slack: %s", group, outcome)
            continue
        with ctx.database.transaction() as tx:
            user_groups.keep(tx, group, members, ctx.now())


def members_changed(ctx: Context, group: str, *, added: Iterable[str], removed: Iterable[str]) -> None:
    """Take over what Slack says has changed in a group; one not read yet waits for its first reading."""
    with ctx.database.transaction() as tx:
        known = user_groups.members(tx, [group])
        if group in known:
            user_groups.keep(tx, group, (known[group] | {*added}) - {*removed}, ctx.now())
