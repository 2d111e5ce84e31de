"""calendars."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the addresses of calendars and how often their events changed."""
    op.create_table(
        "calendar_events",
        sa.Column("uid", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", storage.tables.Utc(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_calendar_events")),
    )
    op.create_table(
        "calendar_links",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("rotation", sa.String(length=64), nullable=True),
        sa.Column("made_at", storage.tables.Utc(), nullable=False),
        sa.Column("revoked_at", storage.tables.Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["rotation"], ["rotations.key"], name=op.f("fk_calendar_links_rotation_rotations")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_calendar_links")),
    )
    with op.batch_alter_table("calendar_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_links_person"), ["person"], unique=False)
