"""The live messages about a report: the card in its channel, the reporter's receipt, and what all share.

The engineer's ping is in `views/report_ping.py`. Each is rendered from the report as it is now, so that an
edit needs no memory of what was said before.
"""

from dataclasses import dataclass

from domain.config import Product
from domain.escalation import Asked, Ping
from domain.message import Message
from domain.promise import Standing
from domain.report import Report, Workaround
from domain.severity import Severity
from domain.tracking import Tracked
from domain.triage import Question, State
from views.blocks import Block, context, section
from views.issue_state import ended, under_way
from views.promise import promised_line
from views.terms import workaround_note
from views.text import Translator, ago, cut_escaped, escape, link, person, translator
from views.thread_text import quoted
from views.triage_row import triage_row
from views.waiting import looked_at, waiting_for

CLOSED = "✔️"  # instead of the severity's mark, on what triage has closed


@dataclass(frozen=True, slots=True)
class Shown:
    """A report with what a message about it needs to know; `issue_url` is None while it has no issue.

    `question` is the last one its reporter was asked; `original_url` the address of what it duplicates.
    `tracked` is what Jira last told, `promised` by when somebody must do what. `ping` is the step at which
    the rotation is being asked; `reader` whom a direct message is for; `has_rotation` whether there is one to
    hand it back to. `following` is who is asked after the reader.
    """

    report: Report
    product: Product
    severity: Severity
    issue_url: str | None
    question: Question | None = None
    original_url: str | None = None
    ping: Ping | None = None
    reader: str | None = None
    has_rotation: bool = False
    following: Asked | None = None
    tracked: Tracked | None = None
    promised: tuple[Standing, ...] = ()

    @property
    def is_readers(self) -> bool:
        """Whether the report waits for whom the message is for."""
        return self.reader is None or self.reader == self.report.on_duty


def report_card(shown: Shown, language: str) -> Message:
    """Return the one card a report has in its product's channel."""
    t = translator(language)
    row = triage_row(t, shown.report, has_rotation=shown.has_rotation)
    return _message(shown, t, state(t, shown), row)


def report_receipt(shown: Shown, language: str, *, joined: bool = False) -> Message:
    """Return the direct message that tells the reporter what became of the report so far.

    `joined` is for one who met the same bug later.
    """
    t = translator(language)
    report = shown.report
    if joined:
        said = t("What you met is added to this report. You will be told here what becomes of it.")
    elif report.issue_key:
        said = t("Your report is in Jira. You will be told here what becomes of it.")
    else:
        said = t("Your report is kept. Its Jira issue is on its way and will be shown here.")
    told = state(t, shown)
    return _message(shown, t, f"{said}\n{told}" if report.triage.is_open else told, None)


def report_lines(shown: Shown, t: Translator) -> list[Block]:
    """Return a report as a list shows it: what it is, and in small how severe and how it stands."""
    stands = [line for line in state(t, shown).split("\n") if not line.startswith("> ")]
    told = context(" · ".join([escape(shown.severity.name), *stands]))
    return [section(f"{_mark(shown)} {_title(shown, t)}"), told]


def head(shown: Shown, t: Translator) -> Block:
    """Return what a message begins with: which report it is about."""
    return section(f"{_mark(shown)} *{_title(shown, t)}*")


def facts(shown: Shown, t: Translator) -> Block:
    """Return in small how bad it is, whom it happens to and who reported it."""
    report = shown.report
    told = [
        escape(shown.severity.name),
        *([t.plural("{count} customer", "{count} customers", report.customers)] if report.customers else []),
        *([workaround_note(t, report.workaround)] if report.workaround is Workaround.NONE else []),
        t("from {reporter}, {ago}").format(reporter=person(report.reporter), ago=ago(report.filed_at)),
    ]
    return context(" · ".join(told))


def state(t: Translator, shown: Shown) -> str:
    """Return who has the report or for whom it waits, or how it was closed."""
    report = shown.report
    if not report.triage.is_open:
        return _closing(t, shown)
    lines = (
        _owner(t, shown),
        _waiting(t, shown.question),
        under_way(t, shown.tracked),
        promised_line(t, shown.promised),
    )
    return "\n".join(filter(None, lines))


def spoken(shown: Shown, t: Translator) -> str:
    """Return what a notification reads out."""
    name = shown.report.issue_key or t("Issue on its way")
    return f"{name} · {_place(shown)}: {cut_escaped(_headline(shown.report), 200)}"


def _message(shown: Shown, t: Translator, told: str, row: Block | None) -> Message:
    blocks = (head(shown, t), facts(shown, t), section(told), *([row] if row else []))
    return Message(text=spoken(shown, t), blocks=blocks)


def _mark(shown: Shown) -> str:
    return shown.severity.mark if shown.report.triage.is_open else CLOSED


def _title(shown: Shown, t: Translator) -> str:
    report = shown.report
    if report.issue_key and shown.issue_url:
        name = link(shown.issue_url, report.issue_key)
    else:
        name = t("Issue on its way")
    return f"{name} · {_place(shown)}: {cut_escaped(_headline(report), 200)}"


def _place(shown: Shown) -> str:
    area = shown.report.area
    return cut_escaped(f"{shown.product.name} › {area}" if area else shown.product.name, 150)


def _headline(report: Report) -> str:
    return " ".join(report.happened.actual.split("\n", 1)[0].split())


def _closing(t: Translator, shown: Shown) -> str:
    """Say how triage closed the report, who did it and when."""
    triage = shown.report.triage
    if triage.state is State.RESOLVED:
        return ended(t, shown.tracked)
    by = person(triage.closed_by or "")
    when = ago(triage.closed_at) if triage.closed_at else ""
    if triage.state is State.DUPLICATE:
        key = triage.duplicate_key
        original = link(shown.original_url, key) if key and shown.original_url else t("an earlier report")
        if triage.closed_by is None:
            return t("Closed in Jira as a duplicate of {original}, {ago}").format(original=original, ago=when)
        return t("Duplicate of {original}, closed by {person} {ago}").format(
            original=original, person=by, ago=when
        )
    said = t("Not a bug, closed by {person} {ago}").format(person=by, ago=when)
    return f"{said}\n{quoted(triage.closed_reason or '')}"


def _waiting(t: Translator, question: Question | None) -> str | None:
    """Say whether the reporter still has to answer, or has."""
    if question is None:
        return None
    if question.answered_at is not None:
        return t("The reporter answered {ago}: see the thread").format(ago=ago(question.answered_at))
    said = t("Waiting for the reporter, whom {person} asked {ago}")
    return said.format(person=person(question.asked_by), ago=ago(question.asked_at))


def _owner(t: Translator, shown: Shown) -> str:
    report = shown.report
    if report.taken_by is not None and report.taken_at is not None:
        return t("Taken by {person} {ago}").format(person=person(report.taken_by), ago=ago(report.taken_at))
    if report.acknowledged_by is not None:
        return looked_at(t, report.acknowledged_by, shown.ping, reader=shown.reader)
    return waiting_for(t, report, shown.ping, reader=shown.reader, following=shown.following)
