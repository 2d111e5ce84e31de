"""An existing roster laid over a rotation: what it takes to make the two say the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.duty import NOTHING_OVER, Layers, Override, Why
from domain.layers import on_call
from domain.roster import Missing, Row, lay_over
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from tests.domain.rotations import DAY, HOUR, local, utc

MONDAY = utc("2026-01-05T09:00")
WEEKLY = begin(Rotation(("ana", "bo", "chen"), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC"))


def row(line: int, begun: int, over: int, person: str) -> Row:
    """Give somebody days since the rotation's start."""
    return Row(line, MONDAY + begun * DAY, MONDAY + over * DAY, person)


def test_what_agrees_is_left_alone() -> None:
    """A roster that says what the rotation says has nothing missing."""
    rows = [row(2, 0, 7, "ana"), row(3, 7, 14, "bo")]
    assert lay_over(WEEKLY, NOTHING_OVER, rows, MONDAY) == ([], [])


def test_only_what_differs_is_missing() -> None:
    """A line over two shifts takes the other's part of it, and one over its own shift none."""
    missing, hindrances = lay_over(WEEKLY, NOTHING_OVER, [row(2, 5, 9, "ana")], MONDAY)
    assert missing == [Missing(MONDAY + 7 * DAY, MONDAY + 9 * DAY, "ana", "bo")]
    assert hindrances == []


def test_what_has_been_stays() -> None:
    """A line under way counts from now on, one that is over not at all."""
    rows = [row(2, 0, 2, "bo"), row(3, 2, 4, "bo")]
    missing, _ = lay_over(WEEKLY, NOTHING_OVER, rows, MONDAY + 3 * DAY)
    assert missing == [Missing(MONDAY + 3 * DAY, MONDAY + 4 * DAY, "bo", "ana")]


def test_lines_that_overlap_and_what_was_agreed_are_in_the_way() -> None:
    """The second of two lines for one time is named with the first; a swap is not overruled by a file."""
    agreed = Override("1", MONDAY + 8 * DAY, MONDAY + 9 * DAY, "chen", swap="2")
    rows = [row(2, 0, 2, "bo"), row(3, 1, 3, "chen"), row(4, 7, 14, "ana")]
    missing, hindrances = lay_over(WEEKLY, Layers(overrides=(agreed,)), rows, MONDAY)
    assert [each.person for each in missing] == ["bo"]
    assert [(each.line, each.other) for each in hindrances] == [(3, 2), (4, None)]
    assert hindrances[1].duty is not None
    assert (hindrances[1].duty.person, hindrances[1].duty.why) == ("chen", Why.SWAP)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 99), st.sampled_from("xyz")), max_size=8))
def test_laid_over_once_nothing_is_missing(drawn: list[tuple[int, int, str]]) -> None:
    """With the missing made overrides every line holds, and a second time there is nothing to do."""
    at = MONDAY + 50 * HOUR
    rows = [
        Row(line, MONDAY + begun * HOUR, MONDAY + (begun + long) * HOUR, person)
        for line, (begun, long, person) in enumerate(drawn)
    ]
    missing, hindrances = lay_over(WEEKLY, NOTHING_OVER, rows, at)
    made = tuple(Override(str(n), each.start, each.end, each.person) for n, each in enumerate(missing))
    layers = Layers(overrides=made)
    held = [each for each in rows if each.line not in {hindered.line for hindered in hindrances}]
    assert lay_over(WEEKLY, layers, held, at) == ([], [])
    for each in held:
        instant = max(each.start, at)
        if instant < each.end:
            assert on_call(WEEKLY, layers, instant) == each.person
