"""pings."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep who was asked about which report."""
    op.create_table(
        "pings",
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=32), nullable=True),
        sa.Column("posted_at", storage.tables.Utc(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("due_at", storage.tables.Utc(), nullable=True),
        sa.Column("end", sa.String(length=16), nullable=True),
        sa.Column("ended_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_pings_report_reports")),
        sa.PrimaryKeyConstraint("report", "number", name=op.f("pk_pings")),
    )
