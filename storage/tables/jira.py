"""What Jira last told: its projects' choices and its issues."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from storage.tables.columns import Json, Utc, metadata

areas = Table(
    "areas",
    metadata,
    Column("project", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),  # Jira's component id
    Column("name", String(255), nullable=False),
    Index(None, "project", "name"),
)

versions = Table(
    "versions",
    metadata,
    Column("project", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("position", Integer, nullable=False),  # as Jira orders them, oldest first
    Index(None, "project", "position"),
)

create_fields = Table(
    "create_fields",
    metadata,
    Column("project", String(64), primary_key=True),
    Column("issue_type", String(255), primary_key=True),
    Column("fields", Json, nullable=False),  # a list, as domain.create_fields writes them
)

issues = Table(  # each product's issues as Jira last told them; open ones, and what became of them
    "issues",
    metadata,
    Column("product", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),  # Jira's own, which stays when the issue is moved
    Column("key", String(255), nullable=False),
    Column("summary", Text, nullable=False),
    Column("status", String(255), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("updated", Utc, nullable=False),  # by Jira's clock
    Column("seen_at", Utc, nullable=False),  # business time of the search that last showed it
    Column("report", String(26)),  # ours, when the issue is that of a report
    Index(None, "product", "key"),
    Index(None, "report"),
)

mirrors = Table(  # how far each product's issues are known
    "mirrors",
    metadata,
    Column("product", String(64), primary_key=True),
    Column("project", String(255), nullable=False),
    Column("polled_at", Utc, nullable=False),  # business time; who moves it on has the turn
    Column("known_until", Utc),  # by Jira's clock: changes up to then are known
    Column("known_since", Utc),  # business time at which that was reached
    Column("reading_from", Utc),  # by Jira's clock: where to go on, while there is more to read
    Column("filling_since", Utc),  # business time at which reading all open issues began, while it goes on
    Column("filled_until", Utc),  # by Jira's clock: how far that has come
    Column("filled_at", Utc),  # business time at which it last began and came to its end
)
