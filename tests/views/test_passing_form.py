"""The form of a customer issue: whatever comes back is read or refused, and what is masked stays masked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.views.asked import CONFIG
from views.passing_form import EFFORT, HELP_DESK, PRODUCT, QUOTE, Passing, read_passed, read_passing
from views.report_form import CUSTOMERS, FormErrors

PASSING = Passing("0" * 32, "en", channel="C0LUMEN", ts="1.2", author="Olga", files=("F1",))
CARD = "4111 1111 1111 1111"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
BLOCKS = (PRODUCT, QUOTE, HELP_DESK, EFFORT, CUSTOMERS)


def state(quote: str, **more: str) -> dict[str, Any]:
    """Return the values of a form for the shop."""
    return {
        PRODUCT: {PRODUCT: {"selected_option": {"value": "shop"}}},
        QUOTE: {QUOTE: {"value": quote}},
        HELP_DESK: {HELP_DESK: {"value": more.get("url")}},
        CUSTOMERS: {CUSTOMERS: {"selected_option": {"value": more["who"]} if "who" in more else None}},
    }


@given(st.dictionaries(st.sampled_from(BLOCKS), st.dictionaries(st.sampled_from(BLOCKS), JSON)) | JSON)
def test_any_state_is_read_or_refused(values: Any) -> None:
    """Nothing that a form may hold does harm: it is read, or refused on a field of the form."""
    wrong: dict[str, str] = {}
    quote = ""
    try:
        quote = read_passed(PASSING, values, CONFIG, by="U0ANA").told.quote
    except FormErrors as refused:
        wrong = refused.errors
    assert bool(quote) != bool(wrong)
    assert set(wrong) <= set(BLOCKS)


@pytest.mark.parametrize(
    ("kept", "quote", "who", "url"),
    [
        ((), "Card ••••1111", "Lumen ••••1111", "https://desk.example/?token=••••"),
        ((0,), f"Card {CARD}", "Lumen ••••1111", "https://desk.example/?token=••••"),
        ((0, 1, 2), f"Card {CARD}", f"Lumen {CARD}", "https://desk.example/?token=a1b2c3d4e5f6"),
    ],
)
def test_what_is_given_away_is_masked_in_its_place(
    kept: tuple[int, ...], quote: str, who: str, url: str
) -> None:
    """In each field what is not ticked is masked, and nothing else."""
    given = state(f"Card {CARD}", who=f"new:Lumen {CARD}", url="https://desk.example/?token=a1b2c3d4e5f6")
    passed = read_passed(PASSING, given, CONFIG, by="U0ANA")
    assert len(passed.findings) == 3
    clean = passed.masked(kept)
    assert (clean.told.quote, clean.new_customer, clean.told.help_desk_url) == (quote, who, url)
    assert read_passed(PASSING, state("Card"), CONFIG, by="U0ANA").seen != passed.seen


def test_what_travels_with_the_form_comes_back() -> None:
    """An opening is the same after its way through Slack, but for the text, which is in its field."""
    assert read_passing({"private_metadata": PASSING.metadata()}) == PASSING
