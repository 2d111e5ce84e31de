import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.happened import HEADINGS, Fault, Happened, Part, Unreadable, read

WANTED = Happened("1. Pay", "One charge", "Two charges")


@pytest.mark.parametrize(
    "text",
    [
        "Steps to reproduce:\n1. Pay\n\nExpected result:\nOne charge\n\nActual result:\nTwo charges",
        "Steps: 1. Pay\nExpected: One charge\nActual: Two charges",
        "*Steps to reproduce*\n1. Pay\n*Expected result*\nOne charge\n*Actual result*\nTwo charges\n",
        "1. Steps to reproduce:\n1. Pay\n2. Expected result:\nOne charge\n3. Actual result:\nTwo charges",
        "## steps\n1. Pay\n\n\n\n## EXPECTED\nOne charge\n\n\n## actual\nTwo charges",
        "> Steps:\r\n> 1. Pay\r\n> Expected:\r\n> One charge\r\n> Actual:\r\n> Two charges",
        "Pasos para reproducir:\n1. Pay\nResultado esperado:\nOne charge\nResultado real:\nTwo charges",
        "重現步驟：\n1. Pay\n預期結果：\nOne charge\n實際結果：\nTwo charges",
        "Actual result:\nTwo charges\nSteps:\n1. Pay\nExpected result:\nOne charge",
        "**Steps to reproduce:**\n1. Pay\n**Expected result:** One charge\n**Actual result:** Two charges",
        "*Steps:* 1. Pay\n*Expected* One charge\n__Actual__: Two charges",
        "1) Pasos para reproducir\n1. Pay\n2) Resultado esperado\nOne charge\n3) Resultado real\nTwo charges",
        "(1) *Pasos*\n1. Pay\n(2) *Esperado*\nOne charge\n(3) *Comportamiento actual*\nTwo charges",
        "COMO REPRODUCIRLO:\n1. Pay\nQue\u0301 esperaba:\nOne charge\n¿Qué pasa en realidad?\nTwo charges",
        "重现步骤:\n1. Pay\n预期结果:\nOne charge\n实际结果:\nTwo charges",
        "一、操作步驟\n1. Pay\n二、期望結果\nOne charge\n三、實際情況\nTwo charges",
        "①【重現步驟】\n1. Pay\n②【預期結果】One charge\n③「實際結果」：Two charges",
        "Ｓｔｅｐｓ：\n1. Pay\nＥｘｐｅｃｔｅｄ　ｒｅｓｕｌｔ：One charge\nＡｃｔｕａｌ：Two charges",
        "Steps to reproduce ------\n1. Pay\nExpected -\nOne charge\n--- Actual result ---\nTwo charges",
        "Steps\n-----\n1. Pay\n\nExpected result\n=====\nOne charge\n\n----------\nActual\n~~~\nTwo charges",
        "Steps - 1. Pay\nExpected – One charge\nActual -> Two charges",
        "- Steps:\n1. Pay\n- Expected: One charge\n• Actual: Two charges",
        "\u200bSteps\u200b:\u00a01. Pay\n\ufeffExpected:\u200eOne charge\n\u200fActual\u00a0:\nTwo charges",
        "\u202bSteps:\u202c\n1. Pay\nEx\u00adpected:\nOne charge\nActual:\nTwo charges",
        "> > Steps:\n> > 1. Pay\n> >\n> > Expected:\n> > One charge\n>> Actual:\n>> Two charges",
        "Steps (what you did):\n1. Pay\nExpected (optional)\nOne charge\nActual（必填）：Two charges",
        "Steps taken:\r1. Pay\rWhat should happen:\rOne charge\rWhat actually happens:\rTwo charges",
        "Repro steps:\n1. Pay\nExpected Behavior:\nOne charge\nObserved behaviour:\nTwo charges",
        "Steps:\n1. \nExpected:\n\nActual:\n> Steps:\n> 1. Pay\n>Expected: One charge\n>Actual: Two charges",
    ],
)
def test_headings_are_read_however_they_are_typed(text: str) -> None:
    """Numbered, bold, quoted, in any language and order: the three parts are found."""
    assert read(text) == WANTED


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", tuple((part, Fault.MISSING) for part in Part)),
        ("It does not work", tuple((part, Fault.MISSING) for part in Part)),
        ("Steps:\n1. Pay\nActual:\nTwo", ((Part.EXPECTED, Fault.MISSING),)),
        ("Steps:\n\nExpected:\nOne\nActual:\nTwo", ((Part.STEPS, Fault.EMPTY),)),
        ("Steps:\n1. \n2. \nExpected:\nOne\nActual:\nTwo", ((Part.STEPS, Fault.EMPTY),)),
        ("Steps:\n\u200b\u200f\n----\nExpected:\nOne\nActual:\nTwo", ((Part.STEPS, Fault.EMPTY),)),
        ("Steps:\n...\nExpected:\nOne\nActual:\nTwo", ((Part.STEPS, Fault.EMPTY),)),
        ("Steps:\n1\nExpected:\nOne\nActual:\nTwo\nActual:\nThree", ((Part.ACTUAL, Fault.TWICE),)),
    ],
)
def test_what_cannot_be_read_is_named(text: str, faults: tuple[tuple[Part, Fault], ...]) -> None:
    """Each part that is missing, empty or there twice is named with what is wrong with it."""
    with pytest.raises(Unreadable) as found:
        read(text)
    assert found.value.faults == faults


