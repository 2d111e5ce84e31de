"""When promises for reports have to be looked at."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep of each promise for a report when to look at it and what was told."""
    op.create_table(
        "promises",
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_at", storage.tables.columns.Utc(), nullable=True),
        sa.Column("warned_for", sa.Integer(), nullable=True),
        sa.Column("broken_at", storage.tables.columns.Utc(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_promises_report_reports")),
        sa.PrimaryKeyConstraint("report", "kind", name=op.f("pk_promises")),
    )
    op.create_index(
        op.f("ix_promises_due_at"),
        "promises",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
