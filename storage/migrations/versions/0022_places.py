"""places."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what waits for the hours of a channel, and digests as messages that are edited."""
    op.drop_table("digest_entries")
    op.create_table(
        "digests",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("whole", sa.String(length=26), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("rotation", sa.String(length=64), nullable=True),
        sa.Column("made_at", storage.tables.columns.Utc(), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("engineer", sa.String(length=32), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
    )
    op.create_index(op.f("ix_digests_whole_page"), "digests", ["whole", "page"])
    op.create_index(op.f("ix_digests_channel_ts"), "digests", ["channel", "ts"])

    op.create_table(
        "deliveries",
        sa.Column("customer_issue", sa.String(length=26), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("rotation", sa.String(length=64), nullable=True),
        sa.Column("due_at", storage.tables.columns.Utc(), nullable=False),
        sa.Column("ended_at", storage.tables.columns.Utc(), nullable=True),
        sa.Column("digest", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_issue"],
            ["customer_issues.id"],
            name=op.f("fk_deliveries_customer_issue_customer_issues"),
        ),
        sa.ForeignKeyConstraint(["digest"], ["digests.id"], name=op.f("fk_deliveries_digest_digests")),
        sa.PrimaryKeyConstraint("customer_issue", "channel", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_ended_at_due_at"), "deliveries", ["ended_at", "due_at"])
    op.create_index(op.f("ix_deliveries_digest"), "deliveries", ["digest"])

    op.add_column("customer_posts", sa.Column("engineer", sa.String(length=32), nullable=True))
