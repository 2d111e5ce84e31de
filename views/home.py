"""The Home tab: the form's button, what waits for its reader, their drafts and reports, who is on duty."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from domain.triage import Question
from views.blocks import Block, actions, button, context, divider, header, section
from views.draft_notices import draft_buttons, draft_title
from views.drafted import State
from views.jira_link import LINK
from views.loop_home import ToTell, to_tell_blocks
from views.my_shifts import MyShifts, asked_blocks, request_line, shift_line
from views.question import ANSWER
from views.report_card import Shown, report_lines
from views.rotation_ids import CALENDAR, MY_SHIFTS, ROTATIONS, TIME_OFF
from views.spans import span
from views.text import Translator, ago, cut_escaped, moment, person, translator
from views.thread_text import quoted

ROWS = 8  # reports on a page of a list
DRAFTS = 5  # on a page of them
QUESTIONS = 5
SHIFTS = 3
PRODUCTS = 15  # in one paragraph
REPORT = "home_report"
CUSTOMER_ISSUE = "home_customer_issue"
CUSTOMERS = "home_customers"
PAGE = "home_page"
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Offsets:
    """From which row on each list is shown, counted from its newest."""

    waiting: int = 0
    mine: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Unfiled:
    """A draft: what its form was opened with, its `state.values`, and when it was saved last (aware UTC)."""

    nonce: str
    opening: Mapping[str, Any]
    state: State
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """One page of a list."""

    rows: tuple[Row, ...] = ()
    offset: int = 0
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """Who handles the bugs of a product or of one area, now and until when (aware UTC); None: nobody."""

    product: str
    person: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class HomeTab:
    """What concerns one person. `dead` counts what admins must decide; None for who is no admin.

    `account` is the name of the Jira account they have linked, if they have.
    """

    drafts: Listed[Unfiled]
    questions: tuple[Question, ...]
    waiting: Listed[Shown]
    mine: Listed[Shown]
    duties: tuple[Duty, ...]
    dead: int | None
    admins: str
    account: str | None = None
    shifts: MyShifts | None = None
    to_tell: ToTell | None = None


def home(tab: HomeTab, language: str) -> Block:
    """Return the Home tab as a view; a section without anything in it is left out."""
    t = translator(language)
    at = Offsets(tab.waiting.offset, tab.mine.offset, tab.drafts.offset)
    parts: Sequence[Sequence[Block]] = (
        [actions("home_report", _begin(t))],
        _admins(t, tab),
        _waiting(t, tab, at),
        _titled(t("Customers to tell"), to_tell_blocks(t, tab.to_tell)),
        _drafts(t, tab.drafts, at),
        _titled(t("Your reports"), _reports(t, tab.mine, at, "mine")) or _nothing(t, tab),
        _shifts(t, tab.shifts),
        _duties(t, tab.duties),
        _account(t, tab.account),
    )
    return {"type": "home", "blocks": [block for part in parts for block in part]}


def _begin(t: Translator) -> list[Block]:
    report = button(t("Report a bug"), REPORT, "report", primary=True)
    passing_on = button(t("Pass on what a customer said"), CUSTOMER_ISSUE, "customer_issue")
    return [report, passing_on, button(t("Customers"), CUSTOMERS, "customers")]


def _nothing(t: Translator, tab: HomeTab) -> list[Block]:
    """Say how to begin to who has nothing else to do here."""
    if tab.waiting.rows or tab.questions or tab.drafts.rows:
        return []
    return [context(t("You have not reported a bug yet. Press the button above, or type `/bug` anywhere."))]


def read_page(action: dict[str, Any]) -> Offsets:
    """Return which pages a pressed button turns to."""
    return Offsets(*map(int, action["value"].split(":")))


def _admins(t: Translator, tab: HomeTab) -> list[Block]:
    if not tab.dead:
        return []
    said = t("Calls that were refused for good and wait for a decision in {channel}: {count}").format(
        channel=f"<#{tab.admins}>", count=tab.dead
    )
    return [section(f":warning: {said}")]


def _waiting(t: Translator, tab: HomeTab, at: Offsets) -> list[Block]:
    asked = [block for question in tab.questions for block in _question(t, question)]
    return _titled(t("Waiting for you"), [*asked, *_reports(t, tab.waiting, at, "waiting")])


def _question(t: Translator, question: Question) -> list[Block]:
    asked = t("{person} asks about your report:").format(person=person(question.asked_by))
    answer = button(t("Answer"), ANSWER, str(question.id), primary=True)
    return [section(f"{asked}\n{quoted(question.text)}"), actions(f"home_question:{question.id}", [answer])]


def _reports(t: Translator, listed: Listed[Shown], at: Offsets, name: str) -> list[Block]:
    rows = [block for each in listed.rows for block in report_lines(each, t)]
    return [*rows, *_turns(t, listed, at, name, ROWS)]


def _turns(t: Translator, listed: Listed[Any], at: Offsets, name: str, size: int) -> list[Block]:
    """Return the buttons to the pages before and after one of this size, where there are some."""
    turns = [
        *([(t("Newer"), "newer", max(0, listed.offset - size))] if listed.offset else []),
        *([(t("Older"), "older", listed.offset + size)] if listed.has_more else []),
    ]
    buttons = [button(label, f"{PAGE}_{way}", _value(at, name, to)) for label, way, to in turns]
    return [actions(f"{PAGE}_{name}", buttons)] if buttons else []


def _titled(title: str, blocks: list[Block]) -> list[Block]:
    return [divider(), header(title), *blocks] if blocks else []


def _account(t: Translator, account: str | None) -> list[Block]:
    linked = t("Your Jira account: {name}").format(name=cut_escaped(account, 200)) if account else ""
    row = actions("home_account", [button(t("Link my Jira account"), LINK, "home")])
    return [divider(), *([context(linked)] if linked else []), row]


def _value(at: Offsets, name: str, to: int) -> str:
    turned = asdict(replace(at, **{name: to}))
    return f"{turned['waiting']}:{turned['mine']}:{turned['drafts']}"


def _drafts(t: Translator, drafts: Listed[Unfiled], at: Offsets) -> list[Block]:
    rows = [block for draft in drafts.rows for block in _draft(t, draft)]
    return _titled(t("Drafts"), [*rows, *_turns(t, drafts, at, "drafts", DRAFTS)])


def _draft(t: Translator, draft: Unfiled) -> list[Block]:
    saved = t("Saved {ago}").format(ago=ago(draft.saved_at))
    title = draft_title(t, draft.opening, draft.state)
    return [section(title), context(saved), draft_buttons(t, draft.nonce)]


def _shifts(t: Translator, shifts: MyShifts | None) -> list[Block]:
    """Show somebody's next shifts and what waits for their answer; nothing to who has neither."""
    if shifts is None or not (shifts.rows or shifts.asked or shifts.time_off):
        return []
    asked = [
        block for each in shifts.asked[:SHIFTS] for block in asked_blocks(t, each.rotation, each.request)
    ]
    lines = []
    for row in shifts.rows[:SHIFTS]:
        shift = row.choices.named.shift
        lines.append(shift_line(t, row.rotation, row.duty, row.instead_of))
        lines.append(span(shift.start, shift.end))
        lines += [request_line(t, each) for each in row.choices.requests[:SHIFTS]]
    away = [
        t("Time off: {span}").format(span=span(each.start, each.end)) for each in shifts.time_off[:SHIFTS]
    ]
    said = [section("\n".join([*lines, *away]))] if lines or away else []
    buttons = [button(t("My shifts"), MY_SHIFTS, "home"), button(t("Time off"), TIME_OFF, "home")]
    return _titled(t("My shifts"), [*asked, *said, actions("home_shifts", buttons)])


def _duties(t: Translator, duties: Sequence[Duty]) -> list[Block]:
    lines = []
    for duty in duties:
        if duty.person is None or duty.until is None:
            said = t("nobody")
        else:
            said = t("{person} until {time}").format(person=person(duty.person), time=moment(duty.until))
        lines.append(f"*{cut_escaped(duty.product, 75)}*  {said}")
    rows = [section("\n".join(lines[at : at + PRODUCTS])) for at in range(0, len(lines), PRODUCTS)]
    buttons = [button(t("Rotations"), ROTATIONS, "home"), button(t("Calendar"), CALENDAR, "home")]
    more = actions("home_rotations", buttons)
    return _titled(t("On duty now"), [*rows[:4], more])
