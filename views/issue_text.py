"""What a Jira issue says of a report: plain wiki markup that user text cannot break out of."""

import re

from domain.happened import Part
from domain.report import Report
from domain.severity import Severity
from views.terms import impact_name, part_name, workaround_name
from views.text import cut, translator

SUMMARY_LIMIT = 255
DESCRIPTION_LIMIT = 32_767

_MARKUP = re.compile(r"[{}\[\]!|]")


def issue_summary(report: Report) -> str:
    """Return the summary: the area and the first line of the actual result."""
    first = report.happened.actual.split("\n", 1)[0]
    whole = f"{report.area}: {first}" if report.area else first
    return cut(" ".join(whole.split()), SUMMARY_LIMIT)


def issue_description(report: Report, severity: Severity, reporter: str, language: str) -> str:
    """Return the description; its first line names the person who reported it."""
    t = translator(language)
    facts = [
        (t("Impact"), impact_name(t, report.impact)),
        (t("Workaround"), workaround_name(t, report.workaround)),
        (t("Severity"), severity.name),
    ]
    lines = [
        t("Reported by {reporter} in Slack.").format(reporter=f"*{escape_wiki(reporter)}*"),
        "",
        *(line for part in Part for line in (f"h3. {part_name(t, part)}", "", _body(report, part), "")),
        *(f"||{escape_wiki(name)}|{escape_wiki(value)}|" for name, value in facts),
    ]
    return cut("\n".join(lines), DESCRIPTION_LIMIT)


def thread_link_title(channel: str, language: str) -> str:
    """Return what the link from the issue to its thread is called; `channel` is a name without its sign."""
    return translator(language)("Thread in #{channel}").format(channel=channel)


def escape_wiki(text: str) -> str:
    """Return text from outside so that Jira's wiki renderer shows it: no mention, image, link or macro.

    A backslash is given as an entity: typed before our own escapes it would undo them.
    """
    return _MARKUP.sub(r"\\\g<0>", text.replace("\\", "&#92;"))


def _body(report: Report, part: Part) -> str:
    return escape_wiki(report.happened.part(part))
