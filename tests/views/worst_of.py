"""What single views are given at their worst, where the types and names of their parameters do not say it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice
from typing import Any
from zoneinfo import ZoneInfo

from domain import duty
from domain.config import Product
from domain.cover_request import CoverRequest
from domain.covering import Stint
from domain.duty import TimeOff, Why
from domain.duty_surfaces import Line, Place, Surface, Told
from domain.effects import LOST, SHARED
from domain.handoff import Handoff, Outlook
from domain.loop_list import LoopRow
from domain.report import Report
from domain.rotation import Shift
from domain.triage import Question
from tests.views.asked import CONFIG, OWN, PAY, SHOP, asked
from tests.views.worst import IDS, MOMENT, TEXTS, Anything, values
from tests.views.worst_conversation import CONVERSATION
from tests.views.worst_customers import CUSTOMERS
from tests.views.worst_fairness import FAIRNESS
from tests.views.worst_loops import LOOPS
from tests.views.worst_rotations import ROTATIONS
from tests.views.worst_routing import ROUTING
from views import cover_notes
from views.comment_text import COMMENTS
from views.cover_notes import Note
from views.direct_text import NOTES
from views.handoff_list import HandoffList
from views.handoff_row import Line as HandoffLine
from views.home import DRAFTS, QUESTIONS, ROWS, Duty, HomeTab, Listed, Unfiled
from views.loop_home import ToTell
from views.my_shifts import Asked, MyShifts, Reader
from views.my_shifts import Row as ShiftRow
from views.opening import Opening
from views.report_card import Shown
from views.report_form import HAPPENED
from views.report_form.state import State
from views.shift_menu import Choices, Named
from views.text import translator
from views.thread_text import LINES

Arguments = list[dict[str, Any]]


def _lines(language: str) -> Arguments:
    return [
        {"name": name, "values": Anything(text), "language": language} for name in LINES for text in TEXTS
    ]


def _comments(language: str) -> Arguments:
    return [
        {"name": name, "by": text[:80], "values": Anything(text), "language": language}
        for name in COMMENTS
        for text in TEXTS
    ]


def _notes(language: str) -> Arguments:
    return [
        {"name": name, "report": report, "issue_url": url, "values": Anything(text), "language": language}
        for name in NOTES
        for report, text in zip(values(Report, "report", language), TEXTS, strict=True)
        for url in (None, IDS["url"])
    ]


def _cover_notes(language: str) -> Arguments:
    spans = ((MOMENT, MOMENT),) * 5
    noted = {name.partition(":")[0] for name in cover_notes.NOTES}
    people = (
        {"by": "U0ELSA", "person": "U0ELSA", "whose": "U0DIEGO"},
        {"by": "U0ELSA", "whose": "U0FANG"},
        {},
    )
    return [
        {
            "note": Note(name, spans, more=12, **those),
            "rotation": TEXTS[1],
            "reader": reader,
            "language": language,
        }
        for name in sorted(noted)
        for those in people
        for reader in ("U0ELSA", "U0DIEGO", "U0FANG")
    ]


def _typed(text: str) -> dict[str, Any]:
    return {HAPPENED: {HAPPENED: {"type": "plain_text_input", "value": text[:3000]}}}


def _drafts(language: str) -> Arguments:
    return [
        {"nonce": IDS["nonce"], "opening": {"text": text}, "state": state, "language": language}
        for text in TEXTS
        for state in ({}, _typed(text))
    ]


def _titles(language: str) -> Arguments:
    t = translator(language)
    return [{"t": t, "opening": each["opening"], "state": each["state"]} for each in _drafts(language)]


def _openings(language: str) -> list[Opening]:
    return [
        Opening(
            IDS["nonce"],
            language,
            text=text,
            source_url=IDS["url"],
            files=("F0123456789",) * 10,
            continued=IDS["second"],
        )
        for text in TEXTS
    ]


def _homes(language: str) -> Arguments:
    return [{"tab": _home(text, language), "language": language} for text in TEXTS] + [
        {"tab": HomeTab(Listed(), (), Listed(), Listed(), (), None, "C0ADMINS"), "language": language}
    ]


def _home(text: str, language: str) -> HomeTab:
    """Return a Home tab as full as it gets."""
    listed = Listed(tuple(values(Shown, "shown", language)[:ROWS]), offset=ROWS, has_more=True)
    return HomeTab(
        drafts=Listed(
            tuple(Unfiled(f"{n}", {"text": text}, _typed(text), MOMENT) for n in range(DRAFTS)),
            offset=DRAFTS,
            has_more=True,
        ),
        questions=tuple(Question(n, "R1", "U0ELSA", MOMENT, text, None, None) for n in range(QUESTIONS)),
        waiting=listed,
        mine=listed,
        duties=tuple(Duty(text[:80], person, MOMENT) for person in (None, "U0ELSA") for _ in range(60)),
        dead=12_345,
        admins="C0ADMINS",
        shifts=_shifts(text),
        to_tell=ToTell(12_345, MOMENT, tuple(values(LoopRow, "row", language)[:5]), "EUR"),
    )


def _shifts(text: str) -> MyShifts:
    """Return My shifts as full as it gets, with rotations and people called by this text."""
    people = tuple(f"U0{number:09}" for number in range(60))
    end = MOMENT + timedelta(days=7)
    asked = tuple(
        CoverRequest(
            f"{number:026}", "r" * 64, MOMENT, end, people[0], people[1], MOMENT, MOMENT, whom, *other
        )
        for number, (whom, other) in enumerate(((None, ()), (people[2], ()), (people[3], (MOMENT, end))) * 3)
    )
    swaps = tuple(Stint(MOMENT, end, each) for each in people[1:])
    why = duty.Duty(MOMENT, end, people[0], Why.SWAP, Shift(MOMENT, end, people[1], 1), "o")
    rows = tuple(
        ShiftRow(
            text[:255],
            why,
            Choices(
                Named(f"r{number:063}", Stint(MOMENT, end, people[0])),
                people[0],
                decides=True,
                members=people,
                swaps=swaps,
                requests=asked,
                is_over=True,
            ),
            people[1],
        )
        for number in range(8)
    )
    return MyShifts(
        rows=rows,
        asked=tuple(Asked(text[:255], each) for each in asked),
        time_off=(TimeOff("0" * 26, people[0], MOMENT, end),) * 20,
        rotations=tuple((f"rotation-{number}", text[:255] or "a") for number in range(120)),
        shown="rotation-1",
    )


def _my_shifts(language: str) -> Arguments:
    people = {f"U0{number:09}": f"{number} {'x' * 90}" for number in range(60)}
    reader = Reader(ZoneInfo("Asia/Taipei"), people, 12_345)
    return [
        {"seen": _shifts(text), "reader": reader, "language": language, "said": "s" * 500} for text in TEXTS
    ]


def _boards(language: str) -> Arguments:
    """Return the pinned message for one rotation and for more than it has room for."""
    lines = [
        Line("shop", text[:255], person, Why.TURN, until, then)
        for text in TEXTS
        for person, until, then in (
            (None, None, None),
            (None, MOMENT, "U0ELSA"),
            ("U0ELSA", MOMENT, "U0DIEGO"),
        )
    ]
    several = [tuple(lines[:1]), tuple(lines * 3)]
    return [{"told": Told(each, language), "language": language} for each in several]


def _refusals() -> list[str]:
    codes = (
        "permission_denied",
        "no_room",
        "too_many_pins",
        "missing_scope",
        "not_allowed_token_type",
        "strange",
    )
    more = ("plan_upgrade_required", "no_such_subteam", "invalid_users", "nobody_available", SHARED, LOST)
    whom = (f"{why} U0ELSA" for why in ("guest", "deactivated", "external", "bot", "user_not_found"))
    return [*codes, *more, *whom]


def _surface_fixes(language: str) -> Arguments:
    return [
        {"surface": surface, "reason": reason, "language": language}
        for surface in Surface
        for reason in _refusals()
    ]


def _surface_notes(language: str) -> Arguments:
    return [
        {"place": Place(surface, "S0ONDUTY"), "reason": reason, "names": names, "language": language}
        for surface in Surface
        for reason in (None, *_refusals())
        for names in ((), ("Shop",), TEXTS)
    ]


def _handoffs(language: str) -> Arguments:
    lines = cycle(
        replace(each, item=replace(each.item, handoff=number))
        for number, each in enumerate(values(HandoffLine, "line", language))
    )
    offered = [{"handoff": each, "rotation": "R" * 200} for each in values(Handoff, "handoff", language)]
    told = {"after": Outlook(MOMENT, "U0FANG"), "next_name": "😀" * 80, "page": 1, "has_more": True}
    counts = {"held": 12_345, "undecided": 12_345, "waiting": 12_345}
    return [
        {
            "shown": HandoffList(**each, **told, **counts, lines=tuple(islice(lines, ROWS)), effort=effort),
            "language": language,
        }
        for each in offered
        for effort in (None, 5)
        for _ in range(4)
    ]


def _forms(language: str) -> Arguments:
    names = tuple(f"{number} {'e' * 140}" for number in range(100))
    many = Product("many", "M" * 200, "MANY", "C0MANY", environments=names)
    return [
        {"config": CONFIG, "opening": opening, "asked": ask, "values": _typed(opening.text), "notes": notes}
        for opening in _openings(language)
        for ask in (None, asked(*OWN, product=SHOP), asked(product=PAY), asked(*OWN, product=many))
        for notes in (None, {each.id: opening.text for each in OWN})
    ]


SPECIAL: Mapping[str, Callable[[str], Arguments]] = {
    **FAIRNESS,
    "views.thread_text.thread_line": _lines,
    "views.comment_text.issue_comment": _comments,
    "views.direct_text.direct_note": _notes,
    "views.cover_notes.cover_note": _cover_notes,
    "views.draft_notices.reminder": _drafts,
    "views.draft_notices.draft_title": _titles,
    "views.opening.opening_blocks": lambda language: [
        {"t": translator(language), "opening": opening} for opening in _openings(language)
    ],
    "views.home.home": _homes,
    "views.my_shifts.my_shifts_view": _my_shifts,
    **ROTATIONS,
    **CONVERSATION,
    **CUSTOMERS,
    **LOOPS,
    **ROUTING,
    "views.duty_board.duty_board": _boards,
    "views.surface_notes.surface_fix": _surface_fixes,
    "views.surface_notes.surface_note": _surface_notes,
    "views.handoff_list.leaver_list": _handoffs,
    "views.handoff_list.taker_list": _handoffs,
    "views.report_form.building.report_form": _forms,
    "views.report_form.building.prefill": lambda language: [
        {"language": language, "text": text} for text in TEXTS
    ],
    "views.report_form.custom.field_blocks": lambda language: [
        {"t": translator(language), "product": SHOP, "asked": each, "state": State({})} for each in OWN
    ],
}
