"""When a promise for a report has to be looked at, and whom it was told to already."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from storage.tables.columns import Utc, index_of_known, metadata

promises = Table(
    "promises",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),  # domain.promise.Kind
    Column("due_at", Utc),  # when there may be something to do next; null: not before something happens
    Column("warned_for", Integer),  # how many seconds were promised when people were warned
    Column("broken_at", Utc),  # when it was told that it is broken
    index_of_known("due_at"),
)
