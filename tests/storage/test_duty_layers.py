"""Rotations with their settings and what lies over their turns, kept on both databases."""

from datetime import datetime, timedelta

from domain.duty import Layers, Override, TimeOff
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, with_member
from domain.rotation_profile import Profile, Rank, Service, Step
from storage import duty_layers, overrides, rotations, time_off
from storage.database import Database
from storage.overrides import KeptOverride
from storage.time_off import KeptTimeOff, Source
from tests.domain.rotations import DAY, local, utc

NOW = utc("2026-01-06T12:00")
HISTORY = begin(Rotation(("U0ELSA", "U0DIEGO"), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "Europe/Madrid"))


def an_override(name: str, start: datetime, end: datetime, rotation: str = "shop") -> KeptOverride:
    """Make an override as somebody asks for it."""
    return KeptOverride(rotation, Override(name, start, end, "U0FANG"), "U0ELSA", "U0FANG", NOW)


def test_a_rotation_is_read_as_it_was_kept(database: Database) -> None:
    """Every setting and revision comes back; a change makes the version grow."""
    profile = Profile(
        "Shop bugs",
        rank=Rank.SECONDARY,
        serves=(Service("shop"), Service("shop", "Checkout")),
        lead="U0HUGO",
        steps=(Step.NEXT, Step.LEAD),
        ended_at=NOW,
    )
    with database.transaction() as tx:
        assert rotations.add_new(tx, "shop", profile, HISTORY)
        assert not rotations.add_new(tx, "shop", Profile("Other"), HISTORY)
        kept = rotations.lock(tx, "shop")
        assert kept is not None
        assert (kept.profile, kept.history, kept.version) == (profile, HISTORY, 1)
        history = with_member(kept.history, NOW, "U0FANG")
        changed = rotations.change(tx, kept, history=history, profile=Profile("Shop engineers"))
    with database.reading() as tx:
        assert rotations.all_kept(tx) == [changed]
    assert (changed.name, changed.version, changed.history) == ("Shop engineers", 2, history)


def test_what_is_over_the_turns_is_read_for_an_instant_and_for_a_range(database: Database) -> None:
    """An instant gets what holds at it, a range what overlaps it; neither what was undone."""
    now = an_override("1", NOW, NOW + DAY)
    later = an_override("2", NOW + DAY, NOW + 2 * DAY)
    undone = an_override("3", NOW, NOW + DAY, rotation="pay")
    off = KeptTimeOff(TimeOff("4", "U0ELSA", NOW - DAY, NOW + DAY), Source.FORM, None, "U0ELSA", NOW)
    with database.transaction() as tx:
        for key in ("shop", "pay"):
            rotations.add_new(tx, key, Profile(key), HISTORY)
        overrides.add(tx, [now, later, undone])
        overrides.cancel(tx, undone, NOW - DAY, "U0FANG")
        time_off.add(tx, off)
    with database.reading() as tx:
        found = duty_layers.at(tx, NOW)
        assert found["shop"] == Layers(overrides=(now.override,), time_off=(off.off,))
        assert found["pay"] == found["unknown"] == Layers(time_off=(off.off,))
        assert duty_layers.at(tx, NOW + DAY)["shop"] == Layers(overrides=(later.override,))
        ahead = duty_layers.between(tx, "shop", NOW + DAY, NOW + 3 * DAY)
        assert ahead == Layers(overrides=(later.override,))
        assert duty_layers.between(tx, "pay", NOW, NOW + DAY) == Layers(time_off=(off.off,))


def test_what_has_begun_is_cut_short_not_undone(database: Database) -> None:
    """Cancelling what is under way ends it now: what has been stays true."""
    begun = an_override("1", NOW - DAY, NOW + DAY)
    off = KeptTimeOff(TimeOff("2", "U0ELSA", NOW - DAY, NOW + DAY), Source.ICAL, "uid", "U0ELSA", NOW)
    with database.transaction() as tx:
        rotations.add_new(tx, "shop", Profile("Shop"), HISTORY)
        overrides.add(tx, [begun])
        time_off.add(tx, off)
        overrides.cancel(tx, begun, NOW, "U0HUGO")
        time_off.cancel(tx, off, NOW)
    with database.reading() as tx:
        assert not duty_layers.at(tx, NOW)["shop"]
        before = duty_layers.at(tx, NOW - timedelta(seconds=1))["shop"]
        assert [each.end for each in (*before.overrides, *before.time_off)] == [NOW, NOW]
        kept = overrides.get(tx, "1")
        assert kept is not None
        assert (kept.cancelled_by, overrides.coming(tx, "shop", NOW)) == ("U0HUGO", [])
        assert time_off.coming(tx, "U0ELSA", NOW - DAY, Source.ICAL)[0].uid == "uid"
