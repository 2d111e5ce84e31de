"""What must happen outside, at which pace, and what came in and was taken."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from storage.tables.columns import Id, Json, Utc, metadata

_ACTIVE = text("state IN ('waiting', 'running')")
_OVER = text("state IN ('done', 'dead', 'dropped')")  # apart, or SQLite would look for active ones here

effects = Table(
    "effects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(255), nullable=False, unique=True),
    Column("kind", String(64), nullable=False),
    Column("lane", String(255), nullable=False),
    Column("args", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", Utc, nullable=False),  # business time
    Column("decided_at", Utc, nullable=False),  # business time
    Column("tries", Integer, nullable=False),
    Column("lease_owner", String(64)),
    Column("lease_until", Utc),  # real time
    Column("started_at", Utc),  # real time
    Column("doubt_since", Utc),  # real time: start of the first try whose end we do not know
    Column("doubted_at", Utc),  # business time at which that was noticed
    Column("finished_at", Utc),  # business time
    Column("error", Text),
    Column("result", Json),
    Index("ix_effects_due", "due_at", "id", sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
    Index("ix_effects_lane", "lane", "id", sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
    Index("ix_effects_over", "state", "finished_at", sqlite_where=_OVER, postgresql_where=_OVER),
)

paces = Table(
    "paces",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("free_at", Utc, nullable=False),  # real time
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("received_at", Utc, nullable=False),
    Index(None, "received_at"),
)
