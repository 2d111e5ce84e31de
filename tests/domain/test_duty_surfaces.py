"""Where Slack shows a rotation, and what of it counts as a change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.duty import Why
from domain.duty_surfaces import Line, Place, Surface, Told, gist, places, sharing
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from domain.rotation_profile import (
    KeptRotation,
    Profile,
    Service,
    profile_from_dict,
    profile_to_dict,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CHANNELS = {"shop": "C0SHOP", "pay": "C0PAY", "till": "C0SHOP"}
ALL = Profile("Shop", serves=(Service("shop"),), user_group="S0DUTY", topic=True, pinned=True)
TURNS = begin(Rotation(("U0ANA",), Kind.DAILY, 1, datetime(2026, 1, 5, 9), "UTC"))  # noqa: DTZ001 - local
LINE = Line("shop", "Shop", "U0ANA", Why.TURN, NOW, "U0BEN")


@pytest.mark.parametrize(
    ("profile", "channels"),
    [
        (ALL, ["C0SHOP"]),
        (replace(ALL, channel="C0DUTY"), ["C0DUTY"]),
        (
            replace(ALL, serves=(Service("shop"), Service("till", "Cash"), Service("pay"))),
            ["C0SHOP", "C0PAY"],
        ),
        (replace(ALL, serves=(Service("gone"),)), []),
    ],
)
def test_a_rotation_is_shown_in_its_channel_or_its_products(profile: Profile, channels: list[str]) -> None:
    """Each channel once; a product that is no longer set up has none."""
    group, *rest = places(profile, CHANNELS)
    assert group == Place(Surface.GROUP, "S0DUTY")
    assert [each.target for each in rest if each.surface is Surface.TOPIC] == channels
    assert [each.target for each in rest if each.surface is Surface.PINNED] == channels


def test_nothing_is_shown_by_itself() -> None:
    """A rotation that says nothing of it has no place, and one that has ended has none either."""
    assert list(places(Profile("Shop", serves=(Service("shop"),)), CHANNELS)) == []
    kept = KeptRotation("shop", replace(ALL, ended_at=NOW), TURNS)
    assert sharing([kept], CHANNELS, NOW) == {}
    assert len(sharing([kept], CHANNELS, NOW - timedelta(minutes=1))) == 3


def test_rotations_share_places() -> None:
    """Those of one group or channel are shown together, in the order of their keys."""
    one, two = (KeptRotation(key, ALL, TURNS) for key in ("a", "b"))
    shared = sharing([one, two], CHANNELS, NOW)
    assert len(shared) == 3
    assert all(on == [one, two] for on in shared.values())


@pytest.mark.parametrize(
    ("changed", "shows"),
    [
        (replace(LINE, person="U0BEN"), {Surface.GROUP, Surface.TOPIC, Surface.PINNED}),
        (replace(LINE, name="Till"), {Surface.TOPIC, Surface.PINNED}),
        (replace(LINE, until=NOW + timedelta(hours=1)), {Surface.PINNED}),
        (replace(LINE, then=None), {Surface.PINNED}),
        (replace(LINE, why=Why.OVERRIDE), set()),
    ],
)
def test_what_shows_is_a_change(changed: Line, shows: set[Surface]) -> None:
    """A group tells people, a topic names too, a message also until when and who is next."""
    before, after = Told((LINE,), "en"), Told((changed,), "en")
    assert {each for each in Surface if gist(each, before) != gist(each, after)} == shows


def test_settings_of_before_are_read() -> None:
    """One that was kept before anything was shown is shown nowhere; all settings come back as written."""
    record = profile_to_dict(ALL)
    assert profile_from_dict(record) == ALL
    old = {name: value for name, value in record.items() if name not in ("topic", "pinned")}
    assert profile_from_dict(old) == replace(ALL, topic=False, pinned=False)
