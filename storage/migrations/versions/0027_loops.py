"""Loops: which customers are to be told how it ended, and the messages that list them."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep loops, and who reads of them where."""
    op.create_table(
        "loop_messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_loop_messages_report_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop_messages")),
        sa.UniqueConstraint("report", "person", name=op.f("uq_loop_messages_report_person")),
    )
    op.create_table(
        "loops",
        sa.Column("customer_issue", sa.String(length=26), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ending", sa.String(length=16), nullable=False),
        sa.Column("since", storage.tables.columns.Utc(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("holder", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("told_at", storage.tables.columns.Utc(), nullable=True),
        sa.Column("told_by", sa.String(length=32), nullable=True),
        sa.Column("told_how", sa.String(length=16), nullable=True),
        sa.Column("remind_at", storage.tables.columns.Utc(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("touches", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_issue"], ["customer_issues.id"], name=op.f("fk_loops_customer_issue_customer_issues")
        ),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_loops_report_reports")),
        sa.PrimaryKeyConstraint("customer_issue", name=op.f("pk_loops")),
    )
    op.create_index(
        op.f("ix_loops_state_since_customer_issue"), "loops", ["state", "since", "customer_issue"]
    )
    op.create_index(op.f("ix_loops_report_holder"), "loops", ["report", "holder"])
    op.create_index(op.f("ix_loops_holder_state"), "loops", ["holder", "state"])
    for column in ("remind_at", "told_at"):
        is_known = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_loops_{column}"), "loops", [column], sqlite_where=is_known, postgresql_where=is_known
        )
