"""Following an issue that somebody moved to another Jira project: it has another key there."""

from domain.report import Report
from storage import reports
from storage.database import Transaction
from workflows import hanging, showing, thread_lines
from workflows.context import Context


def follow(tx: Transaction, ctx: Context, report: Report, key: str) -> Report:
    """Take over the key that Jira told of a (locked) report's issue; the same one changes nothing.

    Jira answers to the old key as well, so that nothing is lost until the new one is heard of.
    """
    if report.issue_key in (None, key):
        return report
    changed = reports.change(tx, report, issue_key=key)
    showing.refresh(tx, ctx, changed)
    hanging.show_anew(tx, ctx, changed)
    thread_lines.say(tx, ctx, changed, "moved", once=key, before=report.issue_key, key=key)
    return changed
