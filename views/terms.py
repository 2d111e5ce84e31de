"""The names people read for what the domain calls by keys."""

from domain.happened import Part
from domain.report import Impact, Workaround
from views.text import Translator


def impact_name(t: Translator, impact: Impact) -> str:
    """Return an impact as the form and the issue say it."""
    return {
        Impact.BLOCKED: t("Blocks their work"),
        Impact.DATA: t("Wrong or lost data"),
        Impact.DIFFICULT: t("Works with difficulty"),
        Impact.COSMETIC: t("Cosmetic"),
    }[impact]


def workaround_name(t: Translator, workaround: Workaround) -> str:
    """Return a workaround as the form and the issue say it."""
    return {
        Workaround.NONE: t("None known"),
        Workaround.USED: t("Yes, they use it"),
    }[workaround]


def workaround_note(t: Translator, workaround: Workaround) -> str:
    """Return a workaround as a card says it in passing."""
    return {
        Workaround.NONE: t("no workaround"),
        Workaround.USED: t("has a workaround"),
    }[workaround]


def effort_name(t: Translator, effort: int) -> str:
    """Return a step of customer effort, 1 to 7, as the form and the issue say it."""
    return {
        1: t("1 · Hardly any"),
        2: t("2 · A little"),
        3: t("3 · Some"),
        4: t("4 · Noticeable"),
        5: t("5 · A lot"),
        6: t("6 · Far too much"),
        7: t("7 · They have had enough"),
    }[effort]


def part_name(t: Translator, part: Part) -> str:
    """Return the heading of a part of what happened."""
    return {
        Part.STEPS: t("Steps to reproduce"),
        Part.EXPECTED: t("Expected result"),
        Part.ACTUAL: t("Actual result"),
    }[part]
