"""For whom a report waits, and when somebody else is asked: as everybody reads it, or the one asked."""

from domain.escalation import Ping
from domain.report import Report
from views.text import Translator, moment, person


def waiting_for(t: Translator, report: Report, ping: Ping | None, *, reader: str | None) -> str:
    """Return the line on a report that nobody looks at yet; `reader` is whom a direct message is for."""
    if ping is not None and report.on_duty is not None and report.on_duty == reader:
        return _waiting_for_you(t, ping)
    if report.on_duty is None:
        return _waiting_for_anybody(t, ping)
    first, due = ping is None or ping.step == 1, ping.due_at if ping else None
    said = {
        (True, False): t("Waiting for {person}, on duty"),
        (True, True): t("Waiting for {person}, on duty; the next in line is asked {when}"),
        (False, False): t("Waiting for {person}, next in line"),
        (False, True): t("Waiting for {person}, next in line; the one after is asked {when}"),
    }[first, due is not None]
    return said.format(person=person(report.on_duty), when=moment(due) if due else "")


def _waiting_for_anybody(t: Translator, ping: Ping | None) -> str:
    if ping is not None and ping.step > 1:
        return t("Everybody in the rotation was asked: whoever can, take it")
    if ping is None or ping.due_at is None:
        return t("Nobody is on duty: whoever can, take it")
    said = t("Nobody is on duty: whoever can, take it; the members are asked in turn from {when}")
    return said.format(when=moment(ping.due_at))


def _waiting_for_you(t: Translator, ping: Ping) -> str:
    if ping.due_at is None:
        return t("It waits for you")
    return t("It waits for you; the next in line is asked {when}").format(when=moment(ping.due_at))
