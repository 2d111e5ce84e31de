import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.happened import Happened, Part
from domain.quality import Lack, Remark, remarks

STEPS, EXPECTED, ACTUAL = "Put two items into the basket\nPay by card", "One charge", "Two charges"


def said(*, steps: str = STEPS, expected: str = EXPECTED, actual: str = ACTUAL) -> list[tuple[Part, Lack]]:
    """Return what is remarked on a good report in which something was changed."""
    return [(each.part, each.kind) for each in remarks(Happened(steps, expected, actual))]


@pytest.mark.parametrize(
    "steps",
    [
        "It does not work",
        "it doesn't work.",
        "It doesn’t work!",
        "does not work at all",
        "The checkout does not work",
        "Payment page is broken",
        "it still fails for the customer, please",
        "Login",
        "1. Pay",
        "https://shop.example.com/basket?id=1",
        "<https://shop.example.com|shop>",
        "see screenshot",
        "n/a",
        "??",
        "I don't know",
        "Same as above",
        "It is not working\nIt gives an error",
        "no funciona",
        "El pago no funciona",
        "La página de pago está rota",
        "No les funciona para los clientes",
        "ver captura",
        "da error",
        "壞了",
        "系統壞了！",
        "付款頁面不能用",
        "无法使用",
        "見截圖",
        "登入",
        "同上",
    ],
)
def test_steps_that_nobody_could_follow_are_pointed_out(steps: str) -> None:
    """That it does not work, one word, a link alone, or a way of saying nothing: none is a step."""
    assert said(steps=steps) == [(Part.STEPS, Lack.VAGUE)]


@pytest.mark.parametrize(
    "actual",
    ["It does not work", "Error", "this is broken", "No funciona", "falla", "壞了", "有問題", "see video"],
)
def test_a_result_that_says_nothing_is_pointed_out(actual: str) -> None:
    """That something is wrong is known: what happens is not said."""
    assert said(actual=actual) == [(Part.ACTUAL, Lack.VAGUE)]


@pytest.mark.parametrize("expected", ["n/a", "none", "No sé", "無", "?"])
def test_an_expectation_left_out_in_words_is_pointed_out(expected: str) -> None:
    """A part that only says that it is empty is."""
    assert said(expected=expected) == [(Part.EXPECTED, Lack.VAGUE)]


@pytest.mark.parametrize(
    ("expected", "actual"),
    [("Two charges", "two charges."), ("- Dos cargos", "Dos cargos"), ("扣款兩次。", "扣款兩次")],
)
def test_expecting_what_happens_is_pointed_out(expected: str, actual: str) -> None:
    """Where the two are the same, nobody can tell what is wrong."""
    assert said(expected=expected, actual=actual) == [(Part.EXPECTED, Lack.SAME_AS_ACTUAL)]


def test_steps_that_only_repeat_the_result_are_pointed_out() -> None:
    """What happens is no way to make it happen."""
    assert said(steps="Two charges!") == [(Part.STEPS, Lack.SAME_AS_ACTUAL)]


@pytest.mark.parametrize(
    "actual",
    [
        "The card is charged twice.\nAnother issue: the invoice is empty",
        "The card is charged twice. There is also another problem with the invoice",
        "The card is charged twice. Also, the invoice is empty",
        "Two problems: a double charge and an empty invoice",
        "Two charges\n\nAdditionally the search page no longer shows prices",
        "1. The card is charged twice\n2. Search shows an empty page",
        "Se cobra dos veces. Además hay otro error en la factura",
        "Se cobra dos veces.\nPor otro lado, la factura está vacía",
        "1) El pago falla con tarjeta\n2) Las facturas salen vacías",
        "扣款兩次。另外，發票是空白的",
        "扣款兩次\n還有另一個問題：發票沒有寄出",
        "1. 信用卡付款失敗\n2. 搜尋頁面空白",
    ],
)
def test_two_problems_in_one_text_are_pointed_out(actual: str) -> None:
    """A second problem is announced, gone on to, or listed: it needs a report of its own."""
    assert said(actual=actual) == [(Part.ACTUAL, Lack.SEVERAL_PROBLEMS)]


@pytest.mark.parametrize(
    ("steps", "expected", "actual"),
    [
        (STEPS, EXPECTED, ACTUAL),
        ("Log in\nPay", "Works", "Nothing happens"),
        ("Open https://shop.example.com and press Pay", "It works", "Error 500"),
        ("1. Log in\n2. Open the basket, it does not load", "The basket", "A blank page"),
        ("Press Pay twice", "One charge", "Crash"),
        ("Add a second item", "Two items", "One item. Also happens in Firefox"),
        ("Pay by card", "One charge", "Two charges. Also when paying by PayPal, not only by card"),
        ("Pay by card", "One charge", "Two charges.\nAlso tried Chrome: no difference, it fails"),
        ("Pay by card", "No error", "An error is shown and the order is not saved"),
        ("Pay by card", "One charge", "1. The form is not sent\n2. The form shows an error"),
        ("Pay by card", "One charge", "1. Press Pay\n2. Wait\n3. Charged twice"),
        ("Pay with no other problem open", "One charge", "The customer has no other issue"),
        ("Exportar la factura a PDF", "Se descarga", "No pasa nada"),
        ("Pulsar Pagar con el carrito vacío", "Un aviso", "Se cobra. También pasa en Firefox"),
        ("Pulsar Pagar", "Un cobro", "Dos cobros. Además en Safari no se ve el botón"),
        ("按付款鈕", "扣款一次", "扣款兩次"),
        ("加入購物車後結帳", "顯示訂單", "畫面空白"),
        ("以信用卡付款", "扣款一次", "扣款兩次。另外在 Safari 也無法付款"),
        ("结账时按付款", "扣款一次", "没有反应"),
    ],
)
def test_a_good_short_report_is_left_alone(steps: str, expected: str, actual: str) -> None:
    """Few words that say what to do and what happens are enough; where else it is seen is not another."""
    assert remarks(Happened(steps, expected, actual)) == ()


def test_remarks_come_in_the_order_of_the_parts() -> None:
    """Each part has one remark at most, in the order in which they are read."""
    assert remarks(Happened("no funciona", "n/a", "no funciona")) == (
        Remark(Part.STEPS, Lack.VAGUE),
        Remark(Part.EXPECTED, Lack.VAGUE),
        Remark(Part.ACTUAL, Lack.VAGUE),
    )


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_of_any_text_there_are_few_remarks(steps: str, expected: str, actual: str) -> None:
    """Whatever was typed, no part is remarked on twice."""
    parts = [each.part for each in remarks(Happened(steps, expected, actual))]
    assert parts == sorted(set(parts), key=list(Part).index)


PIECES = (
    "it ",
    "still ",
    "a ",
    "a",
    "also ",
    "the ",
    "1. no\n",
    "1",
    " ",
    "壞",
    "一直",
    "都",
    "現",
    "no funciona ",
    "另外",
    "(",
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    """Ten times the text takes about ten times as long."""

    def cost(length: int) -> float:
        text = (piece * length)[:length]
        remarks.cache_clear()
        start = time.process_time()
        remarks(Happened(text, text + "x", text + "y"))
        return time.process_time() - start

    assert cost(30_000) < 40 * max(min(cost(3_000) for _ in range(3)), 0.002)
