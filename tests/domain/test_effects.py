"""How long to wait before an effect is tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.effects import MAX_BACKOFF, Never, Wait, backoff

ALMOST_ONE = 1 - 2**-53


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(1, 1), (2, 2), (3, 4), (4, 8), (8, 128), (9, 256), (10, 300), (17, 300), (5000, 300)],
)
def test_waits_double_up_to_five_minutes(tries: int, seconds: int) -> None:
    """The longest wait after each failed try is twice the last one's, from a second to five minutes."""
    assert backoff(tries, ALMOST_ONE) == pytest.approx(
        timedelta(seconds=seconds), abs=timedelta(microseconds=1)
    )
    assert backoff(tries, 0.0) == timedelta(seconds=seconds) / 2


@given(tries=st.integers(1, 10_000), jitter=st.floats(0, 1, exclude_max=True))
def test_chance_spreads_waits_over_their_upper_half(tries: int, jitter: float) -> None:
    """No wait is shorter than half of what it could be, none is longer than five minutes."""
    longest = backoff(tries, ALMOST_ONE)
    assert longest / 2 <= backoff(tries, jitter) <= longest <= MAX_BACKOFF


@given(tries=st.integers(1, 10_000), jitter=st.floats(0, 1, exclude_max=True))
def test_no_later_try_waits_less(tries: int, jitter: float) -> None:
    """With the same chance, a wait is never shorter than the one before it."""
    assert backoff(tries, jitter) <= backoff(tries + 1, jitter)


def test_an_outcome_says_why() -> None:
    """An outcome reads as its reason, and is raised like any error."""
    with pytest.raises(Wait, match=r"^rate limited$") as raised:
        raise Wait("rate limited", 3.0, "posts")
    assert (raised.value.seconds, raised.value.pace) == (3.0, "posts")
    assert str(Never("channel_not_found")) == "channel_not_found"
