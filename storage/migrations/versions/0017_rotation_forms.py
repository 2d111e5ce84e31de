"""Rotations in forms."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the forms of rotations that are open, and who changed what of a rotation."""
    op.create_table(
        "rotation_drafts",
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("rotation", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("base", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("form", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("seen", sa.String(length=32), nullable=False),
        sa.Column("saved_at", storage.tables.Utc(), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_rotation_drafts")),
    )
    with op.batch_alter_table("rotation_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rotation_drafts_saved_at"), ["saved_at"], unique=False)

    op.create_table(
        "rotation_edits",
        sa.Column("rotation", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", storage.tables.Utc(), nullable=False),
        sa.Column("change", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["rotation"], ["rotations.key"], name=op.f("fk_rotation_edits_rotation_rotations")
        ),
        sa.PrimaryKeyConstraint("rotation", "version", name=op.f("pk_rotation_edits")),
    )
