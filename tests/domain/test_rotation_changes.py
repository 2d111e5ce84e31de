"""Changes of a rotation: who holds before and after, and which hand-offs stand."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from domain.revisions import History, Revision
from domain.rotation import Kind, Rotation, Shift
from domain.rotation_changes import begin, redefined, with_member, with_members, without_member
from domain.rotation_input import RotationError
from tests.domain.rotations import DAY, local, utc

DAILY = begin(Rotation(("ana", "bo", "chen"), Kind.DAILY, 1, local("2026-01-01T09:00"), "UTC"))
# bo holds, as on every third day from 2 January on.
NOON = utc("2026-01-05T12:00")


def holders(history: History, days: int = 6) -> str:
    """Return who starts a shift from 5 January on, day by day."""
    return " ".join(str(history.holder(utc(f"2026-01-{day:02}T13:00"))) for day in range(5, 5 + days))


def starts(history: History, begin_at: str, end_at: str) -> list[str]:
    """Return when shifts start and who holds them, in UTC to the minute."""
    shifts = history.shifts(utc(begin_at), utc(end_at))
    return [f"{shift.start:%d %H:%M} {shift.holder}" for shift in shifts]


def test_without_changes_a_history_answers_as_its_rotation() -> None:
    """Every question has the same answer, before the start too."""
    rotation = DAILY.latest
    for at in (utc("2025-12-31T09:00"), utc("2026-01-01T09:00"), NOON):
        assert DAILY.slot(at) == rotation.slot(at)
        assert DAILY.holder(at) == rotation.holder(at)
        assert DAILY.shift(at) == rotation.shift(at)
        assert DAILY.next_shift(at) == rotation.next_shift(at)
    year = (utc("2025-12-01T00:00"), utc("2026-12-01T00:00"))
    assert list(DAILY.shifts(*year)) == list(rotation.shifts(*year))
    assert list(DAILY.shifts(utc("2025-12-01T00:00"), utc("2026-01-01T09:00"))) == []


def test_a_new_member_goes_to_the_end_of_the_order() -> None:
    """The holder stays, the others keep their order, and the new one comes last."""
    assert holders(with_member(DAILY, NOON, "dee")) == "bo chen dee ana bo chen"


def test_a_new_member_may_go_after_another() -> None:
    """After the holder, the new one is next."""
    assert holders(with_member(DAILY, NOON, "dee", after="bo")) == "bo dee chen ana bo dee"
    assert holders(with_member(DAILY, NOON, "dee", after="ana")) == "bo chen ana dee bo chen"


def test_a_member_who_does_not_hold_leaves_the_others_as_they_were() -> None:
    """The holder and the order of the rest stay."""
    assert holders(without_member(DAILY, NOON, "chen")) == "bo ana bo ana bo ana"
    assert holders(without_member(DAILY, NOON, "ana")) == "bo chen bo chen bo chen"


def test_a_holder_who_leaves_hands_the_rest_of_the_shift_to_the_next() -> None:
    """The shift is cut in two at that instant, its end stays, and then it is the turn of the one after."""
    changed = without_member(DAILY, NOON, "bo")
    assert starts(changed, "2026-01-05T09:00", "2026-01-08T00:00") == [
        "05 09:00 bo",
        "05 12:00 chen",
        "06 09:00 ana",
        "07 09:00 chen",
    ]
    rest = Shift(NOON, utc("2026-01-06T09:00"), "chen", 4, 1)
    assert changed.shift(NOON) == rest
    assert changed.next_shift(utc("2026-01-05T10:00")) == rest


def test_a_change_that_leaves_the_holder_leaves_the_shift_whole() -> None:
    """Asked before or after the change, the shift under way is the same one."""
    changed = with_member(DAILY, NOON, "dee")
    before, after = utc("2026-01-05T11:00"), utc("2026-01-05T13:00")
    assert changed.shift(before) == changed.shift(after) == DAILY.shift(NOON)
    assert starts(changed, "2026-01-05T11:00", "2026-01-06T10:00") == ["05 09:00 bo", "06 09:00 chen"]


def test_a_change_at_the_instant_of_a_hand_off_does_not_rename_the_shift() -> None:
    """Slot and revision stay, so that a holder who was told is not told again."""
    handoff = utc("2026-01-05T09:00")
    changed = with_member(with_member(DAILY, handoff, "dee"), handoff, "eli", after="ana")
    assert changed.shift(handoff) == DAILY.shift(handoff)
    assert list(changed.shifts(handoff, NOON)) == [DAILY.shift(handoff)]


def test_who_leaves_and_is_back_at_once_has_lost_the_shift() -> None:
    """The one who took over keeps it; the hand-back of a lone member is a shift of its own."""
    changed = with_member(without_member(DAILY, NOON, "bo"), NOON, "bo")
    assert holders(changed) == "chen bo ana chen bo ana"
    changed = with_members(with_members(DAILY, NOON, ("ana",)), NOON, ("bo",))
    assert starts(changed, "2026-01-05T09:00", "2026-01-06T00:00") == ["05 09:00 bo", "05 12:00 bo"]


def test_history_before_a_change_stays() -> None:
    """What was asked of the past has the same answer after three changes."""
    changed = without_member(with_member(DAILY, NOON, "dee"), NOON, "ana")
    changed = redefined(changed, NOON, kind=Kind.HOURLY)
    past = (utc("2025-12-01T00:00"), utc("2026-01-05T09:00"))
    assert list(changed.shifts(*past)) == list(DAILY.shifts(*past))


def test_a_new_order_goes_on_from_the_holder() -> None:
    """Members put in another order take turns in it, beginning after the holder."""
    assert holders(with_members(DAILY, NOON, ("chen", "bo", "ana"))) == "bo ana chen bo ana chen"


def test_a_whole_new_team_begins_with_its_first() -> None:
    """When nobody of the old order is left, the first of the new one takes the rest of the shift."""
    assert holders(with_members(DAILY, NOON, ("dee", "eli"))) == "dee eli dee eli dee eli"


def test_a_new_kind_waits_for_the_hand_off_announced() -> None:
    """The shift under way ends as announced, the next member takes over, and then the new turns run."""
    changed = redefined(DAILY, NOON, kind=Kind.HOURLY, length=8)
    assert starts(changed, "2026-01-05T09:00", "2026-01-07T00:00") == [
        "05 09:00 bo",
        "06 09:00 chen",
        "06 17:00 ana",
    ]


def test_a_new_start_says_where_the_new_hand_offs_fall() -> None:
    """The next member's first shift is cut to the new grid, whether the start lies before or ahead."""
    for start in (local("2025-06-01T14:00"), local("2026-06-01T14:00")):
        changed = redefined(DAILY, NOON, start=start)
        assert starts(changed, "2026-01-05T09:00", "2026-01-08T00:00") == [
            "05 09:00 bo",
            "06 09:00 chen",
            "06 14:00 ana",
            "07 14:00 bo",
        ]


