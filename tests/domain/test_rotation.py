"""Rotations: what they refuse, and tables of who holds when."""

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from domain.rotation import Kind, Rotation, Shift
from domain.rotation_input import RotationError
from tests.domain.rotations import local, utc

WEEKLY = Rotation(("ana", "bo", "chen"), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "Europe/Madrid")


def rotation(kind: Kind, length: int, start: str, zone: str = "UTC") -> Rotation:
    """Return a rotation of three members."""
    return Rotation(("ana", "bo", "chen"), kind, length, datetime.fromisoformat(start), zone)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"members": ()}, "members", "Name at least one"),
        ({"members": ("ana", " ")}, "members", "one is blank"),
        ({"members": ("ana", "bo", "ana")}, "members", "ana comes more than once"),
        ({"length": 0}, "length", "from 1 to 10000"),
        ({"length": -1}, "length", "from 1 to 10000"),
        ({"length": 10_001}, "length", "from 1 to 10000"),
        ({"start": datetime(2026, 1, 5, 9, tzinfo=UTC)}, "start", "Give local time alone"),
        ({"start": local("2026-01-05T09:00:01")}, "start", "Give hours and minutes only"),
        ({"start": local("2026-01-05T09:00:00.000001")}, "start", "Give hours and minutes only"),
        ({"start": local("1899-12-31T00:00")}, "start", "from 1900 to 2999"),
        ({"start": local("3000-01-01T00:00")}, "start", "from 1900 to 2999"),
        ({"zone": "Europe/Madird"}, "zone", "Did you mean Europe/Madrid"),
        ({"start": local("2026-03-29T02:30")}, "start", "does not exist in Europe/Madrid"),
        ({"start": local("2026-03-29T02:30")}, "start", "Give 2026-03-29 03:00 or later"),
        ({"start": local("2026-10-25T02:00")}, "start", "comes twice in Europe/Madrid"),
        ({"start": local("2026-10-25T02:00")}, "start", "Give 2026-10-25 03:00 or later"),
        (
            {"start": local("2011-12-30T00:00"), "zone": "Pacific/Apia"},
            "start",
            "Give 2011-12-31 00:00 or later",
        ),
        ({"start": local("1972-01-07T00:30"), "zone": "Africa/Monrovia"}, "start", "Give 1972-01-07 00:45"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(
    changed: dict[str, object], field: str, says: str
) -> None:
    """The refusal names the field and what to give instead."""
    with pytest.raises(RotationError, match=says) as refusal:
        replace(WEEKLY, **changed)
    assert refusal.value.field == field
    assert str(refusal.value).startswith(f"{field}: ")


@pytest.mark.parametrize(
    "start", [local("2026-03-29T03:00"), local("2026-10-25T03:00"), local("2026-10-25T01:59")]
)
def test_the_way_out_is_accepted(start: datetime) -> None:
    """Times right beside the skipped and the repeated hour are clear."""
    assert replace(WEEKLY, start=start).first.astimezone(ZoneInfo("Europe/Madrid")).hour == start.hour


def test_a_stored_start_stays_readable_when_the_clocks_are_changed_over_it() -> None:
    """A start that came to lie in a skipped hour hands over at the end of the jump."""
    kept = replace(WEEKLY, start=local("2026-03-29T02:30"), stored=True)
    assert kept.first == utc("2026-03-29T01:00")
    assert kept.holder(kept.first) == "ana"


@pytest.mark.parametrize(
    ("at", "slot", "holder"),
    [
        ("2026-01-05T07:59:59", None, None),
        ("2026-01-05T08:00", 0, "ana"),
        ("2026-01-12T07:59:59", 0, "ana"),
        ("2026-01-12T08:00", 1, "bo"),
        ("2026-01-19T08:00", 2, "chen"),
        ("2026-01-26T08:00", 3, "ana"),
        ("2026-03-30T06:59:59", 11, "chen"),
        ("2026-03-30T07:00", 12, "ana"),
    ],
)
def test_members_take_turns_at_nine_in_madrid(at: str, slot: int | None, holder: str | None) -> None:
    """Turns change at the local hour, winter and summer; before the start nobody holds."""
    assert WEEKLY.slot(utc(at)) == slot
    assert WEEKLY.holder(utc(at)) == holder


def test_a_shift_has_its_bounds_holder_and_number() -> None:
    """The shift under way and the next one touch; before the start the next one is the first."""
    first = Shift(utc("2026-01-05T08:00"), utc("2026-01-12T08:00"), "ana", 0)
    second = Shift(utc("2026-01-12T08:00"), utc("2026-01-19T08:00"), "bo", 1)
    assert WEEKLY.shift(utc("2026-01-08T00:00")) == first
    assert WEEKLY.next_shift(utc("2026-01-08T00:00")) == second
    assert WEEKLY.shift(utc("2026-01-01T00:00")) is None
    assert WEEKLY.next_shift(utc("2026-01-01T00:00")) == first


def test_shifts_are_listed_whole() -> None:
    """A range gives every shift that overlaps it, with its own bounds."""
    days = [shift.start.day for shift in WEEKLY.shifts(utc("2026-01-13T00:00"), utc("2026-01-26T08:00"))]
    assert days == [12, 19]
    assert list(WEEKLY.shifts(utc("2025-01-01T00:00"), utc("2026-01-05T08:00"))) == []
    assert list(WEEKLY.shifts(utc("2026-02-01T00:00"), utc("2026-02-01T00:00"))) == []


def test_an_instant_may_come_in_any_zone_but_not_without_one() -> None:
    """The same instant in another zone has the same answer; a naive time has none."""
    at = datetime(2026, 1, 12, 3, tzinfo=timezone(timedelta(hours=-5)))
    assert WEEKLY.shift(at) == WEEKLY.shift(utc("2026-01-12T08:00"))
    for ask in (WEEKLY.slot, WEEKLY.holder, WEEKLY.shift, WEEKLY.next_shift):
        with pytest.raises(TypeError):
            ask(local("2026-01-12T03:00"))


def test_a_lone_member_still_has_shifts() -> None:
    """With one member each turn is followed by another of the same person."""
    alone = replace(WEEKLY, members=("ana",))
    assert [shift.slot for shift in alone.shifts(utc("2026-01-05T08:00"), utc("2026-01-20T08:00"))] == [
        0,
        1,
        2,
    ]


def test_a_rotation_is_a_value() -> None:
    """Equal definitions are equal, hash alike and survive being copied to another process."""
    assert replace(WEEKLY) == WEEKLY
    assert len({WEEKLY, replace(WEEKLY)}) == 1
    copied = pickle.loads(pickle.dumps(WEEKLY))  # noqa: S301  # our own bytes
    assert copied.shift(utc("2026-02-02T08:00")) == WEEKLY.shift(utc("2026-02-02T08:00"))
    assert replace(WEEKLY, members=("bo", "ana", "chen")) != WEEKLY


def handoff_days(found: Rotation, count: int) -> list[str]:
    """Return the first *count* hand-offs as UTC dates."""
    return [found.handoff(n).date().isoformat() for n in range(count)]


@pytest.mark.parametrize(
    ("start", "length", "days"),
    [
        ("2026-01-31T09:00", 1, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("2024-01-31T09:00", 1, ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]),
        ("2024-02-29T09:00", 12, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("2026-01-30T09:00", 1, ["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30", "2026-05-30"]),
        ("2025-12-31T09:00", 2, ["2025-12-31", "2026-02-28", "2026-04-30", "2026-06-30", "2026-08-31"]),
        ("2096-02-29T09:00", 48, ["2096-02-29", "2100-02-28", "2104-02-29", "2108-02-29", "2112-02-29"]),
    ],
)
def test_months_end_early_from_the_start(start: str, length: int, days: list[str]) -> None:
    """A month too short takes its last day, and the next one is again as the start says."""
    assert handoff_days(rotation(Kind.MONTHLY, length, start), len(days)) == days


def test_far_away_answers_are_as_near_ones() -> None:
    """Seven thousand years on, and long before the start, the answer is found at once."""
    found = rotation(Kind.HOURLY, 1, "1900-01-01T00:00", "Asia/Kolkata")
    far = utc("8999-12-31T23:00")
    shift = found.shift(far)
    assert shift is not None
    assert shift.start <= far < shift.end
    # In Kolkata it is half past four on New Year's morning.
    assert shift.slot == 24 * (date(9000, 1, 1) - date(1900, 1, 1)).days + 4
    for ask in (found.slot, found.holder, found.shift):
        assert ask(datetime.min.replace(tzinfo=UTC)) is None
    assert found.next_shift(datetime.min.replace(tzinfo=UTC)).slot == 0


def test_the_longest_turn_from_the_last_year_stays_on_the_calendar() -> None:
    """The bounds of start and length leave every first shift with an end."""
    last = rotation(Kind.MONTHLY, 10_000, "2999-12-31T00:00")
    assert last.next_shift(utc("2026-01-01T00:00")).end == utc("3833-04-30T00:00")
