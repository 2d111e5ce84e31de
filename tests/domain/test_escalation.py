"""Whom to ask next about a report that nobody reacts to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.escalation import Asked, Line, first_asked, next_asked, order_of_asking
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, with_member, without_member
from domain.rotation_profile import USUAL_STEPS, Step

BEGAN = datetime(2026, 1, 5, 10, tzinfo=UTC)
START = BEGAN.replace(tzinfo=None)
WEEK = timedelta(weeks=1)
MEMBERS = ("U0ELSA", "U0DIEGO", "U0FANG")
HISTORY = begin(Rotation(MEMBERS, Kind.WEEKLY, 1, START, "UTC"))
LINE = Line(USUAL_STEPS, MEMBERS, on_duty="U0ELSA", secondary=("U0GRACE",), lead="U0HUGO")
CHANNEL = (Step.CHANNEL, None)

people = st.sampled_from("ABCDEFGH")
lines = st.builds(
    Line,
    steps=st.lists(st.sampled_from(Step), max_size=8).map(tuple),
    members=st.lists(people, min_size=1, max_size=5, unique=True).map(tuple),
    on_duty=people | st.none(),
    secondary=st.lists(people, max_size=2, unique=True).map(tuple),
    lead=people | st.none(),
    away=st.frozensets(people, max_size=5),
)


def whole_round(*moments: Line) -> list[Asked]:
    """Return who is asked in one round, by the line as it is each time; its last moment stays."""
    asked = [first_asked(moments[0])]
    while (following := next_asked(moments[min(len(asked), len(moments) - 1)], asked)) is not None:
        asked.append(following)
        assert len(asked) < 40, "it does not end"
    return asked


def test_the_usual_round() -> None:
    """Who is on duty, the other members, the secondary's, the lead, at last the channel."""
    assert whole_round(LINE) == [
        (None, "U0ELSA"),
        (Step.OTHERS, "U0DIEGO"),
        (Step.OTHERS, "U0FANG"),
        (Step.SECONDARY, "U0GRACE"),
        (Step.LEAD, "U0HUGO"),
        CHANNEL,
    ]


def test_steps_keep_their_order_and_use_themselves_up() -> None:
    """Each NEXT asks one member; what comes between stays between."""
    steps = (Step.NEXT, Step.LEAD, Step.CHANNEL, Step.NEXT, Step.SECONDARY)
    assert whole_round(replace(LINE, steps=steps)) == [
        (None, "U0ELSA"),
        (Step.NEXT, "U0DIEGO"),
        (Step.LEAD, "U0HUGO"),
        CHANNEL,
        (Step.NEXT, "U0FANG"),
        (Step.SECONDARY, "U0GRACE"),
    ]


def test_a_step_that_leads_to_nobody_is_passed_over() -> None:
    """Without a secondary and a lead, and with one member on holiday, it goes on to the next step."""
    bare = replace(LINE, secondary=(), lead=None, away=frozenset({"U0DIEGO"}))
    assert whole_round(bare) == [(None, "U0ELSA"), (Step.OTHERS, "U0FANG"), CHANNEL]


def test_somebody_in_two_places_is_asked_once() -> None:
    """A lead who is a member too, and on duty in the secondary, is asked where they come first."""
    assert [each.member for each in whole_round(replace(LINE, secondary=("U0FANG",), lead="U0FANG"))] == [
        *MEMBERS,
        None,
    ]


def test_where_nobody_is_on_duty_the_lead_begins() -> None:
    """The lead is asked first, then the members; without a lead the channel is called first."""
    begun = whole_round(replace(LINE, on_duty=None))
    assert begun[:2] == [(Step.LEAD, "U0HUGO"), (Step.OTHERS, "U0ELSA")]
    assert [each.member for each in begun].count("U0HUGO") == 1
    assert whole_round(replace(LINE, on_duty=None, lead=None))[0] == CHANNEL


