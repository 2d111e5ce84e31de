"""Comments on Jira issues: the first line names the person in Slack who said or did it."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.happened import Part
from views.issue_text import DESCRIPTION_LIMIT, escape_wiki
from views.terms import part_name
from views.text import Translator, cut, translator
from views.thread_text import not_moved

Values = Mapping[str, Any]


def issue_comment(name: str, by: str, values: Values, language: str) -> str:
    """Return a comment by its name, in wiki markup; `by` is the person's name."""
    return cut(COMMENTS[name](translator(language), f"*{escape_wiki(by)}*", values), DESCRIPTION_LIMIT)


def _owned(t: Translator, by: str, _: Values) -> str:
    return t("Taken by {person} in Slack, who has no Jira account known to Bugle.").format(person=by)


def _not_assignable(t: Translator, by: str, _: Values) -> str:
    return t("Taken by {person} in Slack, whom Jira does not take as the assignee.").format(person=by)


def _severity(t: Translator, by: str, values: Values) -> str:
    said = t("{person} in Slack set the severity to {severity}:")
    return (
        f"{said.format(person=by, severity=escape_wiki(values['severity']))}\n\n{_quoted(values['reason'])}"
    )


def _duplicate(t: Translator, by: str, values: Values) -> str:
    if values["key"] is None:
        return t("{person} in Slack closed this as a duplicate of an earlier report.").format(person=by)
    return t("{person} in Slack closed this as a duplicate of {key}.").format(person=by, key=values["key"])


def _not_a_bug(t: Translator, by: str, values: Values) -> str:
    return "\n\n".join(
        (t("{person} in Slack closed this as not a bug:").format(person=by), _quoted(values["reason"]))
    )


def _reopened(t: Translator, by: str, _: Values) -> str:
    return t("{person} in Slack opened this again.").format(person=by)


def _answered(t: Translator, by: str, values: Values) -> str:
    asked = t("{person} in Slack, who reported this, was asked:").format(person=by)
    answered = t("The answer:")
    return f"{asked}\n\n{_quoted(values['question'])}\n\n{answered}\n\n{_quoted(values['answer'])}"


def _not_moved(t: Translator, by: str, values: Values) -> str:
    decided = t("What {person} decided in Slack is not in the state of this issue.").format(person=by)
    return f"{decided} {escape_wiki(not_moved(t, values))}"


def _quoted(text: str) -> str:
    return f"{{quote}}{escape_wiki(text)}{{quote}}"


def _also_reported(t: Translator, by: str, values: Values) -> str:
    said = t("{person} in Slack reports this too.").format(person=by)
    who = escape_wiki(t.listing(values["customers"]))
    heading = escape_wiki(t("Customers"))
    rows = [f"||{heading}|{who}|"] if who else []
    return "\n".join([said, *rows, *_parts(t, values)])


def _customer_told(t: Translator, by: str, values: Values) -> str:
    said = t("{person} in Slack added what a customer told us.").format(person=by)
    who = escape_wiki(t.listing(values["customers"]))
    heading = escape_wiki(t("Customers"))
    rows = [f"||{heading}|{who}|"] if who else []
    return "\n".join([said, *rows, "", escape_wiki(values["quote"])])


def _still_broken(t: Translator, by: str, values: Values) -> str:
    said = t("{person} in Slack says that a customer still has this problem.").format(person=by)
    who = escape_wiki(t.listing(values["customers"]))
    heading = escape_wiki(t("Customers"))
    rows = [f"||{heading}|{who}|"] if who else []
    return "\n".join([said, *rows, "", escape_wiki(values["said"])])


def _completed(t: Translator, by: str, values: Values) -> str:
    return "\n".join([t("{person} tells more in Slack.").format(person=by), *_parts(t, values["parts"])])


def _parts(t: Translator, told: Values) -> list[str]:
    named = [(part_name(t, part), told[part]) for part in Part if part in told]
    return [line for name, text in named for line in ("", f"h4. {name}", escape_wiki(text))]


def _copy_edited(t: Translator, by: str, _: Values) -> str:
    return t(
        "What {person} said in Slack was edited here. It stays as it was there; an edit there comes here too."
    ).format(person=by)


def _copy_removed(t: Translator, by: str, _: Values) -> str:
    return t("What {person} said in Slack was deleted here. There it can still be read.").format(person=by)


COMMENTS: Mapping[str, Callable[[Translator, str, Values], str]] = {
    "owned": _owned,
    "not_assignable": _not_assignable,
    "severity": _severity,
    "duplicate": _duplicate,
    "not_a_bug": _not_a_bug,
    "reopened": _reopened,
    "answered": _answered,
    "not_moved": _not_moved,
    "also_reported": _also_reported,
    "customer_told": _customer_told,
    "still_broken": _still_broken,
    "completed": _completed,
    "copy_edited": _copy_edited,
    "copy_removed": _copy_removed,
}
