"""What is said about reports in Slack and in Jira."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep remarks and what the other side shows of them; what was said before now stays where it is."""
    op.create_table(
        "remarks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=255), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("files", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("mirror", sa.String(length=64), nullable=True),
        sa.Column("shown", sa.String(length=64), nullable=True),
        sa.Column("noted", sa.Boolean(), nullable=False),
        sa.Column("attachments", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_remarks_report_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
        sa.UniqueConstraint("report", "origin", "source", name=op.f("uq_remarks_report_origin_source")),
    )
    is_shown = sa.text("mirror IS NOT NULL")
    op.create_index(
        op.f("ix_remarks_report_mirror"),
        "remarks",
        ["report", "mirror"],
        sqlite_where=is_shown,
        postgresql_where=is_shown,
    )

    op.create_table(
        "threads",
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("begun_at", storage.tables.columns.Utc(), nullable=True),
        sa.Column("latest", sa.String(length=32), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=True),
        sa.Column("read_at", storage.tables.columns.Utc(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_threads_report_reports")),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_threads")),
    )
    op.create_index(op.f("ix_threads_read_at"), "threads", ["read_at"])
    op.execute("INSERT INTO threads (report, begun_at) SELECT id, CURRENT_TIMESTAMP FROM reports")
