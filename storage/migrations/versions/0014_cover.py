"""Requests for cover."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep who asks whom to cover a shift or to swap it, and where that was posted."""
    op.create_table(
        "cover_requests",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("rotation", sa.String(length=64), nullable=False),
        sa.Column("start", storage.tables.Utc(), nullable=False),
        sa.Column("end", storage.tables.Utc(), nullable=False),
        sa.Column("whose", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("asked_at", storage.tables.Utc(), nullable=False),
        sa.Column("asked", sa.String(length=32), nullable=True),
        sa.Column("other_start", storage.tables.Utc(), nullable=True),
        sa.Column("other_end", storage.tables.Utc(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.Column("answered_at", storage.tables.Utc(), nullable=True),
        sa.Column("lapses_at", storage.tables.Utc(), nullable=False),
        sa.Column("remind_at", storage.tables.Utc(), nullable=True),
        sa.Column("reminders", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["rotation"], ["rotations.key"], name=op.f("fk_cover_requests_rotation_rotations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_requests")),
    )
    with op.batch_alter_table("cover_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cover_requests_rotation_state"), ["rotation", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_cover_requests_state_lapses_at"), ["state", "lapses_at"], unique=False
        )

    op.create_table(
        "cover_messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request", sa.String(length=26), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request"], ["cover_requests.id"], name=op.f("fk_cover_messages_request_cover_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_messages")),
        sa.UniqueConstraint(
            "request", "audience", "round", name=op.f("uq_cover_messages_request_audience_round")
        ),
    )