def test_a_new_zone_moves_the_hand_offs_after_the_announced_one() -> None:
    """Nine in the morning is nine in Taipei from the hand-off after the next on."""
    changed = redefined(DAILY, NOON, zone="Asia/Taipei")
    assert starts(changed, "2026-01-06T00:00", "2026-01-07T12:00") == [
        "05 09:00 bo",
        "06 09:00 chen",
        "07 01:00 ana",
    ]


def test_members_may_change_while_a_new_definition_waits() -> None:
    """Both hold: the members at once, the definition at its hand-off with the next of the new members."""
    waiting = redefined(DAILY, NOON, kind=Kind.WEEKLY)
    changed = without_member(waiting, utc("2026-01-05T18:00"), "chen")
    assert starts(changed, "2026-01-05T09:00", "2026-01-16T00:00") == [
        "05 09:00 bo",
        "06 09:00 ana",
        "08 09:00 bo",
        "15 09:00 ana",
    ]
    changed = without_member(waiting, utc("2026-01-05T18:00"), "bo")
    assert starts(changed, "2026-01-05T09:00", "2026-01-09T00:00") == [
        "05 09:00 bo",
        "05 18:00 chen",
        "06 09:00 ana",
        "08 09:00 chen",
    ]


def test_a_definition_may_change_again_before_it_is_in_force() -> None:
    """The hand-off announced stands and brings both changes; taking one back is as if it had not been."""
    waiting = redefined(DAILY, NOON, kind=Kind.HOURLY, length=8)
    later = utc("2026-01-05T15:00")
    both = redefined(waiting, later, zone="Asia/Taipei")
    assert (both.latest.kind, both.latest.length, both.latest.zone) == (Kind.HOURLY, 8, "Asia/Taipei")
    assert len(both.revisions) == 2
    back = redefined(waiting, later, kind=Kind.DAILY, length=1)
    span = (utc("2026-01-01T00:00"), utc("2026-02-01T00:00"))
    assert [shift[:4] for shift in back.shifts(*span)] == [shift[:4] for shift in DAILY.shifts(*span)]


def test_before_the_start_members_change_and_the_first_of_them_begins() -> None:
    """Nothing has been announced: the new order begins at the same start."""
    changed = with_members(DAILY, utc("2025-12-24T00:00"), ("dee", "ana"))
    assert starts(changed, "2025-12-01T00:00", "2026-01-03T00:00") == ["01 09:00 dee", "02 09:00 ana"]


