"""Comments on Jira issues: the first line names the person in Slack who said or did it."""

from collections.abc import Callable, Mapping
from typing import Any

from views.issue_text import escape_wiki
from views.text import Translator, translator

Values = Mapping[str, Any]


def issue_comment(name: str, by: str, values: Values, language: str) -> str:
    """Return a comment by its name, in wiki markup; `by` is the person's name."""
    return COMMENTS[name](translator(language), f"*{escape_wiki(by)}*", values)


def _owned(t: Translator, by: str, _: Values) -> str:
    return t("Taken by {person} in Slack, who has no Jira account known to Bugle.").format(person=by)


COMMENTS: Mapping[str, Callable[[Translator, str, Values], str]] = {
    "owned": _owned,
}
