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
        ("Steps:\n...\nExpected:\nOne\nActual:\nTwo", ((Part.STEPS, Fault.EMPTY),)),
        ("Steps:\n1\nExpected:\nOne\nActual:\nTwo\nActual:\nThree", ((Part.ACTUAL, Fault.TWICE),)),
    ],
)
def test_what_cannot_be_read_is_named(text: str, faults: tuple[tuple[Part, Fault], ...]) -> None:
    """Each part that is missing, empty or there twice is named with what is wrong with it."""
    with pytest.raises(Unreadable) as found:
        read(text)
    assert found.value.faults == faults


def test_a_heading_inside_a_sentence_is_not_one() -> None:
    """Words such as expected and actual in running text start no new part."""
    text = "Steps:\nThe actual steps are expected here\nExpected:\nOne\nActual:\nNot as expected at all"
    assert read(text) == Happened("The actual steps are expected here", "One", "Not as expected at all")


words = st.text("abc 123\n重现ñ", min_size=1).filter(lambda text: any(each.isalnum() for each in text))


@given(words, words, words, st.sampled_from(range(7)))
def test_what_is_written_under_headings_comes_back(one: str, two: str, three: str, form: int) -> None:
    """Whatever is typed under any of the headings is kept, apart from blank lines and spaces around it."""
    names = [HEADINGS[part][form % len(HEADINGS[part])] for part in Part]
    text = "\n".join(f"{name}:\n{body}" for name, body in zip(names, (one, two, three), strict=True))
    kept = read(text)
    for part, body in zip(Part, (one, two, three), strict=True):
        assert kept.part(part).split() == body.split()


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    """Anything typed is either read or refused with the faults named."""
    with suppress(Unreadable):
        kept = read(text)
        assert all(kept.part(part) for part in Part)
