"""What a Jira issue says of a report: plain wiki markup that user text cannot break out of."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from domain.customer import Customer
from domain.happened import Part
from domain.report import Report
from domain.severity import Severity
from views.terms import effort_name, impact_name, part_name, workaround_name
from views.text import Translator, cut, translator

SUMMARY_LIMIT = 255
DESCRIPTION_LIMIT = 32_767
CUSTOMERS_NAMED = 50

_MARKUP = re.compile(r"[{}\[\]!|]")


def issue_summary(report: Report) -> str:
    """Return the summary: the area and the first line of the actual result."""
    first = report.happened.actual.split("\n", 1)[0]
    whole = f"{report.area}: {first}" if report.area else first
    return cut(" ".join(whole.split()), SUMMARY_LIMIT)


def issue_description(
    report: Report, severity: Severity, reporter: str, language: str, customers: Sequence[Customer] = ()
) -> str:
    """Return the description; its first line names the person who reported it.

    It also tells what has fields of its own in Jira: an issue may have to be made without these.
    """
    t = translator(language)
    lines = [
        t("Reported by {reporter} in Slack.").format(reporter=f"*{escape_wiki(reporter)}*"),
        "",
        *(line for part in Part for line in (f"h3. {part_name(t, part)}", "", _body(report, part), "")),
        *(
            f"||{escape_wiki(name)}|{value}|"
            for name, value in _facts(t, report, severity, customers)
            if value
        ),
    ]
    return cut("\n".join(lines), DESCRIPTION_LIMIT)


def _facts(
    t: Translator, report: Report, severity: Severity, customers: Sequence[Customer]
) -> list[tuple[str, str]]:
    """Return what was picked: names, and values that are wiki markup; those that are empty say nothing."""
    names = [each.name for each in customers[:CUSTOMERS_NAMED]]
    more = [f"+{len(customers) - CUSTOMERS_NAMED}"] if len(customers) > CUSTOMERS_NAMED else []
    return [
        (t("Customers"), escape_wiki(", ".join([*names, *more]))),
        (t("Impact"), escape_wiki(impact_name(t, report.impact))),
        (t("Workaround"), escape_wiki(workaround_name(t, report.workaround))),
        (t("Severity"), escape_wiki(severity.name)),
        (t("Area"), escape_wiki(report.area or "")),
        (t("Environment"), escape_wiki(report.environment or "")),
        (t("Version"), escape_wiki(report.found_in or "")),
        (t("Customer effort"), escape_wiki(effort_name(t, report.effort) if report.effort else "")),
        (t("Help desk"), wiki_link(report.help_desk_url)),
        (t("Slack message"), wiki_link(report.source_url)),
    ]


def wiki_link(url: str | None) -> str:
    """Return a link to an address from outside; marks that would end it early are encoded."""
    safe = _MARKUP.sub(
        lambda mark: quote(mark[0], safe=""), "".join((url or "").split()).replace("\\", "%5C")
    )
    return f"[{safe}]" if safe else ""


def thread_link_title(language: str) -> str:
    """Return what the link from the issue to its thread is called; a channel's name would not stay true."""
    t = translator(language)
    return t("The report's thread in Slack")


def escape_wiki(text: str) -> str:
    """Return text from outside so that Jira's wiki renderer shows it: no mention, image, link or macro.

    A backslash is given as an entity: typed before our own escapes it would undo them.
    """
    return _MARKUP.sub(r"\\\g<0>", text.replace("\\", "&#92;"))


def _body(report: Report, part: Part) -> str:
    return escape_wiki(report.happened.part(part))
