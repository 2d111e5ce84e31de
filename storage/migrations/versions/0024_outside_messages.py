"""Messages that customers read, and channels of our own that others came to read."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_channels",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("found_at", storage.tables.columns.Utc(), nullable=False),
        sa.Column("ended_at", storage.tables.columns.Utc(), nullable=True),
        sa.Column("cleared_by", sa.String(length=32), nullable=True),
        sa.Column("told", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_shared_channels")),
    )
    op.create_table(
        "outside_messages",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("customer_issue", sa.String(length=26), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("companies", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=32), nullable=False),
        sa.Column("confirmed_at", storage.tables.columns.Utc(), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("shows", sa.String(length=64), nullable=True),
        sa.Column("stopped", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_issue"],
            ["customer_issues.id"],
            name=op.f("fk_outside_messages_customer_issue_customer_issues"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_messages")),
        sa.UniqueConstraint("customer_issue", "once", name=op.f("uq_outside_messages_customer_issue_once")),
    )
    op.create_index(op.f("ix_outside_messages_channel"), "outside_messages", ["channel"])