def test_before_the_start_a_new_start_just_counts() -> None:
    """It begins at the new start; where that has gone by, at once, and with the first member either way."""
    before = utc("2025-12-24T00:00")
    later = redefined(DAILY, before, start=local("2026-02-01T09:00"))
    assert starts(later, "2025-12-01T00:00", "2026-02-02T10:00") == ["01 09:00 ana", "02 09:00 bo"]
    gone_by = redefined(DAILY, before, start=local("2025-12-21T09:00"))
    assert gone_by.first == before
    assert starts(gone_by, "2025-12-01T00:00", "2025-12-25T10:00") == [
        "24 00:00 ana",
        "24 09:00 bo",
        "25 09:00 chen",
    ]


def test_a_change_may_be_dated_in_any_zone_and_is_kept_in_utc() -> None:
    """The same instant gives the same history, whose instants are all in UTC."""
    changed = without_member(DAILY, NOON.astimezone(ZoneInfo("Asia/Taipei")), "bo")
    assert changed == without_member(DAILY, NOON, "bo")
    assert all(one.start.tzinfo is one.end.tzinfo is UTC for one in changed.shifts(NOON, NOON + 3 * DAY))
    assert changed.revisions[-1].decided_at.tzinfo is UTC


def test_what_changes_nothing_is_no_revision() -> None:
    """The same members or the same definition give the same history."""
    assert with_members(DAILY, NOON, ("ana", "bo", "chen")) is DAILY
    assert redefined(DAILY, NOON) is DAILY
    assert (
        redefined(DAILY, NOON, kind=Kind.DAILY, length=1, start=local("2026-01-01T09:00"), zone="UTC")
        is DAILY
    )


def test_changes_at_one_instant_add_up() -> None:
    """A clock that stands still loses none of them, and the holder left by one is whom the next one keeps."""
    changed = without_member(without_member(DAILY, NOON, "bo"), NOON, "ana")
    assert holders(changed) == "chen chen chen chen chen chen"
    assert len(changed.revisions) == 3
    assert starts(changed, "2026-01-05T09:00", "2026-01-06T00:00") == ["05 09:00 bo", "05 12:00 chen"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda: with_member(DAILY, NOON, "ana"), "members: ana is there already"),
        (
            lambda: with_member(DAILY, NOON, "dee", after="eli"),
            "members: eli is not there. The members are ana, bo",
        ),
        (lambda: without_member(DAILY, NOON, "eli"), "members: eli is not there"),
        (lambda: with_members(DAILY, NOON, ()), "members: there are none"),
        (lambda: without_member(with_members(DAILY, NOON, ("ana",)), NOON, "ana"), "ana is the last one"),
        (lambda: redefined(DAILY, NOON, length=0), "length: 0 is out of range"),
        (lambda: redefined(DAILY, NOON, zone="Europe/Madird"), "zone: 'Europe/Madird' is no IANA time zone"),
        (
            lambda: redefined(DAILY, NOON, start=local("2026-03-29T02:30"), zone="Europe/Madrid"),
            "start: 2026-03-29 02:30 does not exist",
        ),
        (
            lambda: with_member(with_member(DAILY, NOON, "dee"), utc("2026-01-05T11:59"), "eli"),
            "at: .* lies before the last change",
        ),
    ],
)
def test_a_change_that_cannot_be_is_refused(change: object, says: str) -> None:
    """The refusal names what is wrong."""
    assert callable(change)
    with pytest.raises(RotationError, match=says):
        change()


def test_a_change_needs_an_instant() -> None:
    """A naive time names none."""
    for change in (lambda at: with_member(DAILY, at, "dee"), lambda at: redefined(DAILY, at, length=2)):
        with pytest.raises(TypeError, match="offset"):
            change(local("2026-01-05T12:00"))


def test_a_start_that_the_clocks_were_changed_over_does_not_stand_in_the_way() -> None:
    """Members and length still change; a start given anew is checked."""
    rotation = Rotation(("ana", "bo"), Kind.DAILY, 1, local("2026-03-29T02:30"), "Europe/Madrid", stored=True)
    history, at = begin(rotation), utc("2026-04-01T00:00")
    assert with_member(history, at, "dee").latest.members == ("ana", "bo", "dee")
    assert redefined(history, at, length=2).latest.length == 2


def test_revisions_come_in_order_and_there_is_one() -> None:
    """A history that says nothing or goes back is refused."""
    early, late = (Revision(utc(at), DAILY.latest) for at in ("2026-01-01T09:00", "2026-01-02T09:00"))
    with pytest.raises(ValueError, match="at least one"):
        History(())
    with pytest.raises(ValueError, match="in the order"):
        History((late, early))
