"""Likely duplicates of what somebody is about to file: our own reports, and issues made in Jira.

All of it is asked of the database: what is in Jira is known from the copy that `workflows/mirror.py` keeps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.config import Product
from domain.happened import Happened, Part
from domain.likeness import terms_of
from domain.report import Report, Workaround
from storage import mirror, reports, similar
from storage.database import Transaction
from storage.mirror import IssueRow
from storage.similar import Alike, Found
from views.issue_text import issue_summary
from workflows.context import Context


@dataclass(frozen=True, slots=True)
class Likely:
    """A likely duplicate: a report of ours, by id, or an issue made in Jira.

    `key` and `url` are its issue's, None while it has none (or we do not know Jira's address for people);
    `state` is the name of the issue's status, None until Jira has shown it. `workaround` is None where nobody
    was asked. `score` is 1 at least, and higher the more alike the two are.
    """

    key: str | None
    report: str | None
    title: str
    state: str | None
    customers: int
    workaround: Workaround | None
    url: str | None
    score: float


def remember(tx: Transaction, report: Report) -> None:
    """Let a new report be found; one row, so that it can be done before an ack."""
    said = terms_of(text_of(report.happened), title=issue_summary(report))
    similar.add_report(tx, report.product, report.id, said)


def remember_joined(tx: Transaction, report: Report, happened: Happened) -> None:
    """Let a report be found by what somebody said who met it too."""
    if happened != report.happened:
        similar.add_report(tx, report.product, report.id, terms_of(text_of(happened)))


def text_of(happened: Happened) -> str:
    """Return what of a draft is compared with others: what was typed, without the headings of the form."""
    return "\n".join(happened.part(part) for part in Part)


def unlike(ctx: Context, product: str, text: str) -> Found | None:
    """Return a search for the same problem as a text that found nothing likely; None where something is."""
    with ctx.database.reading() as tx:
        found = similar.search(tx, product, terms_of(text), 1)
    return None if any(one.likeness >= 1 for one in found.alike) else found


def likely(
    ctx: Context, product: Product, text: str, limit: int = 5, *, before: Found | None = None
) -> tuple[Likely, ...]:
    """Return what is likely to be the same problem as a text, most alike first; mostly nothing.

    Only the database is asked: it can be done before an ack. `before` is an earlier search for the same text
    that found nothing likely: only what has come since is compared then.
    """
    with ctx.database.reading() as tx:
        if before is not None and not similar.has_likely_since(tx, product.key, before):
            return ()
        # More of them, as a report, who joined it, its issue and its duplicates may all be among them.
        found = similar.search(tx, product.key, terms_of(text), 6 * limit).alike
        alike = _once([one for one in found if one.likeness >= 1])
        if not alike:
            return ()
        issues = mirror.by_id(tx, product.key, [one.issue for one in alike if one.issue])
        # Issues may have got a report since they were last read.
        ours = mirror.reports_of(tx, (), [issue.key for issue in issues.values()])
        problems: dict[str, Likely] = {}
        for one in alike:
            issue = issues.get(one.issue or "")
            report = one.report or (ours.get(issue.key) if issue else None)
            if report:
                counts = original(tx, report)
                issue = mirror.of_reports(tx, [counts.id]).get(counts.id)
                problems.setdefault(counts.id, _report(ctx, counts, issue, one.likeness))
            elif issue:
                problems[issue.id] = _issue(ctx, issue, one.likeness)
    return tuple(problems.values())[:limit]


def original(tx: Transaction, report_id: str) -> Report:
    """Return the report that counts: what this one is a duplicate of in the end, or itself."""
    report, passed = reports.get(tx, report_id), {report_id}
    while (of := report.triage.duplicate_of) and of not in passed:
        report = reports.get(tx, of)
        passed.add(of)
    return report


def _once(found: Sequence[Alike]) -> list[Alike]:
    """Return the first of those that are about the same report or issue."""
    first: dict[tuple[str | None, str | None], Alike] = {}
    for one in found:
        first.setdefault((one.report, one.issue), one)
    return list(first.values())


def _report(ctx: Context, report: Report, issue: IssueRow | None, score: float) -> Likely:
    key = report.issue_key or (issue.key if issue else None)
    return Likely(
        key=key,
        report=report.id,
        title=issue.summary if issue else issue_summary(report),
        state=issue.status if issue else None,
        customers=report.customers,
        workaround=report.workaround,
        url=ctx.jira.known_url(key) if key else None,
        score=score,
    )


def _issue(ctx: Context, issue: IssueRow, score: float) -> Likely:
    return Likely(
        key=issue.key,
        report=None,
        title=issue.summary,
        state=issue.status,
        customers=0,
        workaround=None,
        url=ctx.jira.known_url(issue.key),
        score=score,
    )
