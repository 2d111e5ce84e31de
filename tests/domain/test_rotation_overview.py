"""A rotation at a glance."""

from datetime import UTC, datetime, time, timedelta

from domain.duty import Layers, Override, TimeOff, Why
from domain.duty_window import DutyWindow
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from domain.rotation_overview import Overview, overview
from domain.rotation_profile import KeptRotation, Profile

START = datetime.fromisoformat("2026-11-02T09:00")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)
MEMBERS = ("U0ANA", "U0BEN", "U0CHEN")


def kept(
    members: tuple[str, ...] = MEMBERS, window: DutyWindow | None = None, **profile: object
) -> KeptRotation:
    """Return a weekly rotation in UTC in which Ana has the week of NOW."""
    history = begin(Rotation(members, Kind.WEEKLY, 1, START, "UTC"), window)
    return KeptRotation("shop", Profile("Shop", **profile), history)  # type: ignore[arg-type]


def seen(rotation: KeptRotation, *layers: Override | TimeOff, at: datetime = NOW) -> Overview:
    """Look at a rotation with these overrides and time off."""
    over = tuple(each for each in layers if isinstance(each, Override))
    off = tuple(each for each in layers if isinstance(each, TimeOff))
    return overview(rotation, Layers(overrides=over, time_off=off), at)


def test_the_next_is_who_comes_after() -> None:
    """Where nothing is over the turns, it is the one whose turn it is and the one after."""
    now = seen(kept())
    assert now.now
    assert now.next
    assert (now.now.person, now.until, now.next.person) == (
        "U0ANA",
        datetime(2026, 11, 30, 9, tzinfo=UTC),
        "U0BEN",
    )


def test_a_stretch_of_the_same_person_is_no_change() -> None:
    """Who has the next week too, by an override, has the duty until the end of it."""
    took = Override("1", datetime(2026, 11, 30, 9, tzinfo=UTC), datetime(2026, 12, 7, 9, tzinfo=UTC), "U0ANA")
    now = seen(kept(), took)
    assert now.until == took.end
    assert now.next is not None
    assert now.next.person == "U0CHEN"


def test_a_stand_in_is_named_with_who_is_away() -> None:
    """Time off puts the next member in, and the one who is away is in the list of those."""
    off = TimeOff("1", "U0ANA", NOW - timedelta(days=1), NOW + timedelta(days=1))
    now = seen(kept(), off)
    assert now.now is not None
    assert now.now.why is Why.STAND_IN
    assert now.now.person == "U0BEN"
    assert now.away == (off,)


def test_a_gap_passes_to_who_has_the_duty_after_it() -> None:
    """At night nobody has the duty, and the next is whoever opens."""
    night = NOW.replace(hour=20)
    now = seen(
        kept(window=DutyWindow(time(9), time(17))),
        at=night,
    )
    assert now.now is not None
    assert now.now.person is None
    assert now.next is not None
    assert (now.next.person, now.until) == (
        "U0ANA",
        datetime(2026, 11, 24, 9, tzinfo=UTC),
    )


def test_before_it_begins_the_next_is_the_first() -> None:
    """A rotation to come has nobody now."""
    now = seen(kept(), at=datetime(2026, 10, 1, tzinfo=UTC))
    assert (now.now, now.until) == (None, None)
    assert now.next is not None
    assert now.next.person == "U0ANA"


def test_one_member_alone_has_no_next() -> None:
    """Nobody comes after the only one."""
    assert seen(kept(("U0ANA",))).next is None


def test_a_rotation_that_has_ended_has_nobody() -> None:
    """From its end on there is nobody now and nobody next."""
    now = seen(kept(ended_at=NOW))
    assert (now.now, now.next) == (None, None)
