"""People, and what Bugle knows of each."""

from sqlalchemy import Column, String, Table

from storage.tables.columns import Json, Utc, metadata

homes = Table(
    "homes",
    metadata,
    Column("person", String(32), primary_key=True),
    Column("opened_at", Utc, nullable=False),
    Column("pages", Json),  # from which row on each list is shown, by its name; none: from the first
)

user_groups = Table(
    "user_groups",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("members", Json, nullable=False),  # a list of Slack user ids
    Column("read_at", Utc, nullable=False),
)

jira_accounts = Table(
    "jira_accounts",
    metadata,
    Column("person", String(32), primary_key=True),
    Column("account", String(255), nullable=False, unique=True),
    Column("name", String(255), nullable=False),
    Column("linked_at", Utc, nullable=False),
)
