"""finding the reports somebody owns or was pinged about."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reports", schema=None) as batch_op:
        for column in ("acknowledged_by", "on_duty", "taken_by"):
            name = batch_op.f(f"ix_reports_{column}_filed_at")
            batch_op.create_index(name, [column, "filed_at"], unique=False)
