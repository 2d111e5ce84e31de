"""What is kept, as SQLAlchemy tables that mean the same on SQLite and PostgreSQL."""

from storage.tables.columns import Utc, metadata
from storage.tables.conversation import remarks, threads
from storage.tables.customers import (
    audit,
    customer_issues,
    customer_posts,
    customers,
    feedback_tags,
)
from storage.tables.duty import (
    duty_now,
    duty_records,
    duty_surfaces,
    overrides,
    rotation_drafts,
    rotation_edits,
    rotations,
    time_off,
)
from storage.tables.engine import effects, inbox, paces
from storage.tables.filing import (
    also_reported,
    assigned,
    drafts,
    live_messages,
    pings,
    questions,
    report_customers,
    report_events,
    reports,
    tracked,
)
from storage.tables.jira import areas, create_fields, issues, mirrors, versions
from storage.tables.loops import loop_messages, loops
from storage.tables.outside import outside_messages, shared_channels
from storage.tables.people import homes, jira_accounts, user_groups
from storage.tables.places import deliveries, digests
from storage.tables.promises import promises
from storage.tables.search import documents, postings, term_counts
from storage.tables.shifts import (
    calendar_events,
    calendar_links,
    cover_messages,
    cover_requests,
    efforts,
    handoff_items,
    handoff_messages,
    handoffs,
)

__all__ = [
    "Utc",
    "also_reported",
    "areas",
    "assigned",
    "audit",
    "calendar_events",
    "calendar_links",
    "cover_messages",
    "cover_requests",
    "create_fields",
    "customer_issues",
    "customer_posts",
    "customers",
    "deliveries",
    "digests",
    "documents",
    "drafts",
    "duty_now",
    "duty_records",
    "duty_surfaces",
    "effects",
    "efforts",
    "feedback_tags",
    "handoff_items",
    "handoff_messages",
    "handoffs",
    "homes",
    "inbox",
    "issues",
    "jira_accounts",
    "live_messages",
    "loop_messages",
    "loops",
    "metadata",
    "mirrors",
    "outside_messages",
    "overrides",
    "paces",
    "pings",
    "postings",
    "promises",
    "questions",
    "remarks",
    "report_customers",
    "report_events",
    "reports",
    "rotation_drafts",
    "rotation_edits",
    "rotations",
    "shared_channels",
    "term_counts",
    "threads",
    "time_off",
    "tracked",
    "user_groups",
    "versions",
]
