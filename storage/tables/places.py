"""Where customer issues wait for the hours of a channel, and the digests that gather them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from storage.tables.columns import Utc, metadata

digests = Table(
    "digests",
    metadata,
    Column("id", String(26), primary_key=True),  # ULID; one message, a page of the whole
    Column("whole", String(26), nullable=False),  # the id of the first page
    Column("page", Integer, nullable=False),  # from 1
    Column("channel", String(32), nullable=False),
    Column("rotation", String(64)),  # whose engineer on duty it names
    Column("made_at", Utc, nullable=False),
    Column("ts", String(32)),  # null until it is posted
    Column("engineer", String(32)),  # who was named
    Column(
        "shown", Integer, nullable=False
    ),  # the sum of the versions of its customer issues, as it shows them
    Index(None, "whole", "page"),
    Index(None, "channel", "ts"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("customer_issue", ForeignKey("customer_issues.id"), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("form", String(16), nullable=False),  # domain.customer_config.Form
    Column("name", String(255)),  # of the line that decided; null: the product's own channel
    Column("rotation", String(64)),
    Column("due_at", Utc, nullable=False),
    Column("ended_at", Utc),  # when it was posted, or left out
    Column("digest", ForeignKey("digests.id")),  # the page it is on
    Index(None, "ended_at", "due_at"),
    Index(None, "digest"),
)
