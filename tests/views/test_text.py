from datetime import timedelta

import pytest

from views.text import translator
from views.thread_text import QUOTED, quoted


@pytest.mark.parametrize(
    ("language", "length", "said"),
    [
        ("en", timedelta(minutes=15), "15 minutes"),
        ("en", timedelta(hours=1, minutes=30), "1 hour 30 minutes"),
        ("en", timedelta(hours=36), "36 hours"),
        ("es", timedelta(hours=1), "1 hora"),
        ("es", timedelta(minutes=1), "1 minuto"),
        ("zh_Hant", timedelta(hours=2, minutes=5), "2 小時 5 分鐘"),
    ],
)
def test_a_length_of_time_is_said_in_the_language(language: str, length: timedelta, said: str) -> None:
    """Durations have the language's own words and plurals."""
    assert translator(language).duration(length) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "A, B, and C"), ("es", "A, B y C"), ("zh_Hant", "A、B和C")]
)
def test_several_things_are_one_phrase(language: str, said: str) -> None:
    """A list reads as people of the language write one."""
    assert translator(language).listing(["A", "B", "C"]) == said


def test_a_count_decides_the_sentence() -> None:
    """One is one, the rest are many; the count is written as the language does."""
    t = translator("en")
    assert t.plural("{count} customer", "{count} customers", 1) == "1 customer"
    assert t.plural("{count} customer", "{count} customers", 12_345) == "12,345 customers"


def test_a_quotation_of_many_lines_keeps_within_its_room() -> None:
    """The marks before each line count too: a text of short lines is cut sooner."""
    assert quoted("One\nTwo") == "> One\n> Two"
    assert len(quoted("a\n" * 1500)) <= QUOTED + len("\n> …")
    assert quoted("a\n" * 1500).endswith("> a\n> …")
