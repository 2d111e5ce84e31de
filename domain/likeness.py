"""How much alike two texts are: BM25 of their terms, measured against the text that is asked about.

A weight is what a term says of the text it is in; it depends on that text alone, so that it can be kept. How
much a term tells texts apart comes from counts of documents. The parameters were fitted on 2,321 reports of a
public bug tracker whose duplicates are known (`benchmarks/duplicates.py` measures them).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from domain.terms import terms

Terms = Mapping[str, int]  # a text's terms, with how often each is said

_SATURATION = 3.0  # BM25's k1: the higher, the more it says to say it again
_LENGTH = 0.9  # BM25's b: how much a long text is held against it
_TYPICAL = 60  # terms in a text; a constant, or every kept weight would change with every report
_PRIOR = 100  # documents taken for granted, so that the first ones of a product are not alike by chance
_SHORT = 8.0  # what a short question is held back by, since chance makes its few terms match
_LIKELY = 0.034  # at this, one question in eight without a duplicate is shown something all the same


@dataclass(frozen=True, slots=True)
class Question:
    """A text that is asked about: how much each of its terms counts, and the score of a likely duplicate."""

    counts: Mapping[str, float]
    likely: float

    def likeness(self, document: Terms) -> float:
        """Return how much alike a document is: 0 where nothing is shared, 1 and more where it is likely."""
        long = _length(document)
        shared = ((count, document[term]) for term, count in self.counts.items() if term in document)
        return sum(count * _weight(often, long) for count, often in shared) / self.likely


def terms_of(text: str, title: str = "") -> Counter[str]:
    """Return a text's terms; each that the title says counts twice as often as it is there."""
    said = Counter(_terms(text))
    for term in terms(title):
        said[term] += 2
    return said


@lru_cache(maxsize=256)
def _terms(text: str) -> tuple[str, ...]:
    """Return a text's terms: what is filed was asked about a moment before."""
    return tuple(terms(text))


def weights(said: Terms) -> dict[str, float]:
    """Return what each term says of the text it is in: from 0 to 4, more when repeated in a short text."""
    long = _length(said)
    return {term: _weight(often, long) for term, often in said.items()}


def question(said: Terms, documents: int, having: Mapping[str, int]) -> Question:
    """Return a text as a question to so many documents, of which `having` tells how many say a term.

    A likely duplicate says a good part of what the text says. Among many documents one is more alike by
    chance, and more is asked.
    """
    counts = {
        term: _rarity(documents, having.get(term, 0)) * (1 + log(often)) for term, often in said.items()
    }
    own, size = weights(said), log(documents + _PRIOR)
    whole = sum(count * own[term] for term, count in counts.items())
    return Question(counts, (whole + _SHORT * size) * size * _LIKELY)


def _rarity(documents: int, having: int) -> float:
    """Return BM25's inverse document frequency, which is positive."""
    return log(1 + (max(documents - having, 0) + _PRIOR + 0.5) / (having + 0.5))


def _weight(often: int, long: float) -> float:
    return often * (_SATURATION + 1) / (often + _SATURATION * long)


def _length(said: Terms) -> float:
    return 1 - _LENGTH + _LENGTH * sum(said.values()) / _TYPICAL
