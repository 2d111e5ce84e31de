"""Rotations, what lies over their turns, and who was and is on duty."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.columns import Json, Utc, metadata

rotations = Table(
    "rotations",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("history", Json, nullable=False),  # dated revisions, as domain.rotation_record writes them
    Column("profile", Json),  # domain.rotation_profile; null until a start gives it what bugle.toml says
    Column("version", Integer, nullable=False, server_default="1"),
)

rotation_drafts = Table(  # rotations being made or changed in a form that is open
    "rotation_drafts",
    metadata,
    Column("nonce", String(64), primary_key=True),  # of the opening of the form
    Column("person", String(32), nullable=False),
    Column("rotation", String(64)),  # its key; null for one to be made
    Column("version", Integer, nullable=False),  # of the rotation as the form began with it
    Column("base", Json, nullable=False),  # what it began with, as domain.rotation_form writes it
    Column("form", Json, nullable=False),  # what it holds now
    Column("generation", Integer, nullable=False),  # grows when Bugle, not its owner, changes a field
    Column("seen", String(32), nullable=False),  # Slack's time of the action that it shows
    Column("saved_at", Utc, nullable=False),
    Index(None, "saved_at"),
)

rotation_edits = Table(  # who changed what of a rotation, one for each version after the first
    "rotation_edits",
    metadata,
    Column("rotation", ForeignKey("rotations.key"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("by", String(32), nullable=False),
    Column("at", Utc, nullable=False),
    Column("change", Json, nullable=False),  # as domain.rotation_edit writes it
)

overrides = Table(
    "overrides",
    metadata,
    Column("id", String(26), primary_key=True),  # ULID
    Column("rotation", ForeignKey("rotations.key"), nullable=False),
    Column("start", Utc, nullable=False),
    Column("end", Utc, nullable=False),
    Column("person", String(32), nullable=False),
    Column("swap", String(26)),  # the same one for both halves of a swap
    Column("instead_of", String(32)),  # who had it when this was made
    Column("made_by", String(32), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("cancelled_at", Utc),  # one that had begun ends instead
    Column("cancelled_by", String(32)),
    Index(None, "rotation", "end"),
    Index(None, "end"),
)

time_off = Table(
    "time_off",
    metadata,
    Column("id", String(26), primary_key=True),  # ULID
    Column("person", String(32), nullable=False),
    Column("start", Utc, nullable=False),
    Column("end", Utc, nullable=False),
    Column("source", String(16), nullable=False),  # form, or where else it was read: ical, status
    Column("uid", String(1024)),  # what it is called there
    Column("noted_by", String(32), nullable=False),
    Column("noted_at", Utc, nullable=False),
    Column("cancelled_at", Utc),  # what had begun ends instead
    Index(None, "person", "end"),
    Index(None, "end"),
)

duty_records = Table(  # who was on duty, written when it is over: what a later change cannot rewrite
    "duty_records",
    metadata,
    Column("rotation", ForeignKey("rotations.key"), primary_key=True),
    Column("start", Utc, primary_key=True),
    Column("end", Utc, nullable=False),
    Column("person", String(32)),  # null for a gap
    Column("why", String(16), nullable=False),  # domain.duty.Why
    Column("slot", Integer, nullable=False),  # of the turn that it was a part of, with its revision
    Column("revision", Integer, nullable=False),
    Index(None, "rotation", "end"),
)

duty_now = Table(  # what was last settled of each rotation: storage.duty_now says how it is read
    "duty_now",
    metadata,
    Column("rotation", ForeignKey("rotations.key"), primary_key=True),
    Column("start", Utc, nullable=False),
    Column("end", Utc),  # null where nothing is to come by itself
    Column("person", String(32)),
    Column("why", String(16)),  # domain.duty.Why; null before the rotation begins and after it has ended
    Column("slot", Integer),
    Column("revision", Integer),
    Column("override", String(26)),
    Column("announced", String(32)),  # who was last told of as on duty; null for nobody
    Column("last", String(32)),  # who last was on duty, before any gap
    Column("last_slot", Integer),  # of their turn, with its revision
    Column("last_revision", Integer),
    Column("warned_until", Utc),  # until when a gap that comes was told of
    Column("settled_at", Utc, nullable=False),
)

duty_surfaces = Table(  # the places in Slack that show who is on duty, as far as Bugle has written them
    "duty_surfaces",
    metadata,
    Column("surface", String(16), primary_key=True),  # domain.duty_surfaces.Surface
    Column("target", String(32), primary_key=True),  # the id of a user group or a channel
    Column("shown", Json),  # what it says, as domain.duty_surfaces.gist tells it; null while unknown
    Column("checked_at", Utc),  # business time at which Slack was last asked
    Column("refusals", Json, nullable=False),  # why it cannot be written, as admins were told
    Column("told", Integer, nullable=False),  # how many lines admins had about it
    Column("ts", String(32)),  # of the pinned message
    Column("seen", Text),  # the topic as Slack told it when it was last right
)
