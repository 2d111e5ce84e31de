"""Who handles bugs now, from the rotations that storage keeps and what lies over their turns."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from domain.config import Config
from domain.duty import Duty
from domain.handoff import Outlook, outlook
from domain.layers import duty, on_call, shifts
from domain.rotation_changes import begin
from domain.rotation_profile import KeptRotation, Profile, Rank, Service
from domain.routing import areas_named, serving
from storage import duty_layers, rotations
from storage.database import Database, Transaction

AHEAD = timedelta(days=366)  # as far as anybody looks
SOON = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who has the duty, and by which rotation."""

    person: str
    rotation: KeptRotation


def on_duty(
    tx: Transaction, product: str, area: str | None, at: datetime, rank: Rank = Rank.PRIMARY
) -> OnDuty | None:
    """Return who is on duty for an area of a product (its key) at an instant; None where nobody is."""
    return next(all_on_duty(tx, product, area, at, rank), None)


def all_on_duty(
    tx: Transaction, product: str, area: str | None, at: datetime, rank: Rank = Rank.PRIMARY
) -> Iterator[OnDuty]:
    """List who is on duty in each rotation that serves an area of a product, in the order of asking."""
    asked = serving(rotations.all_kept(tx), product, area, at, rank)
    over = duty_layers.at(tx, at) if asked else {}
    for rotation in asked:
        person = on_call(rotation.history, over[rotation.key], at)
        if person is not None:
            yield OnDuty(person, rotation)


def duty_in(tx: Transaction, rotation: KeptRotation, at: datetime) -> Duty | None:
    """Return the whole stretch of duty under way in a rotation; None before it begins and after its end."""
    turn = rotation.history.shift(at)
    if turn is None or rotation.has_ended(at):
        return None
    return duty(rotation.history, duty_layers.between(tx, rotation.key, turn.start, turn.end), at)


def named(tx: Transaction, key: str | None, at: datetime) -> str | None:
    """Return who is on duty in the rotation with this key; None where nobody is, or no rotation is named."""
    rotation = rotations.find(tx, key) if key is not None else None
    duty = duty_in(tx, rotation, at) if rotation else None
    return duty.person if duty else None


def coming(
    tx: Transaction, rotation: KeptRotation, at: datetime, end: datetime | None = None
) -> Iterator[Duty]:
    """List the stretches of duty of a rotation from the one under way at *at* on, up to *end* or for a year.

    Nothing comes after the rotation's own end.
    """
    until = min(end or at + AHEAD, rotation.profile.ended_at or datetime.max.replace(tzinfo=UTC))
    turn = rotation.history.shift(at)
    layers = duty_layers.between(tx, rotation.key, turn.start if turn else at, at + AHEAD)
    return shifts(rotation.history, layers, at, until)


def outlook_of(tx: Transaction, rotation: KeptRotation, person: str | None, at: datetime) -> Outlook:
    """Say until when *person* (None: nobody), on duty at *at*, is, and who is next; as far as can be seen."""
    found = outlook(coming(tx, rotation, at), person)
    return Outlook(rotation.profile.ended_at) if found == Outlook() else found


def first_serving(tx: Transaction, product: str, area: str | None, at: datetime) -> KeptRotation | None:
    """Return the rotation that is asked about an area of a product; None where it has none.

    It is the first with somebody on duty, or the first of all where nobody is.
    """
    on = on_duty(tx, product, area, at)
    return on.rotation if on else next(iter(serving(rotations.all_kept(tx), product, area, at)), None)


def duty_ends(tx: Transaction, product: str, area: str | None, person: str, at: datetime) -> datetime | None:
    """Return until when somebody is on duty for an area of a product; None: they are not, or for good."""
    on = on_duty(tx, product, area, at)
    return outlook_of(tx, on.rotation, person, at).until if on and on.person == person else None


def duty_begins(tx: Transaction, product: str, area: str | None, at: datetime) -> datetime | None:
    """Return when somebody comes on duty for an area of a product where nobody is; None: not for weeks."""
    asked = serving(rotations.all_kept(tx), product, area, at)
    duties = (each for rotation in asked for each in coming(tx, rotation, at, at + SOON))
    return min((each.start for each in duties if each.person is not None), default=None)


def own_areas(tx: Transaction, product: str, at: datetime) -> list[str]:
    """Return the areas of a product that a rotation serves by their name, sorted."""
    return areas_named(rotations.all_kept(tx), product, at)


def duty_for(
    tx: Transaction, product: str, area: str | None, at: datetime
) -> tuple[KeptRotation, Duty] | None:
    """Return who had the duty for an area of a product at an instant that may have passed, and until when.

    None where nobody had it. What was recorded counts, whatever has changed since.
    """
    for rotation in serving(rotations.all_kept(tx), product, area, at):
        duty = duty_in(tx, rotation, at)
        if duty is not None and duty.person is not None:
            return rotation, duty
    return None


def keep_new_rotations(database: Database, config: Config) -> None:
    """Take the rotations of bugle.toml over that are not kept yet; kept ones stay as they are."""
    with database.transaction() as tx:
        for entry in config.rotations:
            rotations.add_new(
                tx, entry.key, first_profile(config, entry.key), begin(entry.rotation, entry.window)
            )


def first_profile(config: Config, key: str) -> Profile:
    """Return the settings that bugle.toml gives a rotation, which serves the products that name it too."""
    entry = next(each for each in config.rotations if each.key == key)
    about = [each for each in config.products if each.rotation == key]
    serves = dict.fromkeys((*(Service(each.key) for each in about), *entry.profile.serves))
    is_told = "language" in entry.given or not about
    language = entry.profile.language if is_told else about[0].language
    return replace(entry.profile, serves=tuple(serves), language=language)