def test_a_lead_on_holiday_is_asked_where_all_others_are_away() -> None:
    """A lead's holiday counts like anybody's, as long as somebody is there."""
    gone = replace(LINE, on_duty=None, away=frozenset({"U0HUGO", "U0ELSA", "U0DIEGO"}))
    assert Asked(Step.LEAD, "U0HUGO") not in whole_round(gone)
    nobody = replace(gone, away=gone.away | {"U0FANG", "U0GRACE"})
    assert whole_round(nobody) == [(Step.LEAD, "U0HUGO"), CHANNEL]


def test_who_comes_on_duty_meanwhile_is_asked_first() -> None:
    """A hand-off in the middle of a round asks the new holder before any further step, once."""
    later = replace(LINE, on_duty="U0IRIS")
    assert [each.member for each in whole_round(LINE, LINE, later)][:4] == [
        "U0ELSA",
        "U0DIEGO",
        "U0IRIS",
        "U0FANG",
    ]


def test_who_was_asked_once_more_used_no_step_up() -> None:
    """Asking the same person again changes nothing for those who come after."""
    steps = (Step.NEXT, Step.NEXT, Step.LEAD)
    asked = [Asked(None, "U0ELSA"), Asked(Step.NEXT, "U0DIEGO"), Asked(Step.NEXT, "U0DIEGO")]
    assert next_asked(replace(LINE, steps=steps), asked) == (Step.NEXT, "U0FANG")
    lead = [Asked(Step.LEAD, "U0HUGO"), Asked(Step.LEAD, "U0HUGO")]
    assert next_asked(replace(LINE, on_duty=None), lead) == (Step.OTHERS, "U0ELSA")


@given(lines)
def test_a_round_asks_everybody_at_most_once_and_ends(line: Line) -> None:
    """No person twice; after the first each by the steps in their order; of those away only a lone lead."""
    asked = whole_round(line)
    members = [each.member for each in asked if each.member is not None]
    assert len(members) == len(set(members))
    places = iter(line.steps)
    reached = next(places, None)
    for each in asked[1:]:
        while reached is not each.via:
            reached = next(places)  # StopIteration: asked out of order
        if each.via is not Step.OTHERS:
            reached = next(places, None)
    lead_alone = {*line.members, *line.secondary} - {line.lead} <= line.away
    spared = line.away - {line.on_duty} - ({line.lead} if lead_alone else set())
    assert not spared & set(members)


@given(lines)
def test_the_step_for_others_asks_all_who_are_there(line: Line) -> None:
    """With OTHERS among the steps every member who is not away is asked in a round."""
    asked = {each.member for each in whole_round(replace(line, steps=(*line.steps, Step.OTHERS)))}
    assert set(line.members) - line.away <= asked


@given(st.lists(lines, min_size=1, max_size=12))
def test_whatever_changes_meanwhile_it_asks_nobody_twice_and_ends(moments: list[Line]) -> None:
    """Members, steps, duty and holidays may change between any two pings of a round."""
    members = [each.member for each in whole_round(*moments) if each.member is not None]
    assert len(members) == len(set(members))


def test_members_are_asked_as_their_turns_come() -> None:
    """From whose turn it is on; where another has the duty instead, that one comes last."""
    assert order_of_asking(HISTORY, BEGAN + WEEK, "U0DIEGO") == ("U0DIEGO", "U0FANG", "U0ELSA")
    assert order_of_asking(HISTORY, BEGAN + WEEK, "U0GRACE") == ("U0FANG", "U0ELSA", "U0DIEGO")
    assert order_of_asking(HISTORY, BEGAN + WEEK, None) == ("U0DIEGO", "U0FANG", "U0ELSA")
    assert order_of_asking(HISTORY, BEGAN - WEEK, None) == MEMBERS


def test_those_who_left_are_not_asked_and_new_ones_are() -> None:
    """The rotation counts as it is now."""
    changed = with_member(without_member(HISTORY, BEGAN + WEEK, "U0FANG"), BEGAN + WEEK, "U0GRACE")
    assert order_of_asking(changed, BEGAN + WEEK, "U0DIEGO") == ("U0DIEGO", "U0GRACE", "U0ELSA")
