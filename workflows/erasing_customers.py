"""Forgetting what customers said: after a set time, or because a customer or a person asks for it.

The messages that show it are edited in place. What was written into reports and into Jira is our own account
of a bug: it is named, to be looked through by people.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from storage import audit, customer_erasing, customer_issues, customers, outside_messages
from storage.audit import About, Deed
from storage.customer_data import Told, reports_of_customer, reports_of_issues
from storage.database import Transaction
from workflows import customer_showing, loop_telling
from workflows.context import Context

AT_ONCE = 50  # customer issues blanked in one transaction, since others wait for it on SQLite


@dataclass(frozen=True, slots=True)
class Erased:
    """What was blanked, and the reports, with their issues, that people must look through themselves."""

    customer_issues: int
    reports: tuple[Told, ...]


def blank_old(ctx: Context) -> None:
    """Blank what customers said longer ago than bugle.toml keeps it."""
    kept = ctx.config.customers.keep_text
    if kept is None:
        return
    while True:
        with ctx.database.transaction() as tx:
            found = customer_erasing.older_than(tx, ctx.now() - kept, AT_ONCE)
            _blank(tx, ctx, found, None, Deed.BLANKED)
        if len(found) < AT_ONCE:
            return


def erase_customer(ctx: Context, customer: str, by: str | None) -> Erased:
    """Leave nothing of what a customer said and is; again, it changes nothing."""
    with ctx.database.reading() as tx:
        reports = reports_of_customer(tx, customer)
        issues = customer_erasing.of_customer(tx, customer)
    with ctx.database.transaction() as tx:
        if customers.lock(tx, customer) is None:
            return Erased(0, ())
        customer_erasing.forget_customer(tx, customer, ctx.now())
        audit.note(tx, Deed.ERASED, About.CUSTOMER, customer, who=by, now=ctx.now())
    _blank_all(ctx, issues, by)
    with ctx.database.reading() as tx:  # what came in while it was being erased
        late = [each for each in customer_erasing.of_customer(tx, customer) if each not in set(issues)]
    _blank_all(ctx, late, by)
    return Erased(len(issues) + len(late), tuple(reports))


def erase_person(ctx: Context, person: str, by: str | None) -> Erased:
    """Leave nothing of what somebody said: by their Slack id, or by their name as a help desk tells it."""
    with ctx.database.reading() as tx:
        issues = customer_erasing.of_person(tx, person)
        reports = reports_of_issues(tx, issues)
    _blank_all(ctx, issues, by)
    with ctx.database.transaction() as tx:
        customer_erasing.disown(tx, person, ctx.now())
    return Erased(len(issues), tuple(reports))


def _blank_all(ctx: Context, issues: list[str], by: str | None) -> None:
    for start in range(0, len(issues), AT_ONCE):
        with ctx.database.transaction() as tx:
            _blank(tx, ctx, issues[start : start + AT_ONCE], by, Deed.ERASED)


def _blank(tx: Transaction, ctx: Context, issues: Iterable[str], by: str | None, deed: Deed) -> None:
    for issue_id in issues:
        if customer_issues.lock(tx, issue_id).blanked_at is not None and deed is Deed.BLANKED:
            continue
        customer_erasing.blank(tx, issue_id, ctx.now())
        outside_messages.blank(tx, issue_id)
        loop_telling.blank(tx, ctx, customer_issues.get(tx, issue_id))
        audit.note(tx, deed, About.CUSTOMER_ISSUE, issue_id, who=by, now=ctx.now())
        customer_showing.refresh(tx, ctx, customer_issues.get(tx, issue_id))
