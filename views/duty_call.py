"""Calling whoever is on duty by a mention of Bugle: the words for it, and what it says."""

from collections.abc import Sequence

from domain.config import LANGUAGES
from domain.duty_surfaces import Line
from domain.message import Message
from views.text import Translator, cut_escaped, person, translator


def calls_duty(text: str) -> bool:
    """Tell whether what somebody said to Bugle is the word that calls who is on duty, in any language."""
    return text.strip().strip(".!?").lower() in {_word(translator(language)) for language in LANGUAGES}


def duty_call(lines: Sequence[Line], asker: str, language: str) -> Message:
    """Return the line that calls who is on duty in some rotations for somebody."""
    t = translator(language)
    said = []
    for line in lines[:10]:
        name = cut_escaped(line.name, 80)
        if line.person is None:
            said.append(t("Nobody is on duty now for *{rotation}*.").format(rotation=name))
        else:
            called = t("{person} is on duty for *{rotation}*, and {asker} calls.")
            said.append(called.format(person=person(line.person), rotation=name, asker=person(asker)))
    return Message("\n".join(said) or t("There is no rotation: nobody is on duty."))


def _word(t: Translator) -> str:
    return t("duty")
