"""What admins read when Slack does not let Bugle show who is on duty, with the setting to change."""

from collections.abc import Sequence

from domain.duty_surfaces import Place, Surface
from domain.effects import LOST, SHARED
from domain.message import Message
from views.blocks import context, section
from views.text import Translator, cut_escaped, person, translator

SCOPES = {
    Surface.GROUP: ("usergroups:read", "usergroups:write"),
    Surface.TOPIC: ("channels:write.topic", "groups:write.topic"),
    Surface.PINNED: ("pins:write",),
}
_MISSING = ("missing_scope", "no_permission")
_FORBIDDEN = ("permission_denied", "restricted_action", "user_is_restricted", "user_is_ultra_restricted")
_UNPAID = ("plan_upgrade_required", "paid_teams_only", "feature_not_enabled")
_NOT_MEMBERS = ("invalid_user", "invalid_users", "single_channel_guests_cannot_be_added")


def surface_note(place: Place, reason: str | None, names: Sequence[str], language: str) -> Message:
    """Return the note about one *reason* why a place cannot be right, or that it is right again (None).

    A reason is Slack's code or ours, and behind a space the person whom it is about; *names* are those of the
    rotations that use the place.
    """
    t = translator(language)
    what = _what(t, place)
    of = f" ({', '.join(cut_escaped(name, 80) for name in names[:5])})" if names else ""
    if reason is None:
        said = t("{place} shows again who is on duty.").format(place=f"{what}{of}")
        return Message(text=said, blocks=(section(f":white_check_mark: {said}"),))
    said = t("{place} cannot be kept at who is on duty.").format(place=f"{what}{of}")
    code = reason.partition(" ")[0]
    lines = [f":warning: {said}", surface_fix(place.surface, reason, language)]
    lines.append(
        t(
            "Pings reach whoever is on duty all the same, and so does `@bugle duty` in a channel. Bugle tries"
            " again every 15 minutes."
        )
    )
    return Message(text=said, blocks=(section("\n".join(lines)), context(cut_escaped(code, 200))))


def _what(t: Translator, place: Place) -> str:
    # Its name would ping everybody in it.
    if place.surface is Surface.GROUP:
        return t("The user group {id}").format(id=f"`{place.target}`")
    channel = f"<#{place.target}>"
    if place.surface is Surface.TOPIC:
        return t("The topic of {channel}").format(channel=channel)
    return t("The pinned message in {channel}").format(channel=channel)


def surface_fix(surface: Surface, reason: str, language: str) -> str:
    """Return what to change so that a surface can be written that was refused for a *reason*, as above."""
    t = translator(language)
    code, _, whom = reason.partition(" ")
    if whom and reason not in (SHARED, LOST):
        return _about_person(t, code, person(whom))
    if code in _MISSING:
        scopes = ", ".join(f"`{scope}`" for scope in SCOPES[surface])
        return t(
            "The app lacks a scope. Add {scopes} in your Slack app, OAuth & Permissions, Bot Token Scopes,"
            " and reinstall the app; `bugle manifest` has them too."
        ).format(scopes=scopes)
    if code == "not_allowed_token_type":
        return t("SLACK_BOT_TOKEN must be the Bot User OAuth Token, which begins with xoxb-.")
    if reason == SHARED:
        return t(
            "People of another company read that channel. Give the rotation a channel of its own, or turn"
            " this off in its settings."
        )
    if reason == LOST:
        return t(
            "The channel is archived, or Bugle is not in it. Unarchive it, or type /invite @bugle there."
        )
    return {
        Surface.GROUP: _about_group,
        Surface.TOPIC: _about_topic,
        Surface.PINNED: _about_pin,
    }[surface](t, code)


def _about_person(t: Translator, code: str, whom: str) -> str:
    why = {
        "deactivated": t("{person} is on duty, and their Slack account is deactivated."),
        "guest": t("{person} is on duty and a guest, and guests may be in no user group."),
        "external": t("{person} is on duty and belongs to another company, whose people may be in no group."),
        "bot": t("{person} is on duty and an app, and apps may be in no user group."),
    }.get(code, t("{person} is on duty, and Slack does not know them."))
    way_out = t("Let somebody else take the shift, or take them out of the rotation.")
    return f"{why.format(person=whom)} {way_out}"


def _about_group(t: Translator, code: str) -> str:
    if code in _FORBIDDEN:
        return t(
            "Slack lets an app change user groups only where everyone may. In Slack: Tools & settings,"
            " Workspace settings, Permissions, User Groups: let Everyone create, change and disable them."
        )
    if code in _UNPAID:
        return t("User groups need a paid plan of Slack. Upgrade it, or take the group out of the rotation.")
    if code == "no_such_subteam":
        return t(
            "There is no such user group, or it is disabled. Enable it in Slack, People, User groups, or"
            " name another one in the rotation's settings."
        )
    if code in _NOT_MEMBERS:
        return t("Slack takes somebody who is on duty into no user group: guests, apps and who has left.")
    if code == "nobody_available":
        return t(
            "Nobody is on duty, since all have time off. Slack keeps no group empty: those who were in it"
            " last stay. Let somebody take the shift."
        )
    return _unknown(t)


def _about_topic(t: Translator, code: str) -> str:
    if code == "no_room":
        return t("The topic has no room left for it: shorten it to 200 characters.")
    if code in _FORBIDDEN:
        return t(
            "Slack does not let Bugle change topics. Let everyone do so in Slack's Workspace settings,"
            " Permissions, Channel management, or turn the topic off in the rotation's settings."
        )
    return _unknown(t)


def _about_pin(t: Translator, code: str) -> str:
    if code == "too_many_pins":
        return t(
            "The channel has as many pinned messages as Slack allows. Unpin one that is no longer needed."
        )
    if code in _FORBIDDEN:
        return t(
            "Slack does not let Bugle pin there. Let everyone do so in Slack's Workspace settings,"
            " Permissions, or turn the pinned message off in the rotation's settings."
        )
    return _unknown(t)


def _unknown(t: Translator) -> str:
    return t(
        "Slack does not say why. Run `bugle check`, and look the code below up in Slack's documentation."
    )
