"""What is said about reports in Slack and in Jira, and how far it is known."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.columns import Id, Json, Utc, index_of_known, metadata

remarks = Table(
    "remarks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("origin", String(8), nullable=False),  # domain.conversation.Origin
    Column("source", String(64), nullable=False),  # a ts in Slack, the id of a comment in Jira
    Column("author", String(255), nullable=False),
    Column("version", String(64), nullable=False),
    Column("text", Text),  # until the other side shows it
    Column("files", Json, nullable=False),  # id and name of each
    Column("is_private", Boolean, nullable=False),
    Column("is_kept", Boolean, nullable=False),
    Column("is_deleted", Boolean, nullable=False),
    Column("mirror", String(64)),  # the id of its copy on the other side
    Column("shown", String(64)),  # the version that the copy shows
    Column("noted", Boolean, nullable=False),
    Column("attachments", Json, nullable=False),  # its files on the issue: id in Slack to id in Jira
    UniqueConstraint("report", "origin", "source"),
    index_of_known("report", "mirror", known="mirror"),
)

threads = Table(  # how far what is said about a report is known
    "threads",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("begun_at", Utc),  # what was said before that is left where it is; null: there is no such time
    Column("latest", String(32)),  # the ts of the last reply when the thread was last looked at
    Column("replies", Integer),  # how many there were
    Column("read_at", Utc),  # when the whole thread was last read, business time
    Index(None, "read_at"),
)
