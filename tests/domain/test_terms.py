"""What texts are searched by: the same for the one that asks and the one that is found."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.terms import LONGEST, MOST_WORDS, terms

TEXTS = st.text() | st.text(
    st.sampled_from("aeinosty -_.AEINOSTY0159áñß付款卡が한국\u200b\u0301"), max_size=200
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The card is charged twice", ["card", "charg", "twic"]),
        ("CARDS charging", ["card", "charg"]),
        ("Se cobró dos veces", ["cobr", "vec"]),
        ("la canción, las canciones", ["cancion", "cancion"]),
        ("pagar pagos pagado", ["pag", "pag", "pag"]),
        ("café CAFE\u0301 ｃａｆｅ", ["caf", "caf", "caf"]),
        ("pay\u200bment", ["payment"]),
        ("客戶被扣款", ["客戶", "戶被", "被扣", "扣款"]),
        ("付 a b 款", ["付", "款"]),
        ("用Visa付款", ["用", "vis", "付款"]),
        ("PaymentFailed", ["paymentfail", "payment", "fail"]),
        ("HTTPError500", ["httperror500", "http", "error", "500", "httperror"]),
        ("ERR_CONN_RESET", ["err_conn_reset", "err", "conn", "reset"]),
        ("/usr/lib/shop.so", ["usr", "lib", "shop"]),
        ("error 0x80070005", ["error", "0x80070005", "80070005"]),
        ("!!! <!channel> 🎉", ["channel"]),
    ],
)
def test_texts_become_terms(text: str, expected: list[str]) -> None:
    """Words lose their endings, accents and case, names are taken apart, Chinese is cut into pairs."""
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the customers were charged", "customer charges"),
        ("no se puede imprimir la factura", "imprimiendo facturas"),
        ("the button doesn't work", "buttons not working"),
        ("paymentFailed", "payment failed"),
        ("刷卡被扣款兩次", "扣款了兩次"),
    ],
)
def test_the_same_said_otherwise_shares_terms(one: str, other: str) -> None:
    """Forms of a word meet in one term."""
    assert set(terms(one)) & set(terms(other))


@given(TEXTS)
def test_any_text_has_terms_within_bounds(text: str) -> None:
    """Whatever is typed or pasted, terms are few, short, without spaces, and none is empty."""
    found = terms(text)
    assert len(found) <= MOST_WORDS
    assert all(term and len(term) <= LONGEST and not term.isspace() for term in found)


@given(TEXTS)
def test_terms_of_terms_are_those_terms(text: str) -> None:
    """Taking the terms of terms adds nothing and loses nothing."""
    found = set(terms(text))
    assert set(terms(" ".join(found))) == found


@given(TEXTS)
def test_case_does_not_matter_between_words(text: str) -> None:
    """A text in small letters has no term that the text as typed does not have."""
    plain = "".join(each for each in text if each.isascii())
    assert set(terms(plain.lower())) <= set(terms(plain))


def test_long_texts_are_cut() -> None:
    """A dump of a log costs no more than its beginning."""
    assert terms("word " * 5 * MOST_WORDS) == ["word"] * MOST_WORDS
    assert terms("x" * 100_000) == ["x" * LONGEST]
    assert len(terms("付" * 100_000)) == MOST_WORDS


def test_many_threads_agree() -> None:
    """Threads that take terms at the same time do not get into each other's words."""
    words = [
        f"{first}{second}ing" for first in ("charg", "print", "relat", "cre", "hop") for second in "abcdefgh"
    ]
    together = threading.Barrier(8)

    def take(_: int) -> list[list[str]]:
        together.wait()
        return [terms(word) for word in words]

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, range(8)))
    assert all(each == taken[0] for each in taken)
    assert taken[0] == [terms(word) for word in words]
