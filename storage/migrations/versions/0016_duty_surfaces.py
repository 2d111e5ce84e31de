"""duty surfaces."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what the places in Slack say that show who is on duty."""
    op.create_table(
        "duty_surfaces",
        sa.Column("surface", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("shown", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("checked_at", storage.tables.Utc(), nullable=True),
        sa.Column("refusals", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("seen", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("surface", "target", name=op.f("pk_duty_surfaces")),
    )
