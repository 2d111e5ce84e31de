"""What people and other programs write about a customer is understood, or refused with the reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import customer_cells as cells
from domain.customer_amounts import amount
from domain.customer_dates import Order, day
from domain.customer_faults import BadCell, Why


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("240000", 240_000),
        ("€ 240.000,00", 240_000),
        ("240,000", 240_000),
        ("240.000 €", 240_000),
        ("EUR 240 000", 240_000),
        ("240'000.50", 240_001),
        ("240’000", 240_000),
        ("240\u202f000,49", 240_000),
        ("1.2M", 1_200_000),
        ("1,2 m", 1_200_000),
        ("1.2M EUR", 1_200_000),
        ("850k", 850_000),
        ("12萬", 120_000),
        ("1.5億", 150_000_000),
        ("２４０，０００", 240_000),
        ("12,34,567", 1_234_567),
        ("1.234.567,8", 1_234_568),
        ("$0.5", 1),
        ("0", 0),
    ],
)
def test_an_amount_is_understood(text: str, worth: int) -> None:
    """Thousands and decimals are told apart, whatever mark either has."""
    assert amount(text, "EUR") == worth


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1.234M", Why.UNCLEAR_AMOUNT),
        ("USD 5", Why.OTHER_CURRENCY),
        ("£5", Why.OTHER_CURRENCY),
        ("5 GBP", Why.OTHER_CURRENCY),
        ("-5", Why.NO_AMOUNT),
        ("(5)", Why.NO_AMOUNT),
        ("1e9", Why.NO_AMOUNT),
        ("1.23.4", Why.NO_AMOUNT),
        ("12 apples", Why.NO_AMOUNT),
        ("٣", Why.NO_AMOUNT),
        ("9" * 30, Why.NO_AMOUNT),
        ("9" * 5000, Why.NO_AMOUNT),
    ],
)
def test_an_amount_that_could_be_another_is_refused(text: str, why: Why) -> None:
    """Nothing is guessed: neither a currency nor a mark that may mean two things."""
    with pytest.raises(BadCell) as refused:
        amount(text, "EUR")
    assert refused.value.why is why


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-30",
        "2026-09-30T00:00:00Z",
        "2026/9/30",
        "20260930",
        "30.09.2026",
        "30/09/2026",
        "9/30/2026",
        "30-09-2026",
        "30 Sep 2026",
        "30-Sep-2026",
        "Sep 30, 2026",
        "September 30th, 2026",
        "30 de septiembre de 2026",
        "2026年9月30日",
        "民國115年9月30日",
        "２０２６／９／３０",
    ],
)
def test_a_date_is_understood(text: str) -> None:
    """ISO, words in English and Spanish, Chinese, and local forms that can only mean one day."""
    assert day(text) == date(2026, 9, 30)


def test_a_date_that_could_be_another_is_refused() -> None:
    """03/04/2026 is a day in April or in March until it is said what comes first."""
    with pytest.raises(BadCell) as refused:
        day("03/04/2026")
    assert refused.value.why is Why.UNCLEAR_DATE
    assert day("03/04/2026", Order.DAY_FIRST) == date(2026, 4, 3)
    assert day("03/04/2026", Order.MONTH_FIRST) == date(2026, 3, 4)
    assert day("04/04/2026") == date(2026, 4, 4)
    assert day("03.04.2026") == date(2026, 4, 3)


@pytest.mark.parametrize(
    "text", ["30/09/26", "2026-02-30", "soon", "45900", "13/13/2026", "0001-01-01", "2026-09"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """No day that does not exist, and no year of two digits."""
    with pytest.raises(BadCell) as refused:
        day(text)
    assert refused.value.why is Why.NO_DATE


@pytest.mark.parametrize(
    ("read", "text", "meant"),
    [
        (cells.zone, "europe/madrid", "Europe/Madrid"),
        (cells.zone, "America/New York", "America/New_York"),
        (cells.language, "Español", "es"),
        (cells.language, "繁體中文", "zh_Hant"),
        (cells.language, "pt-BR", "pt-BR"),
        (cells.person, "U0123ANA", "U0123ANA"),
        (cells.person, "Ana@Bugle.example", "ana@bugle.example"),
        (cells.channel, "https://acme.slack.com/archives/C0123", "C0123"),
        (cells.url, "https://crm.example/a?b=1", "https://crm.example/a?b=1"),
    ],
)
def test_other_cells_are_understood(read: object, text: str, meant: str) -> None:
    """Case of zones, names of languages, addresses of channels."""
    assert read(text) == meant  # type: ignore[operator]


@pytest.mark.parametrize(
    ("read", "text", "why"),
    [
        (cells.zone, "UTC+1", Why.NO_ZONE),
        (cells.language, "Klingon please", Why.NO_LANGUAGE),
        (cells.person, "Ana Ruiz", Why.NO_PERSON),
        (cells.channel, "#acme", Why.NO_CHANNEL),
        (cells.url, "javascript:alert(1)", Why.NO_URL),
        (cells.url, "https://[", Why.NO_URL),
        (cells.url, "https://a.example/<b>", Why.NO_URL),
        (cells.url, "crm.example/1", Why.NO_URL),
        (cells.key, "named:acme", Why.RESERVED),
        (cells.short, "x" * 65, Why.TOO_LONG),
    ],
)
def test_other_cells_are_refused(read: object, text: str, why: Why) -> None:
    """Each refusal has its reason."""
    with pytest.raises(BadCell) as refused:
        read(text)  # type: ignore[operator]
    assert refused.value.why is why


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused(text: str) -> None:
    """Nothing that can be typed ends in anything but a value or a reason."""
    for read in (amount, day, cells.zone, cells.language, cells.person, cells.channel, cells.url, cells.key):
        try:
            read(text)
        except BadCell:
            continue


@given(st.integers(0, 10**12))
def test_an_amount_comes_back_however_it_is_grouped(worth: int) -> None:
    """Plain, with commas, stops, spaces or apostrophes: the same amount."""
    for mark in ",. '":
        assert amount(f"{worth:,}".replace(",", mark)) == worth
    assert amount(f"{worth}") == worth
