"""Who is in the Slack user groups that bugle.toml names: copied, so that no press waits for Slack."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.rows import upsert
from storage.tables import user_groups


def keep(tx: Transaction, group: str, members: Iterable[str], now: datetime) -> None:
    """Keep who is in a group as Slack told it at a time."""
    upsert(tx, user_groups, {"id": group, "members": sorted(set(members)), "read_at": now})


def members(tx: Transaction, groups: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return who is in these groups; one that Slack has not told of yet is missing."""
    query = select(user_groups.c.id, user_groups.c.members).where(user_groups.c.id.in_(list(groups)))
    return {row.id: frozenset(row.members) for row in tx.execute(query)}
