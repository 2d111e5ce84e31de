"""Short direct messages about a report: what somebody decided, told to the one whom it concerns."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.message import Message
from domain.report import Report
from views.blocks import actions, button, context, section
from views.jira_link import LINK
from views.promise import broken_note, warned_note
from views.text import Translator, cut_escaped, escape, link, person, translator
from views.thread_text import quoted

Values = Mapping[str, Any]
UNKNOWN = "unknown_in_jira"
ROW = "note_actions"


def direct_note(name: str, report: Report, issue_url: str | None, values: Values, language: str) -> Message:
    """Return a note by its name about a report; the person who did it, if any, is `values["by"]`."""
    t = translator(language)
    said = NOTES[name](t, values)
    offered = [button(t("Link my Jira account"), LINK, report.id, primary=True)] if name == UNKNOWN else []
    row = [actions(ROW, offered)] if offered else []
    return Message(text=said, blocks=(section(said), context(about(report, issue_url)), *row))


def about(report: Report, issue_url: str | None) -> str:
    """Return which report a message is about: its issue, and what goes wrong."""
    title = cut_escaped(" ".join(report.happened.actual.split("\n", 1)[0].split()), 200)
    if report.issue_key and issue_url:
        return f"{link(issue_url, report.issue_key)} · {title}"
    return title


def _not_a_bug(t: Translator, values: Values) -> str:
    said = t("{person} closed your report as not a bug:").format(person=person(values["by"]))
    return f"{said}\n{quoted(values['reason'])}"


def _duplicate(t: Translator, values: Values) -> str:
    if values["key"] is None:
        said = t(
            "{person} closed your report as a duplicate of an earlier one. Its customers count there now."
        )
    else:
        said = t("{person} closed your report as a duplicate of {key}. Its customers count there now.")
    return said.format(person=person(values["by"]), key=escape(values["key"] or ""))


def _reopened(t: Translator, values: Values) -> str:
    return t("{person} opened your report again.").format(person=person(values["by"]))


def _assigned(t: Translator, values: Values) -> str:
    return t("{person} assigned this report to you.").format(person=person(values["by"]))


def _unknown(t: Translator, _: Values) -> str:
    return t("This report is yours, but its issue is assigned to nobody: Bugle does not know you in Jira.")


def _still_broken(t: Translator, values: Values) -> str:
    who = cut_escaped(t.listing(values["customers"]), 100) or t("a customer")
    said = t("{person} opened your report again, since {customers} still has the problem:")
    return f"{said.format(customers=who, person=person(values['by']))}\n{quoted(values['said'])}"


def _settled_before(t: Translator, values: Values) -> str:
    by = person(values["settled_by"]) if values["settled_by"] else "Bugle"
    said = t(
        "Your report is filed. It does not hang on the customer issue you began from, which {person} had"
        " settled meanwhile."
    )
    return said.format(person=by)


def _needs_info(t: Translator, _: Values) -> str:
    return t("Your report waits for more from you: see its issue, or the thread of its card.")


def _fixed(t: Translator, values: Values) -> str:
    if values["versions"]:
        said = t("What you reported is fixed. It comes out with {versions}.")
        return said.format(versions=_versions(t, values))
    return t("What you reported is fixed.")


def _released(t: Translator, values: Values) -> str:
    said = t("What you reported is fixed, and {versions} with it is out.")
    return said.format(versions=_versions(t, values))


def _wont_fix(t: Translator, values: Values) -> str:
    if not values["resolution"]:
        return t("What you reported will not be fixed.")
    said = t("What you reported will not be fixed. In Jira it says: {resolution}.")
    return said.format(resolution=cut_escaped(values["resolution"], 150))


def _closed_as_duplicate(t: Translator, values: Values) -> str:
    if not values["original"]:
        return t("Your report was closed in Jira as a duplicate.")
    said = t("Your report was closed in Jira as a duplicate of {key}.")
    return said.format(key=cut_escaped(values["original"], 100))


def _gone(t: Translator, _: Values) -> str:
    return t(
        "The issue of your report is not in Jira any more. Ask in the thread of its card what became of it."
    )


def _opened_in_jira(t: Translator, _: Values) -> str:
    return t("Your report was opened again in Jira.")


def _versions(t: Translator, values: Values) -> str:
    return cut_escaped(t.listing(values["versions"]), 300)


NOTES: Mapping[str, Callable[[Translator, Values], str]] = {
    "not_a_bug": _not_a_bug,
    "duplicate": _duplicate,
    "reopened": _reopened,
    "still_broken": _still_broken,
    "assigned": _assigned,
    "settled_before": _settled_before,
    UNKNOWN: _unknown,
    "phase_needs_info": _needs_info,
    "phase_fixed": _fixed,
    "phase_released": _released,
    "phase_wont_fix": _wont_fix,
    "phase_duplicate": _closed_as_duplicate,
    "phase_gone": _gone,
    "opened_in_jira": _opened_in_jira,
    "promise_warned": warned_note,
    "promise_broken": broken_note,
}
