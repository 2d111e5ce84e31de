"""The message pinned in a channel: who is on duty there now, until when, and who is next."""

from domain.duty_surfaces import Line, Told
from domain.message import Message
from views.blocks import actions, button, header, section
from views.rotation_ids import ROTATIONS
from views.text import Translator, cut_escaped, moment, person, translator

ROW = "duty_board"
MOST = 40  # rotations; Slack's own limit is 50 blocks


def duty_board(told: Told, language: str) -> Message:
    """Return the message for all rotations that are shown in a channel."""
    t = translator(language)
    rows = [_row(t, line) for line in told.lines[:MOST]]
    title = t("On duty now")
    blocks = (
        header(title),
        *(section(row) for row in rows),
        actions(ROW, [button(t("All rotations"), ROTATIONS, "board")]),
    )
    return Message(text=f"{title}\n{rows[0]}" if len(rows) == 1 else title, blocks=blocks)


def _row(t: Translator, line: Line) -> str:
    said = [_now(t, line)]
    if line.then is not None:
        said.append(t("then {person}").format(person=person(line.then)))
    return f"*{cut_escaped(line.name, 150)}*  {' · '.join(said)}"


def _now(t: Translator, line: Line) -> str:
    if line.person is None:
        if line.until is None:
            return t("nobody")
        return t("nobody until {time}").format(time=moment(line.until))
    if line.until is None:
        return person(line.person)
    return t("{person} until {time}").format(person=person(line.person), time=moment(line.until))
