"""Hand-offs."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep who was settled to be on duty, each hand-off with its bugs, and what shifts were like."""
    op.create_table(
        "duty_now",
        sa.Column("rotation", sa.String(length=64), nullable=False),
        sa.Column("start", storage.tables.Utc(), nullable=False),
        sa.Column("end", storage.tables.Utc(), nullable=True),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("why", sa.String(length=16), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("override", sa.String(length=26), nullable=True),
        sa.Column("announced", sa.String(length=32), nullable=True),
        sa.Column("last", sa.String(length=32), nullable=True),
        sa.Column("last_slot", sa.Integer(), nullable=True),
        sa.Column("last_revision", sa.Integer(), nullable=True),
        sa.Column("warned_until", storage.tables.Utc(), nullable=True),
        sa.Column("settled_at", storage.tables.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["rotation"], ["rotations.key"], name=op.f("fk_duty_now_rotation_rotations")),
        sa.PrimaryKeyConstraint("rotation", name=op.f("pk_duty_now")),
    )
    op.create_table(
        "efforts",
        sa.Column("rotation", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("effort", sa.Integer(), nullable=False),
        sa.Column("at", storage.tables.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["rotation"], ["rotations.key"], name=op.f("fk_efforts_rotation_rotations")),
        sa.PrimaryKeyConstraint("rotation", "slot", "revision", "person", name=op.f("pk_efforts")),
    )
    op.create_table(
        "handoffs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rotation", sa.String(length=64), nullable=False),
        sa.Column("at", storage.tables.Utc(), nullable=False),
        sa.Column("leaver", sa.String(length=32), nullable=True),
        sa.Column("taker", sa.String(length=32), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("asks_effort", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rotation"], ["rotations.key"], name=op.f("fk_handoffs_rotation_rotations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoffs")),
    )
    with op.batch_alter_table("handoffs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handoffs_rotation_id"), ["rotation", "id"], unique=False)

    op.create_table(
        "handoff_items",
        sa.Column("handoff", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report", sa.String(length=26), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=True),
        sa.Column("decided_at", storage.tables.Utc(), nullable=True),
        sa.Column("given_in", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("accepted_at", storage.tables.Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["given_in"], ["handoffs.id"], name=op.f("fk_handoff_items_given_in_handoffs")
        ),
        sa.ForeignKeyConstraint(["handoff"], ["handoffs.id"], name=op.f("fk_handoff_items_handoff_handoffs")),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_handoff_items_report_reports")),
        sa.PrimaryKeyConstraint("handoff", "report", name=op.f("pk_handoff_items")),
    )
    with op.batch_alter_table("handoff_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handoff_items_given_in"), ["given_in"], unique=False)

    op.create_table(
        "handoff_messages",
        sa.Column("handoff", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["handoff"], ["handoffs.id"], name=op.f("fk_handoff_messages_handoff_handoffs")
        ),
        sa.PrimaryKeyConstraint("handoff", "role", name=op.f("pk_handoff_messages")),
    )
