"""pages of home."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep to which pages of their Home people turned."""
    with op.batch_alter_table("homes") as batch_op:
        batch_op.add_column(sa.Column("pages", sa.JSON(none_as_null=True), nullable=True))
