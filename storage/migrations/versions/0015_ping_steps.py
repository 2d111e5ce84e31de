"""ping steps."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep by which step each ping was made, whether out of hours, and how long somebody looks at it."""
    with op.batch_alter_table("pings") as batch_op:
        batch_op.add_column(sa.Column("via", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("after_hours", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("snoozed_until", storage.tables.Utc(), nullable=True))
        batch_op.add_column(sa.Column("lapses_at", storage.tables.Utc(), nullable=True))
