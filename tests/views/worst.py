"""The worst that views are given: arguments for any of them, by the types and names of its parameters."""

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from itertools import cycle, islice
from typing import Any
from zoneinfo import ZoneInfo

from domain import escalation
from domain.asking import Asked
from domain.config import Config, Product
from domain.customer import Customer, Profile
from domain.customer_issue import CustomerIssue, Origin, State, Told
from domain.duty import Duty, Why
from domain.given_away import HELP_DESK, GivenAway, Place
from domain.happened import Happened, Part
from domain.loop_list import LoopRow
from domain.message import Message
from domain.promise import Kind, Standing
from domain.report import Report
from domain.rotation import Shift
from domain.rotation_profile import Step
from domain.sensitive import find
from domain.severity import DEFAULT_SCALE, Severity
from domain.tracking import What
from tests.views.asked import CONFIG, OWN, PAY, SHOP, TREE, asked
from tests.views.reports import REPORT
from views import customer_card
from views.passing_form import Passing
from views.report_card import Shown
from views.text import Translator, translator
from views.time_off_form import Picked

PINGS = ("<!channel>", "<!here>", "<!everyone>", "<@U0ANA>", "<!subteam^S0ALL>", "[~admin]", "{code}")
TEXTS = (
    "a",
    "😀" * 3000,
    "👨‍👩‍👧‍👦" * 400,
    "\u202eשלום עולם " * 250,
    "\u200b\u200f\ufeff" * 1000,
    "&<>" * 1000,
    " ".join(PINGS) * 50,
    "*_~`" * 750,
    "word " * 600,
    "a\n" * 1500,
    "無空格的中文" * 500,
    "Steps:\n4111 1111 1111 1111\nExpected:\npassword: hunter2\nActual:\n" + "line\n" * 500,
)
"""As much as the typed field takes, of each kind of text that has broken something somewhere."""

IDS = {
    "owner": "U0ELSA",
    "zone": "America/Argentina/ComodRivadavia",
    "project": "SHOP",
    **dict.fromkeys(
        ("answered_by", "asked", "person", "reader", "stand_in", "taker", "to", "user", "who", "whose"),
        "U0ELSA",
    ),
    **dict.fromkeys(
        (
            "settled_by",
            "told_by",
            "asked_by",
            "asker",
            "asked_of",
            "by",
            "corrected_by",
            "holder",
            "lead",
            "leaver",
            "member",
        ),
        "U0ELSA",
    ),
    **dict.fromkeys(("issue", "key"), "SHOP-123456"),
    **dict.fromkeys(("nonce", "report", "customer_issue"), "01K0000000000000000000000"),
    "listed": "{}" * 100,
    "theirs": "zh_Hant",
    "currency": "EUR",
    "with_others": "U0ELSA",
    "account": "712020:0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
    "allowed": "S0TRIAGE",
    "members": ["U0ELSA", "U0DIEGO", "U0FANG"],
    **dict.fromkeys(("channel", "channels"), "C0SHOPBUGS"),
    "code": "A1B2C3",
    "effect_id": 123_456_789,
    "effort": 7,
    "files": "F0123456789",
    "id": 123_456_789,
    "until": 1_795_600_000,
    "due": 1_795_600_000,
    "kind": "create_issue",
    "limit": 10_000_000,
    "number": 12_345,
    "second": 1_795_600_000,
    "source_url": "https://acme.slack.com/archives/C0SHOPBUGS/p1795600000000000",
    **dict.fromkeys(("issue_url", "url", "address"), "https://jira.example/browse/SHOP-123456?" + "x" * 400),
}
"""What Slack, Jira and we make ourselves, by the parameter's name: nobody can write a text into it."""

NAMES = ("severity", "step", "before", "rotation")
"""What people call things in Jira and in bugle.toml, by the name of the value."""


