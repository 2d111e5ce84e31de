"""A request for cover or for a swap: as those who are asked see it, and how it ended."""

from domain.cover_request import CoverRequest, State
from domain.message import Message
from views.blocks import Block, actions, button, context, section
from views.spans import span
from views.text import Translator, cut_escaped, person, translator

ACCEPT = "cover_accept"
DECLINE = "cover_decline"
ROW = "cover_answer"


def cover_message(request: CoverRequest, rotation: str, language: str) -> Message:
    """Return a request with the buttons to answer it while it is open; without them it says how it ended."""
    t = translator(language)
    said, when = _asked(t, request), _when(t, request)
    about = context(f"*{cut_escaped(rotation, 75)}*")
    if request.is_open:
        blocks = [section(f"{said}\n{when}"), about, actions(ROW, _buttons(t, request))]
        return Message(text=said, blocks=tuple(blocks))
    ended = _ended(t, request)
    return Message(text=f"{said} {ended}", blocks=(section(f"{said}\n{when}"), section(ended), about))


def _asked(t: Translator, request: CoverRequest) -> str:
    if request.other is not None:
        said = t("{person} would like to swap shifts with you.")
    elif request.asked is None:
        said = t("Who can cover this shift of {person}?")
    else:
        said = t("Can you cover this shift of {person}?")
    return said.format(person=person(request.whose))


def _when(t: Translator, request: CoverRequest) -> str:
    other = request.other
    if other is None:
        return span(request.start, request.end)
    theirs = t("You would have: {span}").format(span=span(request.start, request.end))
    yours = t("They would have: {span}").format(span=span(other.start, other.end))
    return f"{theirs}\n{yours}"


def _buttons(t: Translator, request: CoverRequest) -> list[Block]:
    if request.asked is None:
        return [button(t("I'll cover"), ACCEPT, request.id, primary=True)]
    return [
        button(t("Accept"), ACCEPT, request.id, primary=True),
        button(t("Decline"), DECLINE, request.id),
    ]


def _ended(t: Translator, request: CoverRequest) -> str:
    match request.state:
        case State.ACCEPTED if request.other is not None:
            said = t(":white_check_mark: Swapped.")
        case State.ACCEPTED:
            said = t(":white_check_mark: {person} covers it.")
        case State.DECLINED:
            said = t("{person} declined.")
        case State.WITHDRAWN:
            said = t("{person} took the request back.")
        case State.LAPSED:
            said = t("Nobody answered in time: the shift stays with {owner}.")
        case _:
            said = t("This is not needed any more.")
    by = person(request.answered_by or request.asked_by)
    return said.format(person=by, owner=person(request.whose))
