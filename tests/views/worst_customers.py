"""The worst that views about customers and what they told us are given."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.settling import tidy_tag
from tests.views.worst import TEXTS

Arguments = list[dict[str, Any]]


def _tags(language: str) -> Arguments:
    tags = [(tag, 12_345) for text in TEXTS if (tag := tidy_tag(text))]
    return [
        {"found": found, "typed_text": text, "language": language}
        for found in ((), tags * 12)
        for text in TEXTS
        if found or tidy_tag(text)
    ]


CUSTOMERS: Mapping[str, Callable[[str], Arguments]] = {"views.customer_settling.tag_options": _tags}
