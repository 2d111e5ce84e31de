"""What a rotation's channel reads about its duty: one line at each change, one ahead of a gap."""

from collections.abc import Sequence
from datetime import datetime

from domain.handoff import Gone, Outlook
from domain.message import Message
from views.text import cut_escaped, moment, person, translator

NAME = 80  # characters of a rotation's name
MEMBERS = 20  # named in one line


def now_on_duty(
    rotation: str,
    holder: str | None,
    after: Outlook,
    next_name: str | None,
    instead_of: str | None,
    *,
    has_ended: bool,
    language: str,
) -> Message:
    """Return the line at a change: who has the duty now, until when, and who is next.

    Only the holder is mentioned; *next_name* and *instead_of* are told without calling them.
    """
    t = translator(language)
    name = cut_escaped(rotation, NAME)
    if holder is None:
        return Message(_nobody(name, after, language, has_ended=has_ended))
    if after.until is None:
        said = t("{person} is on duty now for *{rotation}*.").format(person=person(holder), rotation=name)
    else:
        said = t("{person} is on duty now for *{rotation}*, until {time}.").format(
            person=person(holder), rotation=name, time=moment(after.until)
        )
    more = []
    if instead_of:
        more.append(t("It is the turn of {name}.").format(name=cut_escaped(instead_of, NAME)))
    if next_name:
        more.append(t("Next: {name}.").format(name=cut_escaped(next_name, NAME)))
    elif after.until is not None:
        more.append(t("After that nobody is on duty."))
    return Message(" ".join([said, *more]))


def _nobody(rotation: str, after: Outlook, language: str, *, has_ended: bool) -> str:
    t = translator(language)
    if has_ended:
        return t("*{rotation}* has ended: nobody is on duty in it any more.").format(rotation=rotation)
    if after.until is None:
        return t("Nobody is on duty now for *{rotation}*.").format(rotation=rotation)
    said = t("Nobody is on duty now for *{rotation}*, until {time}.")
    return said.format(rotation=rotation, time=moment(after.until))


def next_round(rotation: str, names: Sequence[str], language: str) -> Message:
    """Return the line about the order of the coming round, by names: nobody is called for it."""
    t = translator(language)
    shown = [cut_escaped(each, NAME) for each in names[:MEMBERS]]
    if len(names) > MEMBERS:
        shown.append("…")
    return Message(
        t(
            "The next round of *{rotation}* begins with whoever had the least to do lately (pings, bugs"
            " taken, effort said): {names}."
        ).format(rotation=cut_escaped(rotation, NAME), names=t.listing(shown))
    )


def gap_ahead(rotation: str, start: datetime, until: datetime, lead: str | None, language: str) -> Message:
    """Return the warning that nobody is on duty from *start* to *until*, since everybody is away."""
    t = translator(language)
    said = t(
        ":warning: Everybody in *{rotation}* is away from {start} to {until}: nobody will be on duty."
        " Somebody can take the duty, or a part of it, in `/rotation`."
    ).format(rotation=cut_escaped(rotation, NAME), start=moment(start), until=moment(until))
    return Message(f"{person(lead)} {said}" if lead else said)


def member_gone(rotation: str, who: str, why: Gone, language: str) -> Message:
    """Return what admins are told of a member who cannot have the duty: why, and what to do."""
    t = translator(language)
    said = {
        Gone.DEACTIVATED: t("{person} has the duty of *{rotation}* in turn, but their account is closed."),
        Gone.GUEST: t("{person} has the duty of *{rotation}* in turn, but is a guest here."),
        Gone.EXTERNAL: t("{person} has the duty of *{rotation}* in turn, but belongs to another company."),
        Gone.SILENT: t("{person} has the duty of *{rotation}* in turn, but takes no messages from Bugle."),
    }[why]
    fix = t(
        "Bugle does not write to them. Hand-offs go on, and what they held is offered to the next. Remove"
        " them with `/rotation`."
    )
    told = said.format(person=person(who), rotation=cut_escaped(rotation, NAME))
    return Message(f":warning: {told} {fix}")
