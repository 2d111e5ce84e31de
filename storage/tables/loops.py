"""Loops: what customers are to be told, and the messages that list it to who tells them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.columns import Id, Utc, index_of_known, metadata

loops = Table(
    "loops",
    metadata,
    Column("customer_issue", ForeignKey("customer_issues.id"), primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("state", String(16), nullable=False),  # domain.loop.State
    Column("ending", String(16), nullable=False),  # domain.loop.Ending
    Column("since", Utc, nullable=False),  # when it came to its state
    Column("owner", String(32)),
    Column("holder", String(32)),  # with whom it is while the owner is away; null: nobody is left
    Column("version", Integer, nullable=False),
    Column("told_at", Utc),
    Column("told_by", String(32)),
    Column("told_how", String(16)),  # domain.loop.How
    Column("remind_at", Utc),  # null: not yet planned, or nothing to remind of
    Column("reminders", Integer, nullable=False),
    Column("reason", Text),  # why it was let go
    Column("touches", Integer, nullable=False),  # how often the customer was told something
    Index(None, "state", "since", "customer_issue"),
    Index(None, "report", "holder"),
    Index(None, "holder", "state"),
    index_of_known("remind_at"),
    index_of_known("told_at"),
)

loop_messages = Table(
    "loop_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("person", String(32), nullable=False),
    Column("asked", Integer, nullable=False),  # how often there was news that is worth a new message
    Column("version", Integer, nullable=False),  # grows with each change that shows
    Column("channel", String(32)),  # null until it is posted
    Column("ts", String(32)),
    Column("shown", Integer, nullable=False),  # the version that it shows
    UniqueConstraint("report", "person"),
)
