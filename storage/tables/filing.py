"""Reports, what belongs to one, and where each is shown."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.columns import Id, Json, Utc, index_of_known, metadata

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
    Column("fields", Json),  # answers to the project's own fields: domain.create_fields
    Column("customers", Integer, nullable=False, server_default="0"),  # how many are in report_customers
    Column("severity_reasons", Json),  # the facts that led to it; null before Bugle kept them
    Column("refusal", Json),  # what Jira said against it, by field id; null while it said nothing
    Column("state", String(16), nullable=False, server_default="open"),  # domain.triage.State
    Column("closed_by", String(32)),
    Column("closed_at", Utc),
    Column("closed_reason", Text),
    Column("duplicate_of", String(26)),  # the report it duplicates, where that is one of ours
    Column("duplicate_key", String(255)),  # the issue it duplicates, where its key was known
    Column("moved_customers", Json),  # those it had before, as storage.customer_moves writes them
    Column("severity_by", String(32)),  # who changed what the rules said, and why
    Column("severity_reason", Text),
    Column("handed_at", Utc),  # when it last went back to the rotation
    Index(None, "reporter", "filed_at"),
    index_of_known("duplicate_of"),
    index_of_known("taken_by", "filed_at"),
    Index(None, "on_duty", "filed_at"),
    index_of_known("acknowledged_by", "filed_at"),
    index_of_known("taken_at"),
    index_of_known("closed_at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("nonce", String(64), primary_key=True),  # of the opening of the form: what reports.nonce becomes
    Column("person", String(32), nullable=False),
    Column("opening", Json, nullable=False),  # what the form was opened with, as its private_metadata says
    Column("state", Json, nullable=False),  # the view's state.values, as Slack sends them
    Column("started_at", Utc, nullable=False),
    Column("saved_at", Utc, nullable=False),
    Column("reminded_at", Utc),
    Column("set_aside_at", Utc),  # since then a new form does not go on with it
    Index(None, "person", "saved_at"),
    Index(None, "saved_at"),
)

live_messages = Table(
    "live_messages",
    metadata,
    Column("id", Id, primary_key=True),
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
    index_of_known("posted_at"),
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
    Column("id", Id, primary_key=True),
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

report_events = Table(  # what happened to reports, only ever added to
    "report_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("key", String(255), nullable=False, unique=True),  # noted twice it is there once
    Column("at", Utc, nullable=False),
    Column("what", String(32), nullable=False),
    Column("who", String(32)),  # a Slack user id; null: Bugle itself, or somebody in Jira
    Column("details", Json),  # names and ids; never a text that somebody typed
    Index(None, "report", "id"),
)

tracked = Table(  # each report's issue, as Jira last told it
    "tracked",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("issue", String(64), nullable=False),  # Jira's own id, which stays when the issue is moved
    Column("key", String(255), nullable=False),
    Column("status", String(255), nullable=False),
    Column("category", String(32), nullable=False),
    Column("assignee", String(255)),
    Column("assignee_id", String(255)),
    Column("priority", String(255)),
    Column("resolution", String(255)),
    Column("versions", Json, nullable=False),
    Column("original", String(255)),
    Column("updated", Utc, nullable=False),  # by Jira's clock
    Column("seen_at", Utc, nullable=False),  # when Jira last told of it, business time
    Column("phase", String(16), nullable=False),  # domain.tracking.Phase
    Column("since", Utc, nullable=False),
    Index(None, "issue"),
    Index(None, "phase", "seen_at"),
)

assigned = Table(  # to whom Bugle assigned issues: seen in Jira that is no news
    "assigned",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("account", String(255)),
    Column("person", String(32)),
    Index(None, "account"),
)
