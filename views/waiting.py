"""For whom a report waits, and when somebody else is asked: as everybody reads it, or the one asked."""

from datetime import datetime

from domain.escalation import Asked, Ping
from domain.report import Report
from domain.rotation_profile import Step
from views.text import Translator, moment, person


def waiting_for(
    t: Translator, report: Report, ping: Ping | None, *, reader: str | None, following: Asked | None
) -> str:
    """Return the line on a report that nobody looks at yet.

    `reader` is whom a direct message is for; that of the one asked names who is asked after them.
    """
    due = ping.due_at if ping else None
    if report.on_duty is not None and report.on_duty == reader:
        return _then(t, t("It waits for you"), due, following)
    if report.on_duty is None:
        return _waiting_for_anybody(t, ping)
    said = {
        ("duty", False): t("Waiting for {person}, on duty"),
        ("duty", True): t("Waiting for {person}, on duty; the next in line is asked {when}"),
        ("lead", False): t("Nobody is on duty: waiting for {person}"),
        ("lead", True): t("Nobody is on duty: waiting for {person}; the next in line is asked {when}"),
        ("line", False): t("Waiting for {person}, next in line"),
        ("line", True): t("Waiting for {person}, next in line; the one after is asked {when}"),
    }[_standing(ping), due is not None]
    return said.format(person=person(report.on_duty), when=moment(due) if due else "")


def looked_at(t: Translator, by: str, ping: Ping | None, *, reader: str | None) -> str:
    """Return the line on a report that somebody looks at or snoozes; they read for how long it counts."""
    if ping is not None and ping.snoozed_until is not None:
        said = t("Snoozed by {person} until {when}")
        return said.format(person=person(by), when=moment(ping.snoozed_until))
    if by == reader and ping is not None and ping.lapses_at is not None:
        said = t("You are looking at it; unless something comes of it, you are asked again {when}")
        return said.format(when=moment(ping.lapses_at))
    return t("{person} is looking at it").format(person=person(by))


def _standing(ping: Ping | None) -> str:
    """Say as what somebody is asked: on duty, as the lead because nobody is, or as next in line."""
    if ping is not None and ping.step > 1:
        return "line"
    return "lead" if ping is not None and ping.via is Step.LEAD else "duty"


def _waiting_for_anybody(t: Translator, ping: Ping | None) -> str:
    if ping is not None and ping.step > 1:
        if ping.due_at is None:
            return t("Everybody in the rotation was asked: whoever can, take it")
        said = t("Nobody has reacted: whoever can, take it; the next in line is asked {when}")
        return said.format(when=moment(ping.due_at))
    if ping is None or ping.due_at is None:
        return t("Nobody is on duty: whoever can, take it")
    said = t("Nobody is on duty: whoever can, take it; the members are asked in turn from {when}")
    return said.format(when=moment(ping.due_at))


def _then(t: Translator, waiting: str, due: datetime | None, following: Asked | None) -> str:
    """Say what comes when nobody reacts until *due*."""
    if due is None:
        return waiting
    if following is None:
        said = t("{waiting}; from {when} on nobody else can be asked")
    elif following.member is None:
        said = t("{waiting}; the channel is asked {when}")
    else:
        said = t("{waiting}; {person} is asked {when}")
    who = person(following.member) if following and following.member else ""
    return said.format(waiting=waiting, person=who, when=moment(due))
