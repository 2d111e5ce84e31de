"""Whether Slack lets Bugle in, with every scope it needs, and has the channels and people of bugle.toml."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError

from bot.checks.duty import check_duty, duty_scopes, places_in_use
from bot.checks.findings import Finding, Fine, Note, not_checked
from bot.manifest import scopes
from bot.problems import Problem
from bot.settings import Settings
from domain.config import Config
from domain.duty_surfaces import Surface
from domain.effects import LockedOut, Never, Outcome, Wait
from gateways.slack import Channel, Identity, Person, Slack
from gateways.slack.errors import FAILURES, outcome_of

OPEN_SOCKET = "apps.connections.open"
_NEW_ONE = (
    "create one with the scope connections:write in your Slack app, Basic Information, App-Level Tokens"
)


def check_slack(settings: Settings, config: Config | None) -> Iterator[Finding]:
    """Yield what is found about Slack, and about what *config* (None: could not be read) says of it."""
    slack = Slack(bot_token=settings.slack_bot_token, api_url=settings.slack_api_url)
    if settings.slack_app_token:
        yield _app_token(slack, settings)
    elif settings.slack_signing_secret:
        yield Fine("SLACK_SIGNING_SECRET", "is set: Slack's requests come by HTTP")
    if not settings.slack_bot_token:
        return
    try:
        us = slack.whoami()
    except Outcome as outcome:
        yield _no_login(outcome)
        return
    yield Fine("Slack", f"connected to {urlsplit(us.url).hostname or us.team_id} as {us.user_id}")
    shown = places_in_use(settings, config) if config else {}
    yield from _scopes(us, config, {place.surface for place in shown})
    if config is not None:
        file = str(settings.bugle_config)
        yield from (_channel(slack, place, file) for place in _places(config))
        yield from (_person(slack, user, path, file) for path, user in _people(config))
        yield from (
            _group(slack, group, path, file) for path, group in _with_roles(config) if _is_group(group)
        )
        yield from check_duty(slack, shown)


def _app_token(slack: Slack, settings: Settings) -> Finding:
    try:
        slack.web.apps_connections_open(app_token=settings.slack_app_token)
    except FAILURES as error:
        outcome = outcome_of(error, OPEN_SOCKET, repeatable=True)
        if not isinstance(outcome, LockedOut | Never):
            return not_checked("SLACK_APP_TOKEN", outcome)
        said = error.response.get("error") if isinstance(error, SlackApiError) else outcome.reason
        if said == "socket_mode_not_enabled":
            return Problem("Slack", "has Socket Mode off", "turn it on in your Slack app, Socket Mode")
        return Problem("SLACK_APP_TOKEN", f"is refused by Slack ({said})", _NEW_ONE)
    return Fine("SLACK_APP_TOKEN", "Slack lets Bugle open a Socket Mode connection")


def _no_login(outcome: Outcome) -> Finding:
    if isinstance(outcome, LockedOut):
        fix = "copy the Bot User OAuth Token from your Slack app, OAuth & Permissions, as it is now"
        return Problem("SLACK_BOT_TOKEN", f"is not accepted ({outcome.reason})", fix)
    if isinstance(outcome, Wait):
        return not_checked("Slack", outcome)
    fix = "see that this machine reaches it; leave the setting out for Slack itself"
    return Problem("SLACK_API_URL", f"does not answer as Slack ({outcome.reason})", fix)


def _scopes(us: Identity, config: Config | None, shown: Collection[Surface]) -> Iterator[Finding]:
    wanted = set(scopes(config))
    needed = set(scopes(replace(config, rotations=()) if config else None)) | duty_scopes(shown)
    for scope in sorted(needed - us.scopes):
        fix = "add it in your Slack app, OAuth & Permissions, Bot Token Scopes, and reinstall the app"
        yield Problem("Slack", f"has not granted the scope {scope}", fix)
    if needed <= us.scopes:
        yield Fine("Slack", "has granted every scope that Bugle needs")
    if later := sorted(wanted - needed - us.scopes):
        what = (
            f"has not granted what a rotation needs to be shown in Slack, as none is yet: {', '.join(later)}"
        )
        yield Note("Slack", what)
    if spare := sorted(us.scopes - wanted - needed):
        yield Note("Slack", f"has granted more than Bugle needs: {', '.join(spare)}")


@dataclass(frozen=True, slots=True)
class _Place:
    """A channel where bugle.toml names it; *internal* ones are not for people of other companies."""

    path: str
    channel: str
    internal: bool


def _places(config: Config) -> Iterator[_Place]:
    yield _Place("admins.channel", config.admins.channel, internal=True)
    for number, product in enumerate(config.products):
        yield _Place(f"products[{number}].channel", product.channel, internal=True)
        for channel in product.support_channels:
            yield _Place(f"products[{number}].support_channels", channel, internal=False)
    told = {config.admins.channel, *(product.channel for product in config.products)}
    for number, route in enumerate(config.routes):
        if route.channel not in told:  # a finding for each channel, not for each line
            told.add(route.channel)
            yield _Place(f"routes[{number}].channel", route.channel, internal=True)
    weekly = config.follow_up.telling.weekly
    if weekly is not None and weekly.channel not in told:
        yield _Place("follow_up.weekly.channel", weekly.channel, internal=True)


def _channel(slack: Slack, place: _Place, file: str) -> Finding:
    where = f"{file}: {place.path}"
    try:
        channel = slack.channel(place.channel)
    except Outcome as outcome:
        if ": channel_not_found" not in outcome.reason:
            return not_checked(where, outcome)
        what = f"is {place.channel}, which does not exist, or is private and Bugle is not in it"
        return Problem(where, what, "correct the ID, or type /invite @bugle in the private channel")
    fault = _fault_of_channel(channel, place)
    return (
        Problem(where, *fault)
        if fault
        else Fine(file, f"{place.path} is #{channel.name}, and Bugle is in it")
    )


def _fault_of_channel(channel: Channel, place: _Place) -> tuple[str, str] | None:
    """Return what is wrong with a channel for its place, and the fix."""
    if channel.is_archived:
        return f"is #{channel.name}, which is archived", "unarchive it in Slack, or name another channel"
    if place.internal and channel.is_external:
        what = f"is #{channel.name}, which is shared with another company"
        return what, "name a channel that only your own people read: Bugle tells of customers there"
    if not channel.is_member:
        return f"is #{channel.name}, and Bugle is not in it", f"type /invite @bugle in #{channel.name}"
    return None


def _people(config: Config) -> Iterator[tuple[str, str]]:
    """Yield each Slack user that bugle.toml names, after the key path of the place."""
    for number, entry in enumerate(config.rotations):
        for user in entry.rotation.members:
            yield f"rotations[{number}].members", user
    for user in config.people:
        yield f"people.{user}", user
    telling = config.follow_up.telling
    if telling.lead is not None:
        yield "follow_up.lead", telling.lead
    for user, stand_in in telling.stand_ins.items():
        yield f"follow_up.stand_ins.{user}", stand_in
    yield from ((path, user) for path, user in _with_roles(config) if not _is_group(user))


def _with_roles(config: Config) -> Iterator[tuple[str, str]]:
    """Yield each user and user group with a role, after the key path of the place."""
    yield from (("roles.triage", each) for each in config.roles.triage)
    yield from (("roles.rotations", each) for each in config.roles.rotations)
    for number, product in enumerate(config.products):
        yield from ((f"products[{number}].triage", each) for each in product.triage)


def _is_group(triager: str) -> bool:
    return triager.startswith("S")


def _group(slack: Slack, group: str, path: str, file: str) -> Finding:
    where = f"{file}: {path}"
    try:
        members = slack.group_members(group)
    except Outcome as outcome:
        if ": no_such_subteam" not in outcome.reason:
            return not_checked(where, outcome)
        fix = "correct the ID (Slack: People, User groups, ⋮, Copy group ID), or enable the group"
        return Problem(where, f"has {group}, which is no user group in use", fix)
    if not members:
        return Problem(where, f"has {group}, which is empty", "put somebody into it in Slack, or take it out")
    return Fine(file, f"{path} has the user group {group}, people in it: {len(members)}")


def _person(slack: Slack, user: str, path: str, file: str) -> Finding:
    where = f"{file}: {path}"
    try:
        person = slack.person(user)
    except Outcome as outcome:
        if ": user_not_found" not in outcome.reason:
            return not_checked(where, outcome)
        fix = "correct the member ID (Slack: profile, ⋮, Copy member ID)"
        return Problem(where, f"has {user}, whom Slack does not know", fix)
    fault = _fault_of_person(person)
    if fault:
        return Problem(where, f"has {user} ({person.name}), {fault}", "take them out, or name somebody else")
    return Fine(file, f"{path} has {person.name}")


def _fault_of_person(person: Person) -> str | None:
    if person.deleted:
        return "whose Slack account is deactivated"
    if person.is_bot:
        return "which is a bot"
    return "who belongs to another company" if person.is_external else None
