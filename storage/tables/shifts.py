"""Shifts that change hands: hand-offs, requests for cover, and calendars."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables.columns import Id, Utc, metadata

handoffs = Table(  # each change of person that was told of
    "handoffs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("rotation", ForeignKey("rotations.key"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("leaver", String(32)),
    Column("taker", String(32)),  # null where nobody is on duty then
    Column("slot", Integer),  # of what the leaver left, with its revision
    Column("revision", Integer),
    Column("asks_effort", Boolean, nullable=False),
    Column("version", Integer, nullable=False),  # grows with each change that shows in its messages
    Index(None, "rotation", "id"),
)

handoff_items = Table(  # the open reports that a leaver held
    "handoff_items",
    metadata,
    Column("handoff", ForeignKey("handoffs.id"), primary_key=True),
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("decision", String(8)),  # domain.handoff.Decision; null while there is none
    Column("decided_at", Utc),
    Column("given_in", ForeignKey("handoffs.id")),  # to whose taker it is passed on
    Column("accepted_at", Utc),
    Index(None, "given_in"),
)

handoff_messages = Table(
    "handoff_messages",
    metadata,
    Column("handoff", ForeignKey("handoffs.id"), primary_key=True),
    Column("role", String(8), primary_key=True),  # domain.handoff.Role
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("version", Integer, nullable=False),  # of the hand-off, as the message shows it
    Column("page", Integer, nullable=False, server_default="0"),
)

efforts = Table(  # what people said their shifts were like
    "efforts",
    metadata,
    Column("rotation", ForeignKey("rotations.key"), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("person", String(32), primary_key=True),
    Column("effort", Integer, nullable=False),  # 1 to 5
    Column("at", Utc, nullable=False),
)

cover_requests = Table(
    "cover_requests",
    metadata,
    Column("id", String(26), primary_key=True),  # ULID
    Column("rotation", ForeignKey("rotations.key"), nullable=False),
    Column("start", Utc, nullable=False),
    Column("end", Utc, nullable=False),
    Column("whose", String(32), nullable=False),
    Column("asked_by", String(32), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("asked", String(32)),  # null: everybody
    Column("other_start", Utc),  # of what is given for it in a swap
    Column("other_end", Utc),
    Column("state", String(16), nullable=False),  # domain.cover_request.State
    Column("answered_by", String(32)),
    Column("answered_at", Utc),
    Column("lapses_at", Utc, nullable=False),
    Column("remind_at", Utc),
    Column("reminders", SmallInteger, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="1"),
    Index(None, "rotation", "state"),
    Index(None, "state", "lapses_at"),
)

cover_messages = Table(  # where a request was posted, at first and as a reminder
    "cover_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("request", ForeignKey("cover_requests.id"), nullable=False),
    Column("audience", String(32), nullable=False),  # a channel or a person
    Column("round", SmallInteger, nullable=False),
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("version", Integer, nullable=False),  # of the request, as it is shown
    UniqueConstraint("request", "audience", "round"),
)

calendar_links = Table(
    "calendar_links",
    metadata,
    Column("digest", String(64), primary_key=True),  # of the secret part of the address, which nobody keeps
    Column("person", String(32), nullable=False),
    Column("rotation", ForeignKey("rotations.key")),  # null: the person's own shifts
    Column("made_at", Utc, nullable=False),
    Column("revoked_at", Utc),
    Index(None, "person"),
)

calendar_events = Table(  # how often each event has changed, as calendars want to know
    "calendar_events",
    metadata,
    Column("uid", String(255), primary_key=True),
    Column("state", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("changed_at", Utc, nullable=False),
)
