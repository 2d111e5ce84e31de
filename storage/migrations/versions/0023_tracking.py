"""How the issues of reports stand in Jira, and to whom Bugle assigned them."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what Jira last told of each report's issue."""
    op.create_table(
        "assigned",
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=255), nullable=True),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_assigned_report_reports")),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_assigned")),
    )
    op.create_index(op.f("ix_assigned_account"), "assigned", ["account"])

    op.create_table(
        "tracked",
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("issue", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=255), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("assignee", sa.String(length=255), nullable=True),
        sa.Column("assignee_id", sa.String(length=255), nullable=True),
        sa.Column("priority", sa.String(length=255), nullable=True),
        sa.Column("resolution", sa.String(length=255), nullable=True),
        sa.Column("versions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("original", sa.String(length=255), nullable=True),
        sa.Column("updated", storage.tables.columns.Utc(), nullable=False),
        sa.Column("seen_at", storage.tables.columns.Utc(), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("since", storage.tables.columns.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_tracked_report_reports")),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_tracked")),
    )
    op.create_index(op.f("ix_tracked_issue"), "tracked", ["issue"])
    op.create_index(op.f("ix_tracked_phase_seen_at"), "tracked", ["phase", "seen_at"])
