"""A rotation in a form, and what it makes of the rotation that is kept."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duty import Layers, TimeOff, Why
from domain.duty_window import DutyWindow
from domain.preview import coming
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from domain.rotation_form import (
    Field,
    RotationForm,
    changed,
    form_from_dict,
    form_of,
    form_to_dict,
    merged,
    new_form,
    service_from_text,
    service_to_text,
)
from domain.rotation_key import key_for
from domain.rotation_plan import Fault, flaws, plan
from domain.rotation_profile import KeptRotation, Profile, Rank, Service, Step
from domain.working_hours import WorkingHours
from domain.zone_search import MOST, zones_like

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
START = datetime.fromisoformat("2026-11-02T10:00")
MEMBERS = ("U0ANA", "U0BEN", "U0CHEN")
WINDOW = DutyWindow(time(9), time(17), frozenset(range(5)))
KEPT = KeptRotation(
    "shop",
    Profile(
        "Shop bugs",
        Rank.SECONDARY,
        (Service("shop"), Service("pay", "Cards/Chips")),
        WorkingHours(frozenset({0, 6}), time(8), time(0)),
        "U0HUGO",
        (Step.LEAD,),
        "C0SHOP",
        "es",
        "S0DUTY",
        topic=True,
        pinned=True,
        is_balanced=True,
        quiet=True,
    ),
    begin(Rotation(MEMBERS, Kind.WEEKLY, 2, START, "Europe/Madrid"), WINDOW),
)
FORM = form_of(KEPT)


def test_a_form_left_alone_changes_nothing() -> None:
    """What is read from a rotation into its form and planned again is the same rotation, all fields of it."""
    assert flaws(FORM, FORM) == {}
    assert plan(FORM, KEPT, NOW) == (KEPT.profile, KEPT.history)
    assert form_from_dict(form_to_dict(FORM)) == FORM


def test_every_field_of_the_form_is_told_of() -> None:
    """Whatever attribute of a form is changed, one field is named for it: nothing changes in secret."""
    other = RotationForm()
    for name in form_to_dict(FORM):
        one = replace(FORM, **{name: getattr(other, name)})
        if one != FORM:
            assert len(changed(FORM, one)) == 1, name


def test_a_new_form_begins_on_the_next_monday_of_its_maker() -> None:
    """It is Monday in their zone that counts."""
    at = datetime(2026, 11, 29, 20, tzinfo=UTC)  # a Sunday; in Taipei it is Monday already
    assert new_form("Europe/Madrid", "es", at).date == "2026-11-30"
    assert new_form("Asia/Taipei", "en", at).date == "2026-12-07"


def test_another_zone_waits_for_the_hand_off_that_is_announced() -> None:
    """The holder of the shift under way keeps it to its end."""
    history = plan(replace(FORM, zone="Asia/Taipei", is_windowed=False), KEPT, NOW).history
    under_way = KEPT.history.shift(NOW)
    assert under_way is not None
    assert history.revisions[-1].starts_at == under_way.end
    assert history.holder(NOW) == under_way.holder


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"name": "  "}, Field.NAME, Fault.NO_NAME),
        ({"members": ()}, Field.MEMBERS, Fault.NO_MEMBERS),
        ({"length": 0}, Field.TURNS, Fault.LENGTH),
        ({"date": ""}, Field.START, Fault.NO_START),
        ({"date": "1800-01-01"}, Field.START, Fault.YEAR),
        ({"date": "2027-03-28", "time": "02:30"}, Field.START, Fault.UNCLEAR),
        ({"date": "2026-10-25", "time": "02:30"}, Field.START, Fault.UNCLEAR),
        ({"zone": "Europe/Atlantis"}, Field.ZONE, Fault.ZONE),
        ({"duty_days": ()}, Field.DUTY, Fault.DUTY_DAYS),
        ({"work_days": ()}, Field.HOURS, Fault.WORK_DAYS),
        ({"work_from": "09:00", "work_to": "09:10"}, Field.HOURS, Fault.WORK_HOURS),
    ],
)
def test_what_cannot_be_used_is_found_at_its_field(
    change: dict[str, object], field: Field, fault: Fault
) -> None:
    """Each mistake has its fault, and no other field is blamed."""
    found = flaws(replace(FORM, **change), FORM)
    assert {each: flaw.fault for each, flaw in found.items()} == {field: fault}


def test_a_kept_start_that_a_government_made_unclear_hinders_no_other_change() -> None:
    """Only who chooses such a start anew is refused."""
    unclear = replace(FORM, date="2027-03-28", time="02:30")
    assert flaws(replace(unclear, name="Other"), unclear) == {}


def test_two_editors_of_different_fields_both_have_their_way() -> None:
    """Mine is put onto theirs."""
    mine, theirs = replace(FORM, name="Mine"), replace(FORM, zone="UTC")
    assert merged(FORM, mine, theirs) == (replace(FORM, name="Mine", zone="UTC"), ())


def test_of_one_field_the_first_who_saved_keeps_theirs() -> None:
    """The second is told which fields those are; the same change twice is no clash."""
    mine = replace(FORM, name="Mine", members=("U0ANA",), lead=None)
    theirs = replace(FORM, name="Theirs", lead=None)
    assert merged(FORM, mine, theirs) == (replace(theirs, members=("U0ANA",)), (Field.NAME,))


@given(st.sampled_from(["shop", "a-1"]), st.one_of(st.none(), st.text(min_size=1)))
def test_what_is_served_is_read_as_it_was_written(product: str, area: str | None) -> None:
    """Whatever an area is called, slashes and all."""
    service = Service(product, area)
    assert service_from_text(service_to_text(service)) == service


def test_the_hours_of_duty_of_a_shift_are_one_line() -> None:
    """Nights do not part a coming shift, days on which everybody is away do."""
    shifts = coming(KEPT.history, Layers(), NOW, 3)
    assert [each.person for each in shifts] == ["U0BEN", "U0CHEN", "U0ANA"]
    away = tuple(
        TimeOff(user, user, datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 3, tzinfo=UTC))
        for user in MEMBERS
    )
    parted = coming(KEPT.history, Layers(time_off=away), datetime(2026, 11, 30, 15, tzinfo=UTC), 5)
    assert Why.ALL_AWAY in [each.why for each in parted]


def test_shifts_of_a_rotation_to_come_begin_with_its_start() -> None:
    """Nothing is told of the time before it."""
    history = begin(Rotation(MEMBERS, Kind.DAILY, 1, START, "UTC"))
    first = coming(history, Layers(), NOW - timedelta(days=90), 1)[0]
    assert (first.start, first.person) == (history.first, "U0ANA")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("madrid", "Europe/Madrid"),
        ("new york", "America/New_York"),
        ("mexico city", "America/Mexico_City"),
        ("Argentina ushuaia", "America/Argentina/Ushuaia"),
        ("utc", "UTC"),
        ("asia/taipei", "Asia/Taipei"),
    ],
)
def test_a_zone_is_found_by_its_city(typed: str, first: str) -> None:
    """As people type it, with or without the region."""
    assert zones_like(typed)[0] == first


def test_no_more_zones_are_listed_than_a_menu_takes() -> None:
    """Nothing typed lists as many as fit; nonsense lists none."""
    assert len(zones_like("")) == MOST
    assert zones_like("nowhere at all") == []


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Shop bugs", set(), "shop-bugs"),
        ("Shop bugs", {"shop-bugs", "shop-bugs-2"}, "shop-bugs-3"),
        ("  Guardia: año ñandú  ", set(), "guardia-ano-nandu"),
        ("商店錯誤", set(), "rotation"),
        ("x" * 80, set(), "x" * 56),
    ],
)
def test_a_key_reads_like_the_name(name: str, taken: set[str], key: str) -> None:
    """Small letters, digits and hyphens, and none that is taken."""
    assert key_for(name, taken) == key
