"""Whether Slack lets Bugle show who is on duty: in user groups, topics and pinned messages."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing

from sqlalchemy.exc import SQLAlchemyError

from bot.checks.database import missing_file, not_at_head
from bot.checks.findings import Finding, Fine, Note, not_checked
from bot.problems import Problem
from bot.settings import Settings
from domain.config import Config
from domain.duty_surfaces import Place, Surface, places
from domain.effects import LOST, SHARED, Never, Outcome
from domain.rotation_changes import begin
from domain.rotation_profile import KeptRotation
from domain.topic import with_part
from gateways.slack import Slack
from storage import rotations
from storage.database import Database
from views.duty_topic import topic_labels
from views.surface_notes import SCOPES, surface_fix
from workflows.rotating import first_profile
from workflows.surface_refusals import reason_of

_NAME = 40  # characters that a topic should have room for
_WHAT = {
    Surface.GROUP: "the user group {}",
    Surface.TOPIC: "the topic of {}",
    Surface.PINNED: "a message pinned in {}",
}


def places_in_use(settings: Settings, config: Config) -> Mapping[Place, list[KeptRotation]]:
    """Return where Slack shows who is on duty, by the rotations that are kept and those still to be."""
    found = {
        entry.key: KeptRotation(entry.key, first_profile(config, entry.key), begin(entry.rotation))
        for entry in config.rotations
    }
    found |= {each.key: each for each in _kept(settings)}
    channels = {product.key: product.channel for product in config.products}
    shown: dict[Place, list[KeptRotation]] = {}
    for rotation in found.values():
        if rotation.profile.ended_at is None:
            for place in places(rotation.profile, channels):
                shown.setdefault(place, []).append(rotation)
    return shown


def duty_scopes(shown: Collection[Surface]) -> set[str]:
    """Return the scopes that these surfaces need."""
    return {scope for surface in shown for scope in SCOPES[surface]}


def check_duty(slack: Slack, shown: Mapping[Place, list[KeptRotation]]) -> Iterator[Finding]:
    """Yield what is found about each place that shows who is on duty."""
    for place, on in shown.items():
        where = f"rotation {', '.join(each.key for each in on)}"
        what = _WHAT[place.surface].format(place.target)
        try:
            reason = _group(slack, place) if place.surface is Surface.GROUP else _channel(slack, place)
        except Outcome as outcome:
            yield not_checked(f"{where}: {what}", outcome)
            continue
        if reason is not None:
            yield Problem(
                where, f"cannot be shown in {what} ({reason})", surface_fix(place.surface, reason, "en")
            )
        else:
            yield Fine(where, f"can be shown in {what}")
        if place.surface is Surface.GROUP:
            yield from _guests(slack, where, on)


def _group(slack: Slack, place: Place) -> str | None:
    """Return why a group cannot be written; whether it can be is told by writing who is in it once more."""
    try:
        members = slack.group_members(place.target)
        if members:
            slack.set_group_members(place.target, members)
    except Never as refusal:
        if "missing_scope" in refusal.reason:  # which has its own finding
            raise
        return reason_of(refusal)
    return None


def _channel(slack: Slack, place: Place) -> str | None:
    try:
        channel = slack.channel(place.target)
    except Never as refusal:
        return reason_of(refusal)
    if channel.is_external:
        return SHARED
    if channel.is_archived or not channel.is_member:
        return LOST
    part = "x" * _NAME
    if (
        place.surface is Surface.TOPIC
        and with_part(slack.topic(place.target), topic_labels(), [part]) is None
    ):
        return "no_room"
    return None


def _guests(slack: Slack, where: str, on: list[KeptRotation]) -> Iterator[Finding]:
    for user in sorted({member for each in on for member in each.history.latest.members}):
        try:
            person = slack.person(user)
        except Outcome as outcome:
            yield Note(where, f"has {user}, who could not be looked up ({outcome.reason})")
            continue
        if person.is_guest:
            what = f"has {user} ({person.name}), a guest, whom Slack takes into no user group"
            yield Problem(where, what, "take them out of the rotation, or do without the user group")


def _kept(settings: Settings) -> list[KeptRotation]:
    """Return the rotations that are kept; none while the database cannot be used, which is told elsewhere."""
    try:
        with closing(Database(settings.database_url)) as database:
            if missing_file(database) or not_at_head(database):
                return []
            with database.reading() as tx:
                return rotations.all_kept(tx)
    except SQLAlchemyError:
        return []
