"""The worst that views about where customer issues go are given."""

from collections.abc import Callable, Mapping
from itertools import cycle, islice
from typing import Any

from domain.customer import Profile
from domain.customer_config import Form
from domain.customer_issue import CustomerIssue
from domain.customer_routing import Decision, Delivery, Judged, Verdict
from domain.route_filters import Facts, Filter
from tests.views.worst import MOMENT, TEXTS, values
from views.customer_digest import Digest, Entry
from views.why_here import WhyHere
from workflows.customer_deliveries import PAGE

Arguments = list[dict[str, Any]]


def _digests(language: str) -> Arguments:
    issues = values(CustomerIssue, "issue", language)
    found: Arguments = []
    for text in TEXTS:
        customer = Profile("key", text[:140], tier=text[:64])
        entries = [
            Entry(issue, text, customer, has_card=has_card)
            for issue, has_card in islice(
                cycle((issue, card) for issue in issues for card in (False, True)), PAGE
            )
        ]
        places = [(text, text[:255], 12_345)] * 50
        found += [
            {"digest": Digest(entries, places, page, pages, "U0ELSA"), "language": language}
            for page, pages in ((1, 1), (1, 123), (123, 123))
        ]
    return [*found, {"digest": Digest([Entry(issues[0], "a")], [("a", None, 1)]), "language": language}]


def _whys(language: str) -> Arguments:
    found: Arguments = []
    for text in TEXTS:
        name, wanted = text[:150], (text[:150],) * 50
        judged = [
            Judged(line, name, "C0SHOPBUGS", verdict, named, wanted if named else (), 12_345)
            for line, (verdict, named) in enumerate(_VERDICTS * 20, 1)
        ]
        had = [
            Delivery("C0SHOPBUGS", form, MOMENT, each.line, name, "shop-bugs")
            for each, form in zip(judged, cycle(Form), strict=False)
            if each.verdict is Verdict.HAS_IT
        ]
        facts = Facts(*[text[:255]] * 6, effort=7)
        some = Decision(tuple(had), tuple(judged))
        none = Decision((Delivery("C0OWN", Form.EACH, MOMENT),), ())
        found += [
            {"why": WhyHere(channel, text, known, decision), "language": language}
            for channel, known, decision in (
                ("C0SHOPBUGS", facts, some),
                ("C0OTHER", facts, some),
                ("C0OWN", Facts("shop"), none),
            )
        ]
    return found


_VERDICTS: list[tuple[Verdict, Filter | None]] = [
    (verdict, None) for verdict in Verdict if verdict is not Verdict.UNFIT
]
_VERDICTS += [(Verdict.UNFIT, each) for each in Filter]

ROUTING: Mapping[str, Callable[[str], Arguments]] = {
    "views.customer_digest.customer_digest": _digests,
    "views.why_here.why_here_view": _whys,
}