class Anything(dict[str, Any]):
    """Values under every name: what we make ourselves where the name says so, else a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def __missing__(self, name: str) -> Any:
        if name in ("asks", "versions"):
            return [self._text[:255]] * 3
        if name == "news":
            ends = ((None, self._text), (self._text, None), (self._text, self._text))
            return [{"what": what, "before": before, "now": now} for what in What for before, now in ends]
        return IDS.get(name, self._text[:80] if name in NAMES else self._text)


MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def calls(view: Callable[..., Any], language: str) -> Iterator[dict[str, Any]]:
    """Yield arguments for a view: of each parameter every value at least once."""
    hints = typing.get_type_hints(view)
    wanted = list(inspect.signature(view).parameters)
    lists = {name: values(hints[name], name, language) for name in wanted}
    for step in range(max(map(len, lists.values()))):
        yield {name: next(islice(cycle(found), step, None)) for name, found in lists.items()}


def values(kind: Any, name: str, language: str) -> list[Any]:
    """Return the values that a parameter of this type and name is tried with."""
    if name == "language":
        return [language]
    if kind in _MADE:
        return _MADE[kind](language)
    inner = typing.get_args(kind)
    if isinstance(kind, types.UnionType):
        return [each for one in inner for each in values(one, name, language)]
    if typing.get_origin(kind) in (tuple, Sequence, list):
        some = tuple(values(inner[0], name, language))
        return [some] if inner[0] is Severity else [some, ()]
    if typing.get_origin(kind) is Mapping:
        return [Anything(text) for text in TEXTS]
    return _plain_values(kind, name, language)


def _plain_values(kind: Any, name: str, language: str) -> list[Any]:
    if kind in (str, int) and name in IDS:
        return [kind(IDS[name])]
    if kind is int:
        return [0, 1, 12_345]
    if kind is str:
        return [text[:80] for text in TEXTS] if name in NAMES else list(TEXTS)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)
    if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
        return [kind(**each) for each in calls(typing.cast("Callable[..., Any]", kind), language)]
    raise LookupError(f"add to tests/views/worst.py what a {kind} named {name} is at its worst")


def _shown(language: str) -> list[Shown]:
    return [
        Shown(
            report,
            SHOP,
            severity,
            f"https://jira.example/browse/{report.issue_key}" if report.issue_key else None,
            promised=tuple(
                Standing(each, timedelta(days=999), None, due, is_overdue=due is not None) for each in Kind
            ),
        )
        for report, severity, due in zip(
            _reports(language), cycle(DEFAULT_SCALE), cycle((MOMENT, None)), strict=False
        )
    ]


def _reports(language: str) -> list[Report]:
    stages: list[Mapping[str, Any]] = [
        {},
        {"issue_key": "SHOP-42", "on_duty": None, "customers": 12_345},
        {"acknowledged_by": "U0ELSA", "acknowledged_at": MOMENT, "refusal": {"customfield_1": "x" * 3000}},
        {"taken_by": "U0ELSA", "taken_at": MOMENT, "issue_key": "SHOP-42", "customers": 1},
    ]
    return [
        dataclasses.replace(
            REPORT,
            happened=Happened(text, text, text),
            area=text[:255],
            reporter_name=text[:80],
            language=language,
            **stage,
        )
        for text, stage in zip(TEXTS, cycle(stages), strict=False)
    ]


def _customer_issues(_: str) -> list[CustomerIssue]:
    told = {
        "origin": Origin.MESSAGE,
        "product": "shop",
        "brought_by": "U0ANA",
        "channel": "C0LUMEN",
        "ts": "1.2",
    }
    urls = {"source_url": IDS["source_url"], "help_desk_url": IDS["url"] * 4}
    settled = {"settled_by": "U0ELSA", "settled_at": MOMENT, "report": IDS["report"]}
    return [
        CustomerIssue(
            "01K0000000000000000000000",
            Told(
                nonce=str(number),
                quote=text,
                area=text[:255],
                author=text[:255],
                effort=7,
                satisfaction=100,
                tags=tuple(f"{each}{text}"[:50] for each in range(10)),
                **told,
                **urls,
            ),
            MOMENT,
            number,
            state,
            settled_note=text[:1000],
            **({} if state is State.NEW else settled),
        )
        for state in State
        for number, text in enumerate((*TEXTS, ""))
    ]


def _passings(language: str) -> list[Passing]:
    about = ("C0LUMEN", "1795600000.000100", IDS["source_url"])
    return [
        Passing("0" * 32, language, "shop", text, "1", text[:140], *about, text[:80], "U0XOLGA", ("F0",) * 10)
        for text in TEXTS
    ] + [Passing("0" * 32, language)]


def _profile(text: str) -> Profile:
    """Return a customer of whom everything is known."""
    return Profile(
        "k" * 255,
        text[:140],
        "1",
        *(text[:64], 9_999_999_999, text[:64], "America/Argentina/ComodRivadavia", "zh_Hant"),
        *(MOMENT.date(), "U0ELSA", "C0LUMEN", IDS["url"], IDS["url"]),
        fields={text[:64]: text[:255]},
    )


def _customer_cards(language: str) -> list[customer_card.Shown]:
    reports = [{"report": each, "url": IDS["url"]} for each in _reports(language)]
    return [
        customer_card.Shown(issue, SHOP, *who, **report)
        for number, issue in enumerate(_customer_issues(language))
        for who in ((), (_profile(TEXTS[number % len(TEXTS)]), 12_345, 12_345, "EUR", "U0ELSA"))
        for report in ({}, reports[number % len(reports)])
    ]


def _loop_rows(language: str) -> list[LoopRow]:
    found = [LoopRow(**each) for each in calls(LoopRow, language)]
    ids = (f"01K{number:023}" for number in range(len(found)))
    return [
        dataclasses.replace(each, loop=dataclasses.replace(each.loop, customer_issue=issue))
        for each, issue in zip(found, ids, strict=True)
    ]


def _given_away(_: str) -> list[GivenAway]:
    fields = (*(part.value for part in Part), HELP_DESK, "customfield_1")
    return [GivenAway(Place(field), TEXTS[-1], each) for field in fields for each in find(TEXTS[-1])]


_MADE: Mapping[Any, Callable[[str], list[Any]]] = {
    type(None): lambda _: [None],
    bool: lambda _: [True, False],
    datetime: lambda _: [MOMENT],
    timedelta: lambda _: [timedelta(days=999)],
    Picked: lambda _: [
        Picked("2026-11-23", "2026-11-24"),
        Picked("2026-11-23", "2026-11-24", "09:00", "17:30"),
    ],
    date: lambda _: [MOMENT.date()],
    ZoneInfo: lambda _: [ZoneInfo("Asia/Taipei")],
    Translator: lambda language: [translator(language)],
    Duty: lambda _: [Duty(MOMENT, MOMENT, "U0ELSA", Why.TURN, Shift(MOMENT, MOMENT, "U0ELSA", 0))],
    Shown: _shown,
    Report: _reports,
    Happened: lambda _: [Happened(text, text, text) for text in TEXTS],
    Config: lambda _: [CONFIG],
    Product: lambda _: [SHOP, PAY],
    Severity: lambda _: list(DEFAULT_SCALE),
    CustomerIssue: _customer_issues,
    Passing: _passings,
    customer_card.Shown: _customer_cards,
    Customer: lambda _: [Customer("1", text[:140]) for text in TEXTS],
    Asked: lambda _: [asked(*OWN, TREE), asked(product=PAY)],
    escalation.Asked: lambda _: [
        escalation.Asked(Step.OTHERS, "U0ELSA"),
        escalation.Asked(Step.CHANNEL, None),
    ],
    LoopRow: _loop_rows,
    GivenAway: _given_away,
    Message: lambda _: [Message("x")],
}
