"""The worst that views about where customer issues go are given."""

from collections.abc import Callable, Mapping
from itertools import cycle, islice
from typing import Any

from domain.customer import Profile
from domain.customer_issue import CustomerIssue
from tests.views.worst import TEXTS, values
from views.customer_digest import Digest, Entry
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


ROUTING: Mapping[str, Callable[[str], Arguments]] = {"views.customer_digest.customer_digest": _digests}
