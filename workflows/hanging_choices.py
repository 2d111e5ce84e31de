"""What a customer issue may hang on: our reports, found by what is likely, by an issue's key or by words."""

from domain.triage import Original
from storage import customer_issues, report_choices
from workflows.context import Context
from workflows.duplicates import likely


def choices(ctx: Context, issue_id: str, typed: str) -> list[Original]:
    """Return the reports that a customer issue may be another case of: the likely ones, then all that fit.

    Only the database is asked. What is only in Jira is offered when it is reported as a bug.
    """
    words = typed.split()
    with ctx.database.reading() as tx:
        issue = customer_issues.get(tx, issue_id)
        ours = report_choices.matching(tx, issue.told.product, words, but="")
    alike = likely(ctx, ctx.config.product(issue.told.product), typed if words else issue.told.quote)
    found = [
        *(Original(each.report, each.key, each.title) for each in alike if each.report),
        *(Original(each.id, each.issue_key, each.happened.actual) for each in ours),
    ]
    return list({each.value: each for each in reversed(found)}.values())[::-1]
