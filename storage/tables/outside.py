"""What people of other companies read of us, and channels of our own that they came to read."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from storage.tables.columns import Json, Utc, metadata

outside_messages = Table(
    "outside_messages",
    metadata,
    Column("id", String(26), primary_key=True),  # ULID
    Column("customer_issue", ForeignKey("customer_issues.id"), nullable=False),
    Column("once", String(64), nullable=False),  # tells it from other messages about the customer issue
    Column("channel", String(32), nullable=False),
    Column("companies", Json, nullable=False),  # the Slack teams that read the channel, as was confirmed
    Column("language", String(16), nullable=False),
    Column("sentence", Text, nullable=False),  # what one of our people added; empty once blanked
    Column("confirmed_by", String(32), nullable=False),  # who saw all of it and let it go out
    Column("confirmed_at", Utc, nullable=False),
    Column("ts", String(32)),  # null until it is posted
    Column("shows", String(64)),  # a digest of what it shows; null: nobody knows
    Column("stopped", String(32)),  # why it was not posted or edited last: domain.privacy.Stop
    UniqueConstraint("customer_issue", "once"),
    Index(None, "channel"),
)

shared_channels = Table(
    "shared_channels",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("found_at", Utc, nullable=False),  # when something of ours was stopped there first
    Column("ended_at", Utc),  # when nobody of another company read it any more
    Column("cleared_by", String(32)),  # who had Bugle's messages removed from it
    Column("told", String(32)),  # the ts of the notice in the admins' channel
)
