"""How long things took with a report, by what happened to it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.report_times import Event, Times, times_of

FILED = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(minutes: int) -> datetime:
    """Return a time so long after the filing."""
    return FILED + timedelta(minutes=minutes)


def history(*kinds: str) -> list[Event]:
    """Return events of these kinds, one a minute."""
    return [Event(at(number), kind) for number, kind in enumerate(kinds, 1)]


@pytest.mark.parametrize(
    ("kinds", "times"),
    [
        ((), {}),
        (("acknowledged", "taken"), {"acknowledged": 1, "taken": 2}),
        (("taken", "acknowledged", "assigned"), {"acknowledged": 1, "taken": 1}),
        (("asked", "answered"), {"answered": 1}),
        (("phase_in_progress", "phase_fixed"), {"fixed": 2}),
        (("phase_fixed", "phase_released"), {"fixed": 1, "released": 2}),
        (("phase_released",), {"fixed": 1, "released": 1}),
        (("phase_fixed", "phase_waiting"), {}),
        (("phase_fixed", "phase_waiting", "phase_fixed"), {"fixed": 3}),
        (("phase_fixed", "phase_released", "reopened"), {}),
        (("phase_wont_fix",), {}),
        (("told", "told"), {"told": 2}),
        (("severity", "customer_told", "moved"), {}),
    ],
)
def test_times_are_taken_from_what_happened(kinds: tuple[str, ...], times: dict[str, int]) -> None:
    """The first time somebody looked, owned, answered; the end as it stands in the end."""
    wanted = {name: at(minutes) for name, minutes in times.items()}
    assert times_of(FILED, history(*kinds)) == Times(FILED, **wanted)


KINDS = (
    "acknowledged",
    "taken",
    "asked",
    "phase_fixed",
    "phase_released",
    "phase_waiting",
    "reopened",
    "told",
)


@given(st.lists(st.sampled_from(KINDS)))
def test_nothing_is_released_before_it_is_fixed(kinds: list[str]) -> None:
    """Whatever happens in whatever order, and nothing before it was filed."""
    times = times_of(FILED, history(*kinds))
    if times.released is not None:
        assert times.fixed is not None
        assert FILED <= times.fixed <= times.released
