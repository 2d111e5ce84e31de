"""What admins read when people of another company come to read a channel of ours."""

from domain.message import Message
from views.blocks import actions, button, confirmed, section
from views.text import person, translator

REMOVE = "shared_channel_remove"
ACTIONS = "shared_channel_actions"


def shared_channel(channel: str, language: str, *, is_over: bool = False, by: str | None = None) -> Message:
    """Return the notice about a channel: what stops there, what can be done, and how it ended."""
    t = translator(language)
    place = f"<#{channel}>"
    head = t("People of another company read {channel}.").format(channel=place)
    stops = t(
        "Bugle says nothing there any more that is for your own people, and holds it back; what it said there"
        " before, they can read."
    )
    advice = t(
        "End the sharing, and Bugle goes on there by itself. Or name another channel in bugle.toml and start"
        " Bugle anew: what comes then goes there."
    )
    lines = [f":warning: *{head}* {stops}", advice]
    if is_over:
        said = t("Only your own people read {channel} again: Bugle goes on there, with what it held back.")
        lines = [f":white_check_mark: {said.format(channel=place)}"]
    if by is not None:
        gone = t("{person} had Bugle remove its messages there; what it held back is given up.")
        lines.append(gone.format(person=person(by)))
    text = section("\n".join(lines))
    if is_over or by is not None:
        return Message(head, (text,))
    remove = confirmed(
        button(t("Remove Bugle's messages there"), REMOVE, channel),
        t("Remove them?"),
        t(
            "Everything that Bugle wrote in that channel for your own people is deleted there, cards and"
            " threads, for everybody, and what it holds back for it is given up. Reports and Jira issues"
            " stay."
        ),
        t("Remove"),
        t("Keep"),
    )
    return Message(head, (text, actions(ACTIONS, [remove])))
