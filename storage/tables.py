"""What is kept, as SQLAlchemy tables that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine


class Utc(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite would drop the offset unconverted; naive ones are refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep the zone where the database knows zones."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC; ValueError for a naive time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored: {value!r}")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give an aware UTC time back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Id = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up by itself on SQLite
_Json = JSON(none_as_null=True)
# Compared byte by byte, as SQLite does anyway, so that an index finds what begins with something.
_Bytewise = String(1024).with_variant(String(1024, collation="C"), "postgresql")
_ACTIVE = text("state IN ('waiting', 'running')")
_UNSETTLED = text("state IN ('waiting', 'leaving')")
_OVER = text("state IN ('done', 'dead', 'dropped')")  # apart, or SQLite would look for active ones here

reports = Table(
    "reports",
    metadata,
    Column("id", String(26), primary_key=True),  # ULID; the Jira label is made from it
    Column("nonce", String(64), nullable=False, unique=True),  # one per opened form: a second press finds it
    Column("reporter", String(32), nullable=False),
    Column("reporter_name", String(255), nullable=False),  # as Slack sent it with the form
    Column("product", String(64), nullable=False),
    Column("area", String(255)),
    Column("impact", String(16), nullable=False),
    Column("workaround", String(16), nullable=False),
    Column("severity", String(64), nullable=False),
    Column("steps", Text, nullable=False),
    Column("expected", Text, nullable=False),
    Column("actual", Text, nullable=False),
    Column("language", String(16), nullable=False),  # the reporter's
    Column("filed_at", Utc, nullable=False),
    Column("on_duty", String(32)),  # who was pinged; null when nobody was on duty
    Column("acknowledged_by", String(32)),
    Column("acknowledged_at", Utc),
    Column("taken_by", String(32)),
    Column("taken_at", Utc),
    Column("issue_key", String(255), unique=True),
    Column("version", Integer, nullable=False),  # grows with each change that shows in a message
    Column("environment", String(255)),
    Column("found_in", String(255)),  # the name of a Jira version
    Column("effort", Integer),  # 1 to 7: how hard the customers have had to work so far
    Column("help_desk_url", Text),
    Column("source_url", Text),  # of the message the report was made from
    Column("fields", _Json),  # answers to the project's own fields: domain.create_fields
    Column("customers", Integer, nullable=False, server_default="0"),  # how many are in report_customers
    Column("severity_reasons", _Json),  # the facts that led to it; null before Bugle kept them
    Column("refusal", _Json),  # what Jira said against it, by field id; null while it said nothing
    Column("state", String(16), nullable=False, server_default="open"),  # domain.triage.State
    Column("closed_by", String(32)),
    Column("closed_at", Utc),
    Column("closed_reason", Text),
    Column("duplicate_of", String(26)),  # the report it duplicates, where that is one of ours
    Column("duplicate_key", String(255)),  # the issue it duplicates, where its key was known
    Column("moved_customers", _Json),  # those it had before, as storage.customer_moves writes them
    Column("severity_by", String(32)),  # who changed what the rules said, and why
    Column("severity_reason", Text),
    Column("handed_at", Utc),  # when it last went back to the rotation
    Index(None, "reporter", "filed_at"),
    Index(None, "duplicate_of"),
    Index(None, "taken_by", "filed_at"),
    Index(None, "on_duty", "filed_at"),
    Index(None, "acknowledged_by", "filed_at"),
    Index(None, "taken_at"),
    Index(None, "closed_at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("nonce", String(64), primary_key=True),  # of the opening of the form: what reports.nonce becomes
    Column("person", String(32), nullable=False),
    Column("opening", _Json, nullable=False),  # what the form was opened with, as its private_metadata says
    Column("state", _Json, nullable=False),  # the view's state.values, as Slack sends them
    Column("started_at", Utc, nullable=False),
    Column("saved_at", Utc, nullable=False),
    Column("reminded_at", Utc),
    Column("set_aside_at", Utc),  # since then a new form does not go on with it
    Index(None, "person", "saved_at"),
    Index(None, "saved_at"),
)

homes = Table(
    "homes",
    metadata,
    Column("person", String(32), primary_key=True),
    Column("opened_at", Utc, nullable=False),
    Column("pages", _Json),  # from which row on each list is shown, by its name; none: from the first
)

live_messages = Table(
    "live_messages",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("role", String(16), nullable=False),  # card, ping, receipt
    Column("audience", String(32), nullable=False),  # the channel or the person it is for
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("version", Integer, nullable=False),  # of the report, as the message shows it
    UniqueConstraint("report", "role", "audience"),
    Index(None, "channel", "ts"),
)

pings = Table(
    "pings",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("step", Integer, nullable=False),  # of its round; 1 begins a new one
    Column("member", String(32)),  # null where the channel is asked, or nobody is left to ask
    Column("posted_at", Utc),
    Column("zone", String(64)),
    Column("due_at", Utc),
    Column("end", String(16)),  # domain.escalation.End
    Column("ended_by", String(32)),
    Column("via", String(16)),  # domain.rotation_profile.Step; null for whoever was on duty
    Column("after_hours", Boolean),  # of its member, when it was posted; null before Bugle kept that
    Column("snoozed_until", Utc),  # a snooze is an acknowledgement until then
    Column("lapses_at", Utc),  # when an acknowledgement counts no more, unless something happens
    Index(None, "posted_at"),
)

effects = Table(
    "effects",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("key", String(255), nullable=False, unique=True),
    Column("kind", String(64), nullable=False),
    Column("lane", String(255), nullable=False),
    Column("args", _Json, nullable=False),
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
    Column("result", _Json),
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

rotations = Table(
    "rotations",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("history", _Json, nullable=False),  # dated revisions, as domain.rotation_record writes them
    Column("profile", _Json),  # domain.rotation_profile; null until a start gives it what bugle.toml says
    Column("version", Integer, nullable=False, server_default="1"),
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

handoffs = Table(  # each change of person that was told of
    "handoffs",
    metadata,
    Column("id", _Id, primary_key=True),
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
    Column("id", _Id, primary_key=True),
    Column("request", ForeignKey("cover_requests.id"), nullable=False),
    Column("audience", String(32), nullable=False),  # a channel or a person
    Column("round", SmallInteger, nullable=False),
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("version", Integer, nullable=False),  # of the request, as it is shown
    UniqueConstraint("request", "audience", "round"),
)

rotation_drafts = Table(  # rotations being made or changed in a form that is open
    "rotation_drafts",
    metadata,
    Column("nonce", String(64), primary_key=True),  # of the opening of the form
    Column("person", String(32), nullable=False),
    Column("rotation", String(64)),  # its key; null for one to be made
    Column("version", Integer, nullable=False),  # of the rotation as the form began with it
    Column("base", _Json, nullable=False),  # what it began with, as domain.rotation_form writes it
    Column("form", _Json, nullable=False),  # what it holds now
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
    Column("change", _Json, nullable=False),  # as domain.rotation_edit writes it
)

areas = Table(
    "areas",
    metadata,
    Column("project", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),  # Jira's component id
    Column("name", String(255), nullable=False),
    Index(None, "project", "name"),
)

documents = Table(  # what can be a likely duplicate; storage/similar.py says how it is searched
    "documents",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("product", String(64), nullable=False),
    Column("report", ForeignKey("reports.id")),  # either a report of ours
    Column("issue", String(64)),  # or an issue that was made in Jira, by its id there
    Column("terms", Text, nullable=False),  # JSON: term to how often it is said
    Column("state", String(8), nullable=False),  # waiting, indexed, leaving
    Index(None, "report"),
    Index(None, "product", "issue"),
    Index("ix_documents_unsettled", "product", "id", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED),
)

postings = Table(  # which documents say a term, for those that are indexed; read from its primary key alone
    "postings",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),  # of one product
    Column("document", _Id, primary_key=True, autoincrement=False),
    Column("weight", SmallInteger, primary_key=True),  # in thousandths
    sqlite_with_rowid=False,
)

term_counts = Table(  # how many indexed documents say a term
    "term_counts",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("documents", Integer, nullable=False),
    sqlite_with_rowid=False,
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

inbox = Table(
    "inbox",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("received_at", Utc, nullable=False),
    Index(None, "received_at"),
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
    Column("fields", _Json, nullable=False),  # a list, as domain.create_fields writes them
)

customers = Table(
    "customers",
    metadata,
    Column("id", String(26), primary_key=True),  # ULID
    Column("key", String(255), nullable=False, unique=True),  # what tells one from another outside Bugle
    Column("name", String(255), nullable=False),
    Column("folded", _Bytewise, nullable=False),  # the name as it is searched: domain.customer
    Index(None, "folded", "id"),
)

report_customers = Table(
    "report_customers",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("customer", ForeignKey("customers.id"), primary_key=True),
    Column("brought_by", String(32), nullable=False),
    Column("added_at", Utc, nullable=False),
    Index(None, "customer"),
)

also_reported = Table(
    "also_reported",
    metadata,
    Column("nonce", String(64), primary_key=True),  # of the form in which "It is this one" was pressed
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("reporter", String(32), nullable=False),
    Column("steps", Text, nullable=False),
    Column("expected", Text, nullable=False),
    Column("actual", Text, nullable=False),
    Column("filed_at", Utc, nullable=False),
    Column("source", Text),  # the address of the message it was made from
    Index(None, "report"),
)
questions = Table(
    "questions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("nonce", String(64), nullable=False, unique=True),  # one per opened form: a second press finds it
    Column("asked_by", String(32), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("text", Text, nullable=False),
    Column("answer", Text),
    Column("answered_at", Utc),
    Column("channel", String(32)),  # where it was posted to the reporter
    Column("ts", String(32)),
    Index(None, "report"),
)

user_groups = Table(
    "user_groups",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("members", _Json, nullable=False),  # a list of Slack user ids
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

duty_surfaces = Table(  # the places in Slack that show who is on duty, as far as Bugle has written them
    "duty_surfaces",
    metadata,
    Column("surface", String(16), primary_key=True),  # domain.duty_surfaces.Surface
    Column("target", String(32), primary_key=True),  # the id of a user group or a channel
    Column("shown", _Json),  # what it says, as domain.duty_surfaces.gist tells it; null while unknown
    Column("checked_at", Utc),  # business time at which Slack was last asked
    Column("refusals", _Json, nullable=False),  # why it cannot be written, as admins were told
    Column("told", Integer, nullable=False),  # how many lines admins had about it
    Column("ts", String(32)),  # of the pinned message
    Column("seen", Text),  # the topic as Slack told it when it was last right
)
