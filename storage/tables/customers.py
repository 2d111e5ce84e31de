"""Customers, what they told us, where that is shown, and who saw and changed it."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.columns import Bytewise, Id, Json, Utc, metadata

customers = Table(
    "customers",
    metadata,
    Column("id", String(26), primary_key=True),  # ULID
    Column("key", String(255), nullable=False, unique=True),  # what tells one from another outside Bugle
    Column("name", String(255), nullable=False),
    Column("folded", Bytewise, nullable=False),  # the name as it is searched: domain.customer
    Column("tier", String(64)),
    Column("value", BigInteger),  # a year, in whole units of the team's currency
    Column("region", String(64)),
    Column("zone", String(64)),  # IANA
    Column("language", String(16)),
    Column("renewal", Date),
    Column("owner", String(32)),  # the rep: a Slack user id
    Column("channel", String(32)),  # shared with them by Slack Connect
    Column("crm_url", Text),
    Column("help_desk_url", Text),
    Column("fields", Json),  # free ones, by name
    Column("merged_into", String(26)),  # the customer that this one turned out to be
    Column("updated_at", Utc),  # when somebody last changed it; null: never since it was first named
    Index(None, "folded", "id", "merged_into"),  # all that a search reads
    Index(None, "owner"),
    Index(None, "channel"),
)

customer_issues = Table(
    "customer_issues",
    metadata,
    Column("id", String(26), primary_key=True),  # ULID
    Column("nonce", String(255), nullable=False, unique=True),  # what it came by: domain.customer_issue
    Column("origin", String(16), nullable=False),
    Column("product", String(64), nullable=False),
    Column("quote", Text, nullable=False),  # empty once blanked
    Column("customer", ForeignKey("customers.id")),
    Column("area", String(255)),
    Column("language", String(16)),
    Column("author", String(255)),
    Column("author_id", String(32)),
    Column("brought_by", String(32)),
    Column("channel", String(32)),  # of the message it was made from
    Column("ts", String(32)),
    Column("source", String(64)),
    Column("source_url", Text),
    Column("help_desk_url", Text),
    Column("effort", Integer),
    Column("satisfaction", Integer),
    Column("files", Json),
    Column("tags", Json),
    Column("brought_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),  # grows with each change that shows in a message
    Column("state", String(16), nullable=False),
    Column("settled_by", String(32)),
    Column("settled_at", Utc),
    Column("settled_note", Text),
    Column("report", ForeignKey("reports.id")),
    Column("decision", Json),
    Column("blanked_at", Utc),
    Index(None, "customer", "id"),
    Index(None, "report"),
    Index(None, "product", "state", "brought_at"),
    Index(None, "brought_at"),
    Index(None, "channel", "ts"),
)

feedback_tags = Table(
    "feedback_tags",
    metadata,
    Column("product", String(64), primary_key=True),
    Column("tag", String(64), primary_key=True),  # as domain.settling keeps it
    Column("customer_issue", ForeignKey("customer_issues.id"), primary_key=True),  # kept as feedback
    Index(None, "customer_issue"),
)

customer_posts = Table(
    "customer_posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_issue", ForeignKey("customer_issues.id"), nullable=False),
    Column("form", String(16), nullable=False),  # storage.customer_posts.Form
    Column("audience", String(32), nullable=False),  # the channel or the person it is for
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("version", Integer, nullable=False),  # of the customer issue, as the message shows it
    Column("confirmed_by", String(32)),  # who looked at what outsiders read and let it go out
    Column("engineer", String(32)),  # who was named as being on duty
    UniqueConstraint("customer_issue", "form", "audience"),
    Index(None, "channel", "ts"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("who", String(32)),  # a Slack user id; null: Bugle itself, or whoever runs its commands
    Column("deed", String(32), nullable=False),  # storage.audit.Deed
    Column("about", String(16), nullable=False),  # customer, customer_issue
    Column("subject", String(26), nullable=False),  # its id
    Column("details", Json),  # names of fields and channels; never the text of a customer
    Index(None, "about", "subject", "id"),
    Index(None, "who", "id"),
)