@pytest.mark.parametrize(
    "line",
    [
        "The actual steps are expected here",
        "Actually: it is charged twice",
        "Steps 1 and 2: press Pay",
        "Step 1: press Pay",
        "實際結果與預期結果不同",
        "Los pasos: ninguno",
        "> 5 items in the basket",
        "It is expected: it always fails",
        "Expected result is one charge",
    ],
)
def test_a_heading_inside_a_sentence_is_not_one(line: str) -> None:
    """Words such as expected and actual in running text start no new part, and nothing of a line is lost."""
    assert read(f"Steps:\n{line}\nExpected:\nOne\nActual:\n{line}") == Happened(line, "One", line)


def test_what_stands_before_the_headings_is_kept() -> None:
    """A word typed above the first heading is not lost: it ends the actual result."""
    text = "Ana wrote:\nHelp\n\nSteps:\n1. Pay\nExpected:\nOne charge\nActual:\nTwo charges"
    assert read(text) == Happened("1. Pay", "One charge", "Two charges\n\nAna wrote:\nHelp")


bodies = st.text("abc 123\n重现ñ😀>*-:", min_size=1).filter(
    lambda text: any(each.isalnum() for each in text) and text.strip(" \n-*>:") == text
)
decorations = st.sampled_from(
    [
        "{name}:\n{body}",
        "{name}\n{body}",
        "*{name}*\n{body}",
        "**{name}:** {body}",
        "*{name}* {body}",
        "## {name}\n\n\n{body}",
        "2) {name}\n{body}",
        "（2）{name}：{body}",
        "{name} -----\n{body}",
        "{name}\n=====\n{body}\n",
        "【{name}】\n{body}",
        "\u200f{name}\u200b：\u00a0{body}",
        "  \t{name} (x) :\r\n{body}\r\n\r\n",
    ]
)
names = [st.sampled_from([*HEADINGS[part], *map(str.upper, HEADINGS[part])]) for part in Part]


def tidy(text: str) -> list[str]:
    """Return the words of a text: spaces and blank lines are not what was said."""
    return text.split()


@given(
    st.tuples(*names), st.tuples(*[bodies] * 3), st.tuples(*[decorations] * 3), st.permutations(list(Part))
)
def test_what_is_written_under_headings_comes_back(
    headings: tuple[str, ...], said: tuple[str, ...], forms: tuple[str, ...], order: list[Part]
) -> None:
    """Under any headings, decorated in any way and in any order, all that is typed is read back."""
    at = {part: place for place, part in enumerate(Part)}
    kept = read(
        "\n".join(forms[at[part]].format(name=headings[at[part]], body=said[at[part]]) for part in order)
    )
    for part in Part:
        assert tidy(kept.part(part)) == tidy(said[at[part]])


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    """Anything typed is either read or refused with the faults named."""
    with suppress(Unreadable):
        kept = read(text)
        assert all(kept.part(part) for part in Part)


PIECES = (
    "> ",
    "1. ",
    "(1)",
    "-",
    "=",
    "*",
    "【",
    "Steps ",
    "Steps:",
    "steps (",
    "\u200b",
    "－",
    "①",
    " ",
    "\n>",
    "expected",
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_text_is_read_in_no_time(piece: str) -> None:
    """Ten times the text takes about ten times as long: no heading is tried over and over."""

    def cost(length: int) -> float:
        text = (piece * length)[:length]
        read.cache_clear()
        start = time.process_time()
        with suppress(Unreadable):
            read(text)
        return time.process_time() - start

    assert cost(30_000) < 40 * max(min(cost(3_000) for _ in range(3)), 0.002)
