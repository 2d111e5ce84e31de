"""How much alike texts are."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.likeness import Question, question, terms_of, weights

SAID = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(1, 9), max_size=10)
TWICE = "The card is charged twice when the customer presses Pay again after a timeout"


def ask(text: str, documents: int = 1000, having: int = 10) -> Question:
    """Return a question to so many documents, each of whose terms so many of them have."""
    said = terms_of(text)
    return question(said, documents, dict.fromkeys(said, having))


def test_what_the_title_says_counts_double() -> None:
    """A term of the title is there twice more than in the text."""
    assert terms_of("card card pay", title="Card") == Counter({"card": 4, "pay": 1})


@pytest.mark.parametrize("documents", [0, 1, 30, 1_000, 100_000])
def test_the_same_text_is_likely_and_another_is_not(documents: int) -> None:
    """However many documents there are, the same text is likely, and one with a word in common is not."""
    asked = ask(TWICE, documents, having=min(documents, 3))
    assert asked.likeness(terms_of(TWICE)) > 1
    assert asked.likeness(terms_of("Search results show the card of another product, sorted by date")) < 1
    assert asked.likeness(terms_of("The invoice prints blank pages")) == 0


def test_the_same_said_otherwise_is_likely() -> None:
    """Two people's words for one problem."""
    other = "Customers press pay a second time after the timeout and their cards get charged two times"
    assert ask(TWICE).likeness(terms_of(other)) > 1


def test_rare_terms_count_more() -> None:
    """What few documents say tells more than what many say."""
    said = terms_of("checkout timeout")
    asked = question(said, 1000, {"checkout": 900, "timeout": 3})
    assert asked.likeness(terms_of("timeout")) > 2 * asked.likeness(terms_of("checkout"))


def test_more_is_asked_among_many() -> None:
    """The same two texts are less likely to be one problem in a big collection."""
    few, many = (ask(TWICE, documents, having=0) for documents in (100, 100_000))
    half = terms_of("The card is charged again after Pay")
    assert few.likeness(half) > many.likeness(half)


def test_a_text_without_terms_is_like_nothing() -> None:
    """Nothing asked, nothing found."""
    assert question({}, 100, {}).likeness(terms_of(TWICE)) == 0
    assert ask(TWICE).likeness({}) == 0


@given(SAID, SAID, st.integers(0, 10**6))
def test_likeness_is_never_negative_nor_fails(
    said: dict[str, int], other: dict[str, int], documents: int
) -> None:
    """Counts may be behind: more documents have a term than there are, or none has."""
    asked = question(said, documents, dict.fromkeys(said, 10))
    assert (asked.likeness(other) > 0) == bool(said.keys() & other.keys())


@given(SAID)
def test_weights_are_bounded(said: dict[str, int]) -> None:
    """A weight fits into what it is kept in."""
    assert all(0 < weight < 4 for weight in weights(said).values())
