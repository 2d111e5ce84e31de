"""The coming shifts in words, as they stand beneath the form."""

from collections.abc import Sequence

from domain.duty import Duty
from views.duty_words import span, who_words
from views.text import Translator

SHOWN = 8


def preview_text(t: Translator, shifts: Sequence[Duty]) -> str:
    """Return the coming shifts, a line each; gaps and stand-ins say why."""
    lines = [f"{_mark(each)} {span(each.start, each.end)}  {who_words(t, each)}" for each in shifts[:SHOWN]]
    title = t("Coming shifts")
    return "\n".join([f"*{title}*", *(lines or [t("None: nobody would be on duty.")])])


def _mark(shift: Duty) -> str:
    return ":warning:" if shift.person is None else "•"
