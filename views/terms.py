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


def part_name(t: Translator, part: Part) -> str:
    """Return the heading of a part of what happened."""
    return {
        Part.STEPS: t("Steps to reproduce"),
        Part.EXPECTED: t("Expected result"),
        Part.ACTUAL: t("Actual result"),
    }[part]
