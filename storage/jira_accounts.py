"""Which Jira account people said is theirs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import jira_accounts


@dataclass(frozen=True, slots=True)
class Linked:
    """A Slack user's Jira account: its id as Jira wants to hear it, and its name."""

    person: str
    account: str
    name: str


def link(tx: Transaction, person: str, account: str, name: str, now: datetime) -> str | None:
    """Make an account somebody's instead of the one they had; return whose it is already, if another's."""
    holder = tx.execute(
        select(jira_accounts.c.person).where(
            jira_accounts.c.account == account, jira_accounts.c.person != person
        )
    ).scalar()
    if holder is not None:
        return str(holder)
    unlink(tx, person)
    row = {"person": person, "account": account, "name": name, "linked_at": now}
    if insert_new(tx, jira_accounts, [row]):
        return None
    return link(tx, person, account, name, now)  # somebody was faster: find out who


def unlink(tx: Transaction, person: str) -> None:
    """Forget which account somebody linked."""
    tx.execute(delete(jira_accounts).where(jira_accounts.c.person == person))


def find(tx: Transaction, person: str) -> Linked | None:
    """Return the account somebody linked, or None."""
    columns = (jira_accounts.c.person, jira_accounts.c.account, jira_accounts.c.name)
    row = tx.execute(select(*columns).where(jira_accounts.c.person == person)).mappings().first()
    return Linked(**row) if row else None


def person_with(tx: Transaction, account: str) -> str | None:
    """Return who linked an account, or None."""
    return tx.execute(select(jira_accounts.c.person).where(jira_accounts.c.account == account)).scalar()


def of_others(tx: Transaction, person: str) -> set[str]:
    """Return the accounts that other people linked."""
    query = select(jira_accounts.c.account).where(jira_accounts.c.person != person)
    return set(tx.execute(query).scalars())
