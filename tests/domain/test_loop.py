"""What becomes of the promise to a customer, by everything that can happen to it: none is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.loop import LISTED, Ending, Event, State, ending_of, is_news, step
from domain.telling import TellWhen
from domain.tracking import IssueFacts, Phase, Tracked, Version
from domain.triage import State as ReportState
from domain.triage import Triage
from tests.views.reports import REPORT

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STEPS = {
    State.OPEN: {Event.ENDED: State.TO_TELL, Event.NOT_SENT: State.REOPENED},
    State.TO_TELL: {
        Event.OPENED_AGAIN: State.OPEN,
        Event.TOLD: State.TOLD,
        Event.STILL_BROKEN: State.OPEN,
        Event.LET_GO: State.LET_GO,
    },
    State.TOLD: {
        Event.OPENED_AGAIN: State.REOPENED,
        Event.NOT_SENT: State.TO_TELL,
        Event.CONFIRMED: State.CONFIRMED,
        Event.STILL_BROKEN: State.OPEN,
    },
    State.CONFIRMED: {Event.OPENED_AGAIN: State.REOPENED, Event.STILL_BROKEN: State.OPEN},
    State.REOPENED: {
        Event.ENDED: State.TO_TELL,
        Event.TOLD: State.OPEN,
        Event.NOT_SENT: State.OPEN,
        Event.STILL_BROKEN: State.OPEN,
        Event.LET_GO: State.LET_GO,
    },
    State.LET_GO: {},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_each_event_leads_where_the_table_says(state: State, event: Event) -> None:
    """What does not concern a loop leaves it as it is."""
    assert step(state, event) is STEPS[state].get(event, state)


@given(st.lists(st.sampled_from([*Event, "end", "reopen"]), max_size=60))
def test_no_loop_is_lost(happening: list[str]) -> None:
    """Whatever happens in whatever order: once its report has ended it is told, let go, or listed."""
    state, has_ended, told = State.OPEN, False, 0
    for each in happening:
        if each in ("end", Event.ENDED):
            has_ended, state = True, step(state, Event.ENDED)
        elif each in ("reopen", Event.OPENED_AGAIN, Event.STILL_BROKEN):
            # Whoever says that it is still broken opens the report again.
            has_ended = False
            state = step(step(state, Event(each)) if each in tuple(Event) else state, Event.OPENED_AGAIN)
        elif each == Event.NOT_SENT and not told:
            continue
        else:
            told = told + 1 if each == Event.TOLD and state in LISTED else told
            told = 0 if each == Event.NOT_SENT else told
            state = step(state, Event(each))
            state = step(state, Event.ENDED if has_ended else Event.OPENED_AGAIN)
        if has_ended:
            assert state in (State.TOLD, State.CONFIRMED, State.LET_GO, *LISTED)
            assert state is not State.OPEN
        else:
            assert state in (State.OPEN, State.REOPENED, State.LET_GO)


def tracked(phase: Phase, *versions: Version) -> Tracked:
    """Return what Jira tells of an issue that has come so far."""
    facts = IssueFacts("1", "SHOP-1", "Done", "done", NOW, versions=versions)
    return Tracked(REPORT.id, facts, phase, NOW)


OUT, COMING = Version("2026.10", is_released=True, released_on=date(2026, 11, 1)), Version("2026.11")


@pytest.mark.parametrize(
    ("phase", "versions", "resolved", "released"),
    [
        (Phase.FIXED, (), Ending.FIXED, Ending.FIXED),
        (Phase.FIXED, (COMING,), Ending.FIXED, None),
        (Phase.FIXED, (OUT, COMING), Ending.FIXED, None),
        (Phase.RELEASED, (OUT,), Ending.RELEASED, Ending.RELEASED),
        (Phase.WONT_FIX, (COMING,), Ending.WONT_FIX, Ending.WONT_FIX),
        (Phase.DUPLICATE, (), Ending.DUPLICATE, Ending.DUPLICATE),
        (Phase.GONE, (COMING,), Ending.GONE, Ending.GONE),
        (Phase.IN_PROGRESS, (), None, None),
        (Phase.NEEDS_INFO, (OUT,), None, None),
    ],
)
def test_customers_are_told_at_the_moment_that_was_chosen(
    phase: Phase, versions: tuple[Version, ...], resolved: Ending | None, released: Ending | None
) -> None:
    """A fix, when it is made or when all its versions are out; what is no fix, at once."""
    report = replace(REPORT, triage=Triage(ReportState.RESOLVED))
    assert ending_of(report, tracked(phase, *versions), TellWhen.RESOLVED) is resolved
    assert ending_of(report, tracked(phase, *versions), TellWhen.RELEASED) is released


@pytest.mark.parametrize(
    ("triage", "ending"),
    [
        (Triage(), None),
        (Triage(ReportState.NOT_A_BUG), Ending.NOT_A_BUG),
        (Triage(ReportState.DUPLICATE, duplicate_of="other"), None),
        (Triage(ReportState.DUPLICATE, duplicate_key="OLD-1"), Ending.DUPLICATE),
    ],
)
def test_what_triage_decides_ends_it(triage: Triage, ending: Ending | None) -> None:
    """An open report has not ended, whatever its issue says; a duplicate of ours ends as its original."""
    report = replace(REPORT, triage=triage)
    assert ending_of(report, tracked(Phase.FIXED), TellWhen.RESOLVED) is ending


def test_a_release_is_no_news_to_who_was_told_of_the_fix() -> None:
    """Any other change of how it ended is."""
    pairs = [(one, other) for one in Ending for other in Ending if not is_news(one, other)]
    assert pairs == [*((each, each) for each in Ending if each is Ending.FIXED), *pairs[1:]]
    assert [each for each in pairs if each[0] is not each[1]] == [(Ending.FIXED, Ending.RELEASED)]
