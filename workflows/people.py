"""Who people are in Jira, and what to call them."""

from collections.abc import Iterable

from domain.effects import Attempt, Never, TryAgain, Unsure, Wait
from domain.report import Report
from gateways.jira import Account
from storage import jira_accounts, tracked
from storage.database import Transaction
from workflows.context import Context

PATIENCE = 3  # tries for which an issue waits to learn who its people are in Jira


def jira_account(ctx: Context, user: str) -> Account | None:
    """Return a Slack user's Jira account, or None: by bugle.toml, else as they linked it, else by e-mail."""
    if user in ctx.config.people:
        return Account(ctx.config.people[user])
    with ctx.database.reading() as tx:
        linked = jira_accounts.find(tx, user)
    if linked is not None:
        return Account(linked.account, linked.name)
    email = ctx.slack.person(user).email
    return ctx.jira.account(email=email) if email else None


def person_of(tx: Transaction, ctx: Context, account: str) -> str | None:
    """Return the Slack user whose Jira account this is, as far as that is known without asking anybody."""
    told = next((user for user, theirs in ctx.config.people.items() if theirs == account), None)
    return told or jira_accounts.person_with(tx, account) or tracked.person_of(tx, account)


def account_patiently(ctx: Context, user: str, attempt: Attempt) -> Account | None:
    """Return a person's Jira account; after a few tries that told nothing the issue goes without."""
    try:
        return jira_account(ctx, user)
    except (TryAgain, Wait, Unsure):
        if attempt.tries <= PATIENCE:
            raise
        return None


def name_of_reporter(ctx: Context, report: Report) -> str:
    """Return the reporter's name as Slack knows it, else as it came with the form."""
    try:
        return ctx.slack.person(report.reporter).name
    except (TryAgain, Wait, Unsure, Never):
        return report.reporter_name


def names_of(ctx: Context, users: Iterable[str]) -> dict[str, str]:
    """Return what people are called in Slack, asking it; those whom it does not know go by their ids."""
    return {user: _name_of(ctx, user) for user in dict.fromkeys(users)}


def _name_of(ctx: Context, user: str) -> str:
    try:
        return ctx.slack.person(user).name
    except Never:
        return user
