"""One bug in the messages of a hand-off: what it is, how it stands, and what can be decided of it."""

from dataclasses import dataclass

from domain.handoff import Decision, Item
from domain.report import Report
from views.blocks import Block, actions, button, context, divider
from views.report_card import Shown, report_lines
from views.text import Translator, ago, cut_escaped, person

PASS = "handoff_pass"  # noqa: S105 - an action id
KEEP = "handoff_keep"
ACCEPT = "handoff_accept"


@dataclass(frozen=True, slots=True)
class Line:
    """A bug of a hand-off, with whom it was passed on *to*; *is_theirs* while it is the leaver's to give."""

    shown: Shown
    item: Item
    leaver: str
    to: str | None
    is_theirs: bool


def held_row(t: Translator, line: Line) -> list[Block]:
    """Return a bug as its leaver sees it, with what they can still decide of it."""
    blocks = [divider(), *report_lines(line.shown, t), _how_it_stands(t, line, _to_leaver(t, line))]
    if not line.is_theirs:
        return blocks
    value = item_value(line.item)
    to_pass = [] if line.item.is_offered else [button(t("Pass on"), PASS, value)]
    to_keep = [] if line.item.decision is Decision.KEPT else [button(t("Keep it"), KEEP, value)]
    return [*blocks, actions(f"handoff:{value}", [*to_pass, *to_keep])]


def given_row(t: Translator, line: Line) -> list[Block]:
    """Return a bug as the one sees it to whom it is passed on."""
    blocks = [divider(), *report_lines(line.shown, t), _how_it_stands(t, line, _to_taker(t, line))]
    if not line.is_theirs:
        return blocks
    value = item_value(line.item)
    return [*blocks, actions(f"handoff:{value}", [button(t("Accept"), ACCEPT, value, primary=True)])]


def _how_it_stands(t: Translator, line: Line, decided: str) -> Block:
    """Say who waits, what was said last, what comes next, and what was decided of a bug."""
    report = line.shown.report
    told = [decided] if decided else []
    if report.triage.is_open:
        told = [*_waits(t, report), *_last_word(t, line.shown), _next_step(t, line.shown), *told]
    return context("\n".join(told) or t("Nothing is left to do."))


def _to_leaver(t: Translator, line: Line) -> str:
    """Say what the leaver decided, and what became of it."""
    item, to = line.item, person(line.to or "")
    if item.accepted_at is not None:
        return t("{person} accepted it {ago}.").format(person=to, ago=ago(item.accepted_at))
    if not line.is_theirs:
        return ""
    if item.is_offered:
        said = t("Passed on to {person}, who has not accepted it yet: until then it is yours.")
        return said.format(person=to)
    return t("You keep it.") if item.decision is Decision.KEPT else ""


def _to_taker(t: Translator, line: Line) -> str:
    """Say whether a bug is theirs already, or whose it is until then."""
    if line.item.accepted_at is not None:
        return t("You accepted it {ago}.").format(ago=ago(line.item.accepted_at))
    if not line.is_theirs:
        return ""
    return t("Until you accept it, it is with {owner}.").format(owner=person(line.leaver))


def _waits(t: Translator, report: Report) -> list[str]:
    if not report.customers:
        return []
    said = t.plural(
        "{count} customer waits, since {ago}", "{count} customers wait, since {ago}", report.customers
    )
    return [said.replace("{ago}", ago(report.filed_at))]


def _last_word(t: Translator, shown: Shown) -> list[str]:
    question = shown.question
    if question is None:
        return []
    by, words = (shown.report.reporter, question.answer) if question.answer else (question.asked_by, None)
    said = t("Last word, from {person}: “{words}”")
    word = " ".join((words or question.text).split())
    return [said.format(person=person(by), words=cut_escaped(word, 150))]


def _next_step(t: Translator, shown: Shown) -> str:
    report, question = shown.report, shown.question
    if report.refusal and report.issue_key is None:
        return t("Next: the reporter corrects what Jira refused.")
    if question is not None and question.answered_at is None:
        return t("Next: hear from the reporter, or ask again.")
    if report.taken_by is None:
        return t("Next: somebody takes it.")
    return t("Next: fix it, or say why not.")


def item_value(item: Item) -> str:
    """Return what a button about a bug of a hand-off carries."""
    return f"{item.handoff}:{item.report}"


def read_item(value: str) -> tuple[int, str]:
    """Return the hand-off and the report that a pressed button is about."""
    handoff, _, report = value.partition(":")
    return int(handoff), report
