"""Shifts as menus and forms name them, and as they are read again."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.covering import Stint
from views.shift_menu import Named, name_block, read_block, read_named, write_named

INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(start=INSTANTS, end=INSTANTS, person=st.none() | st.just("U0ELSA"))
def test_a_shift_is_read_as_it_was_named(start: datetime, end: datetime, person: str | None) -> None:
    """To the microsecond: what was swapped in the middle of a shift can be swapped back only as it is."""
    named = Named("shop-bugs", Stint(start, end, person))
    assert read_named(write_named(named)) == named
    assert read_block(name_block(named, 3)) == named
