"""The worst that views of what is said in Slack and in Jira are given."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.views.worst import IDS, TEXTS

Arguments = list[dict[str, Any]]
MARKUP = (
    "{quote}" * 3000,
    "[~admin] !x! {color:red}" * 2000,
    "`" * 9000,
    "```" + "{noformat}" * 3000,
    "<https://x.example/|" * 2000,
    "&gt; \n" * 5000,
    "* one\n" * 4000,
    "[a|https://x.example/?<!channel>]" * 900,
    "h1. *<!here>*\n" * 2000,
)
FILES = ((), ("a.png",), ("f" * 255,) * 100)


def _in_slack(language: str) -> Arguments:
    return [
        {
            "author": text[:80],
            "text": each,
            "files": files,
            "name": lambda _, text=text: text,
            "language": language,
        }
        for text in TEXTS
        for each in (text, *MARKUP)
        for files in FILES
    ]


def _in_jira(language: str) -> Arguments:
    return [
        {
            "author": text[:255],
            "text": each,
            "url": IDS["url"],
            "names": {"admin": text[:255]},
            "language": language,
        }
        for text in TEXTS
        for each in (text, *MARKUP)
    ]


CONVERSATION: Mapping[str, Callable[[str], Arguments]] = {
    "views.conversation.said_in_slack": _in_slack,
    "views.conversation.said_in_jira": _in_jira,
}
