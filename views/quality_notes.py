"""What a rep reads when an engineer could not act on a report as it is: kindly, and with an example."""

from domain.happened import Part
from domain.quality import Lack, Remark
from views.text import Translator


def remark_sentence(t: Translator, remark: Remark) -> str:
    """Return what could be better and an example of it; plain text."""
    if remark.kind is Lack.SEVERAL_PROBLEMS:
        return t(
            "This reads like two problems. Keep one here and file the other by itself, for example"
            " “The card is charged twice” here and “The invoice is empty” in a second report."
        )
    if remark.kind is Lack.SAME_AS_ACTUAL:
        return _same_sentence(t, remark.part)
    return _vague_sentence(t, remark.part)


def _same_sentence(t: Translator, part: Part) -> str:
    if part is Part.STEPS:
        return t(
            "“Steps to reproduce” says the same as “Actual result”. Say what to do to see it, one step a"
            " line, for example: 1. Put two items into the basket 2. Pay by card."
        )
    return t(
        "“Expected result” says the same as “Actual result”. Say what should have happened instead, for"
        " example: The card is charged once."
    )


def _vague_sentence(t: Translator, part: Part) -> str:
    return {
        Part.STEPS: t(
            "Nobody could follow these steps yet. Say what to open, press and type, one step a line, for"
            " example: 1. Put two items into the basket 2. Pay by card."
        ),
        Part.EXPECTED: t(
            "“Expected result” says nothing yet. Say what should have happened, for example: The card is"
            " charged once."
        ),
        Part.ACTUAL: t(
            "“Actual result” does not say what happens. Say what is seen, with the message word for word,"
            " for example: The page shows “Error 500” and the card is charged twice."
        ),
    }[part]
