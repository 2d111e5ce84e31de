"""The quiet lines in a card's thread: what somebody did with a report, one sentence each."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.happened import Part
from domain.message import Message
from domain.tracking import What
from views.promise import warned_line
from views.terms import part_name
from views.text import Translator, cut_escaped, escape, moment_of, person, translator

Values = Mapping[str, Any]
QUOTED = 2800  # characters of what somebody typed, in one line


def thread_line(name: str, values: Values, language: str) -> Message:
    """Return a line by its name; `values` are what it was decided with, as JSON keeps them."""
    return Message(LINES[name](translator(language), values))


def _taken(t: Translator, values: Values) -> str:
    return t("{person} took it.").format(person=person(values["by"]))


def _assigned(t: Translator, values: Values) -> str:
    said = t("{person} assigned it to {owner}.")
    return said.format(person=person(values["by"]), owner=person(values["to"]))


def _not_assignable(t: Translator, values: Values) -> str:
    said = t(
        "Jira does not take {person} as the assignee: “{said}” The report is theirs in Bugle only. Ask a Jira"
        " admin to give them the permission “Assignable User” in {project} and to assign the issue, or press"
        " Assign… for somebody else."
    )
    return said.format(
        person=person(values["owner"]),
        said=cut_escaped(values["said"], 300),
        project=escape(values["project"]),
    )


def _handed(t: Translator, values: Values) -> str:
    if values["to"] is None:
        said = t("{person} gave it back.")
    else:
        said = t("{person} gave it back to the rotation: {engineer} is on duty.")
    return said.format(person=person(values["by"]), engineer=person(values["to"] or ""))


def _handed_over(t: Translator, values: Values) -> str:
    said = t("{person} took it over from {owner}.")
    return said.format(person=person(values["by"]), owner=person(values["owner"]))


def _offered(t: Translator, values: Values) -> str:
    said = t("{owner} passes it on to {person}, who can accept it in their messages from Bugle.")
    return said.format(owner=person(values["by"]), person=person(values["to"]))


def _offered_for(t: Translator, values: Values) -> str:
    said = t("{owner} cannot be reached in Slack: {person} can accept it in their messages from Bugle.")
    return said.format(owner=person(values["by"]), person=person(values["to"]))


def _severity(t: Translator, values: Values) -> str:
    said = t("{person} set the severity to {severity}:").format(
        person=person(values["by"]), severity=escape(values["severity"])
    )
    return f"{said}\n{quoted(values['reason'])}"


def _severity_by_rule(t: Translator, values: Values) -> str:
    customers = t.plural("{count} customer", "{count} customers", values["number"])
    said = t("With {customers} the severity is {severity} now, by the rules.")
    return said.format(customers=customers, severity=escape(values["severity"]))


def _duplicate(t: Translator, values: Values) -> str:
    if values["key"] is None:
        return t("{person} closed it as a duplicate of an earlier report.").format(
            person=person(values["by"])
        )
    said = t("{person} closed it as a duplicate of {key}.")
    return said.format(person=person(values["by"]), key=escape(values["key"]))


def _not_a_bug(t: Translator, values: Values) -> str:
    said = t("{person} closed it as not a bug:").format(person=person(values["by"]))
    return f"{said}\n{quoted(values['reason'])}"


def _reopened(t: Translator, values: Values) -> str:
    return t("{person} opened it again.").format(person=person(values["by"]))


def _asked(t: Translator, values: Values) -> str:
    said = t("{person} asked {reporter}:").format(person=person(values["by"]), reporter=person(values["to"]))
    return f"{said}\n{quoted(values['question'])}"


def _answered(t: Translator, values: Values) -> str:
    said = t("{reporter} answered {person}:").format(
        reporter=person(values["by"]), person=person(values["to"])
    )
    return f"{said}\n{quoted(values['answer'])}"


def _asked_a_guest(t: Translator, values: Values) -> str:
    said = t("{person}: {reporter} is a guest here and may not see what Bugle writes. Ask them yourself too.")
    return said.format(person=person(values["by"]), reporter=person(values["to"]))


def _unreachable(t: Translator, values: Values) -> str:
    said = t("{person}: Bugle cannot write to {reader}, whose account is closed or takes no messages.")
    return said.format(person=person(values["by"]), reader=person(values["to"]))


def _not_moved(t: Translator, values: Values) -> str:
    return escape(not_moved(t, values))


def _moved(t: Translator, values: Values) -> str:
    said = t("The issue was moved in Jira: {before} is {key} now.")
    return said.format(before=escape(values["before"]), key=escape(values["key"]))


def _nobody_on_duty(t: Translator, values: Values) -> str:
    called = person(values["lead"]) if values["lead"] else " ".join(map(person, values["members"]))
    return t("{people}: nobody is on duty now. Who can take it?").format(people=called)


def _lead_asked(t: Translator, values: Values) -> str:
    return t("Nobody is on duty now: {next} is asked.").format(next=person(values["to"]))


def _now_on_duty(t: Translator, values: Values) -> str:
    return t("{next} is on duty now, and is asked.").format(next=person(values["to"]))


def _ping_unanswered(t: Translator, values: Values) -> str:
    if values["member"] is None:
        return t("Nobody has reacted in time: {next} is asked now.").format(next=person(values["to"]))
    said = t("{person} has not reacted in time: {next} is asked now.")
    return said.format(person=person(values["member"]), next=person(values["to"]))


def _ping_passed(t: Translator, values: Values) -> str:
    said = t("{person} passed it on: {next} is asked now.")
    return said.format(person=person(values["by"]), next=person(values["to"]))


def _ping_unreachable(t: Translator, values: Values) -> str:
    said = t("{person} cannot be reached in Slack: {next} is asked now.")
    return said.format(person=person(values["member"]), next=person(values["to"]))


def _ping_lapsed(t: Translator, values: Values) -> str:
    said = t("{person} acknowledged it, and nothing has come of it: {next} is asked now.")
    return said.format(person=person(values["member"]), next=person(values["to"]))


def _asked_once_more(t: Translator, values: Values) -> str:
    said = t("{person} acknowledged it, and nothing has come of it: they are asked once more.")
    return said.format(person=person(values["member"]))


def _snoozed(t: Translator, values: Values) -> str:
    said = t("{person} snoozed it until {when}.")
    return said.format(person=person(values["by"]), when=moment_of(values["until"]))


def _snooze_over(t: Translator, values: Values) -> str:
    return t("The snooze is over: {next} is asked now.").format(next=person(values["to"]))


def _all_asked(t: Translator, values: Values) -> str:
    asked = " ".join(map(person, values["members"]))
    if values["lead"]:
        said = t("{lead}: everybody in the rotation was asked, and nobody has it: {asked}. Who can take it?")
        return said.format(lead=person(values["lead"]), asked=asked)
    said = t("{asked}: everybody in the rotation was asked, and nobody has it. Who can take it?")
    return said.format(asked=asked)


def _channel_asked(t: Translator, values: Values) -> str:
    called = " ".join(map(person, [*filter(None, [values["lead"]]), *values["members"]]))
    return t("{people}: nobody has reacted in time. Who can take it?").format(people=called)


def _nobody_left(t: Translator, _: Values) -> str:
    return t("Nobody has reacted in time, and nobody is left to ask. Whoever can, take it.")


def not_moved(t: Translator, values: Values) -> str:
    """Return why an issue stayed where it was in its workflow, as plain text."""
    if values["asks"]:
        said = t("Bugle could not move the issue: the step “{step}” asks for {fields}. Please do it in Jira.")
        return said.format(step=values["step"], fields=t.listing(values["asks"]))
    if values["closed"]:
        return t(
            "Bugle could not close the issue: no step that it may take leads to done. Please do it in Jira."
        )
    return t(
        "Bugle could not open the issue again: no step that it may take leads there. Please do it in Jira."
    )


def quoted(text: str) -> str:
    """Return what somebody typed as a quotation that mentions and links nothing."""
    lines: list[str] = []
    room = QUOTED
    for line in cut_escaped(text, QUOTED).splitlines():
        room -= len(f"> {line}\n")
        if room < 0:
            return "\n".join([*lines, "> …"])
        lines.append(f"> {line}")
    return "\n".join(lines)


def _also_reported(t: Translator, values: Values) -> str:
    who = cut_escaped(t.listing(values["customers"]), 1000)
    if not who:
        return t("{person} has met it too.").format(person=person(values["by"]))
    return t("{person} has met it too, at {customers}.").format(person=person(values["by"]), customers=who)


def _customer_told(t: Translator, values: Values) -> str:
    who = cut_escaped(t.listing(values["customers"]), 300)
    if who:
        said = t("{person} added what {customers} told us:").format(
            person=person(values["by"]), customers=who
        )
    else:
        said = t("{person} added what a customer told us:").format(person=person(values["by"]))
    return f"{said}\n{quoted(values['quote'])}"


def _completed(t: Translator, values: Values) -> str:
    head = t("{person} tells more:").format(person=person(values["by"]))
    told = values["parts"]
    parts = [f"*{part_name(t, part)}*\n{cut_escaped(told[part], 1200)}" for part in Part if part in told]
    return "\n".join([head, *parts])


def _jira_changed(t: Translator, values: Values) -> str:
    told = (_news(t, What(each["what"]), each["before"], each["now"]) for each in values["news"])
    return t("In Jira: {news}").format(news=" · ".join(told))


def _news(t: Translator, what: What, before: str | None, now: str | None) -> str:
    """Return what changed, by what Jira calls it."""
    said = {
        What.STATUS: t("{now}, before {before}"),
        What.ASSIGNEE: t("assigned to {now}") if now else t("assigned to nobody, before {before}"),
        What.PRIORITY: t("priority {now}") if now else t("no priority, before {before}"),
        What.VERSION: t("fix version {now}") if now else t("no fix version, before {before}"),
    }[what]
    return said.format(now=f"*{cut_escaped(now or '', 150)}*", before=cut_escaped(before or "", 150))


def _issue_gone(t: Translator, values: Values) -> str:
    said = t("The issue {key} is not in Jira any more, or Bugle may not see it there.")
    return said.format(key=escape(values["key"]))


def _not_told(t: Translator, values: Values) -> str:
    said = t("Bugle cannot tell {reader}, whose account is closed or takes no messages.")
    return said.format(reader=person(values["to"]))


def _copy_removed(t: Translator, values: Values) -> str:
    said = t("A comment by {author} was deleted here. In Jira it can still be read.")
    return said.format(author=cut_escaped(values["author"], 150))


def _still_broken(t: Translator, values: Values) -> str:
    who = cut_escaped(t.listing(values["customers"]), 300) or t("a customer")
    said = t("{customers} still has this problem, says {person}:")
    return f"{said.format(customers=who, person=person(values['by']))}\n{quoted(values['said'])}"


LINES: Mapping[str, Callable[[Translator, Values], str]] = {
    "taken": _taken,
    "assigned": _assigned,
    "not_assignable": _not_assignable,
    "handed": _handed,
    "handed_over": _handed_over,
    "offered": _offered,
    "offered_for": _offered_for,
    "severity": _severity,
    "severity_by_rule": _severity_by_rule,
    "duplicate": _duplicate,
    "not_a_bug": _not_a_bug,
    "reopened": _reopened,
    "asked": _asked,
    "answered": _answered,
    "asked_a_guest": _asked_a_guest,
    "unreachable": _unreachable,
    "not_moved": _not_moved,
    "moved": _moved,
    "jira_changed": _jira_changed,
    "issue_gone": _issue_gone,
    "not_told": _not_told,
    "also_reported": _also_reported,
    "customer_told": _customer_told,
    "still_broken": _still_broken,
    "completed": _completed,
    "copy_removed": _copy_removed,
    "nobody_on_duty": _nobody_on_duty,
    "lead_asked": _lead_asked,
    "now_on_duty": _now_on_duty,
    "ping_unanswered": _ping_unanswered,
    "ping_passed": _ping_passed,
    "ping_unreachable": _ping_unreachable,
    "ping_lapsed": _ping_lapsed,
    "asked_once_more": _asked_once_more,
    "snoozed": _snoozed,
    "snooze_over": _snooze_over,
    "all_asked": _all_asked,
    "channel_asked": _channel_asked,
    "nobody_left": _nobody_left,
    "promise_warned": warned_line,
}
