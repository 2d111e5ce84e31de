"""What is promised for a report, as its card says it, and what people are told when time runs out."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.promise import Kind, Standing
from views.text import Translator, moment, moment_of, person

Values = Mapping[str, Any]


def promised_line(t: Translator, standing: Iterable[Standing]) -> str | None:
    """Return until when somebody must respond and it must be resolved; None where nothing is open."""
    return " · ".join(_promised(t, each) for each in standing if each.met is None) or None


def _promised(t: Translator, each: Standing) -> str:
    said = {
        (Kind.RESPONSE, "waits"): t("The time to respond stands still"),
        (Kind.RESPONSE, "open"): t("Respond by {when}"),
        (Kind.RESPONSE, "overdue"): t("Response overdue since {when}"),
        (Kind.RESOLUTION, "waits"): t("The time to resolve it stands still"),
        (Kind.RESOLUTION, "open"): t("Resolve by {when}"),
        (Kind.RESOLUTION, "overdue"): t("Resolution overdue since {when}"),
    }[each.kind, "waits" if each.due is None else "overdue" if each.is_overdue else "open"]
    return said.format(when=moment(each.due) if each.due else "")


def warned_note(t: Translator, values: Values) -> str:
    """Return what whoever has a report reads before a promise is broken."""
    if values["kind"] == Kind.RESPONSE:
        said = t("Somebody should respond by {when}: take or acknowledge it, or ask its reporter.")
    else:
        said = t("This report should be resolved by {when}.")
    return said.format(when=moment_of(values["due"]))


def warned_line(t: Translator, values: Values) -> str:
    """Return the same for the thread; `to` is who was told, None where nobody could be."""
    is_response, to = values["kind"] == Kind.RESPONSE, values["to"]
    if to is None:
        said = (
            t("Respond by {when}: time is running out.")
            if is_response
            else (t("Resolve by {when}: time is running out."))
        )
    else:
        said = (
            t("Respond by {when}: {person} is reminded.")
            if is_response
            else (t("Resolve by {when}: {person} is reminded."))
        )
    return said.format(when=moment_of(values["due"]), person=person(to or ""))


def broken_note(t: Translator, values: Values) -> str:
    """Return what the lead of a rotation reads of a promise that was not kept."""
    if values["kind"] == Kind.RESPONSE:
        said = t("Nobody has responded to this report. A response was promised by {when}.")
    else:
        said = t("This report is not resolved. That was promised by {when}.")
    return said.format(when=moment_of(values["due"]))
