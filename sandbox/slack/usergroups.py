"""usergroups.*: user groups and who holds them, for those who may change them."""

from sandbox.cast import HARBOR
from sandbox.slack import shapes
from sandbox.slack.arguments import Refused
from sandbox.slack.model import JSON, UserGroup
from sandbox.slack.pacing import Tier
from sandbox.slack.state import Slack
from sandbox.slack.web import Ask, Method

READ, WRITE = ("usergroups:read",), ("usergroups:write",)


def _group(ask: Ask) -> UserGroup:
    _paid(ask)
    group = ask.slack.groups.get(ask.args.required("usergroup"))
    if group is None:
        raise Refused("no_such_subteam")
    return group


def _paid(ask: Ask) -> None:
    if not ask.slack.app.paid:
        raise Refused("plan_upgrade_required")


def _may_change(ask: Ask) -> None:
    """Refuse where only admins manage groups."""
    _paid(ask)
    if ask.slack.app.groups_managed_by != "everyone" and not ask.is_admins:
        raise Refused("permission_denied")


def _list(ask: Ask) -> JSON:
    _paid(ask)
    everything = ask.args.flag("include_disabled")
    users = ask.args.flag("include_users")
    found = [one for one in ask.slack.groups.values() if everything or not one.disabled_at]
    return {"usergroups": [_shown(one, ask, users=users) for one in found]}


def _shown(group: UserGroup, ask: Ask, *, users: bool = True) -> JSON:
    shown = shapes.group(group, users=users)
    if not ask.args.flag("include_count"):
        del shown["user_count"]
    return shown


def _users(ask: Ask) -> JSON:
    group = _group(ask)
    if group.disabled_at and not ask.args.flag("include_disabled"):
        raise Refused("no_such_subteam")
    return {"users": group.members}


def _set_users(ask: Ask) -> JSON:
    _may_change(ask)
    group, users = _group(ask), ask.args.ids("users")
    if not users:
        raise Refused("no_users_provided")
    people = [ask.slack.person(user) for user in users]
    if any(one is None or one.team != HARBOR.id or one.guest or one.deactivated for one in people):
        raise Refused("invalid_users")
    hold(ask.slack, group, users)
    return {"usergroup": _shown(group, ask)}


def hold(slack: Slack, group: UserGroup, users: list[str]) -> None:
    """Let a group have these members and no others, and tell the app."""
    before = group.members
    group.members = list(dict.fromkeys(users))
    _changed(slack, group)
    _tell_members(slack, group, before)


def enable(slack: Slack, group: UserGroup, *, on: bool) -> None:
    """Enable or disable a group, and tell the app."""
    group.disabled_at = 0 if on else slack.now()
    _changed(slack, group)


def _create(ask: Ask) -> JSON:
    _may_change(ask)
    name = ask.args.required("name")
    handle = ask.args.text("handle") or name.lower().replace(" ", "-")
    _free(ask, name, handle)
    group = UserGroup(ask.slack.new_id("S"), handle, name, [], ask.slack.now(), ask.args.text("description"))
    ask.slack.groups[group.id] = group
    ask.slack.touch("group", {"group": group.id})
    return {"usergroup": _shown(group, ask)}


def _free(ask: Ask, name: str, handle: str, but: UserGroup | None = None) -> None:
    """Refuse a name or handle that another group has."""
    others = [one for one in ask.slack.groups.values() if one is not but]
    if any(one.name == name for one in others):
        raise Refused("name_already_exists")
    if any(one.handle == handle for one in others):
        raise Refused("handle_already_exists")


def _update(ask: Ask) -> JSON:
    _may_change(ask)
    group = _group(ask)
    name, handle = ask.args.text("name", group.name), ask.args.text("handle", group.handle)
    _free(ask, name, handle, group)
    group.name, group.handle = name, handle
    group.description = ask.args.text("description", group.description)
    _changed(ask.slack, group)
    return {"usergroup": _shown(group, ask)}


def _disable(ask: Ask) -> JSON:
    _may_change(ask)
    group = _group(ask)
    enable(ask.slack, group, on=False)
    return {"usergroup": _shown(group, ask)}


def _enable(ask: Ask) -> JSON:
    _may_change(ask)
    group = _group(ask)
    enable(ask.slack, group, on=True)
    return {"usergroup": _shown(group, ask)}


def _changed(slack: Slack, group: UserGroup) -> None:
    group.updated = slack.now()
    slack.touch("group", {"group": group.id})
    event = {
        "type": "subteam_updated",
        "subteam": shapes.group(group, users=True),
        "event_ts": slack.ts(),
    }
    slack.events.emit("subteam_updated", event)


def _tell_members(slack: Slack, group: UserGroup, before: list[str]) -> None:
    added = [user for user in group.members if user not in before]
    removed = [user for user in before if user not in group.members]
    if not added and not removed:
        return
    event = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": HARBOR.id,
        "date_previous_update": group.updated,
        "date_update": group.updated,
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
        "event_ts": slack.ts(),
    }
    slack.events.emit("subteam_members_changed", event)


METHODS = (
    Method("usergroups.list", _list, Tier.TWO, READ),
    Method("usergroups.users.list", _users, Tier.TWO, READ),
    Method("usergroups.users.update", _set_users, Tier.TWO, WRITE),
    Method("usergroups.create", _create, Tier.TWO, WRITE),
    Method("usergroups.update", _update, Tier.TWO, WRITE),
    Method("usergroups.disable", _disable, Tier.TWO, WRITE),
    Method("usergroups.enable", _enable, Tier.TWO, WRITE),
)
