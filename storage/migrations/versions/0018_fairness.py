"""fairness."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Find what was pinged, taken and closed in a period without reading everything."""
    op.create_index(op.f("ix_reports_taken_at"), "reports", ["taken_at"])
    op.create_index(op.f("ix_reports_closed_at"), "reports", ["closed_at"])
    op.create_index(op.f("ix_pings_posted_at"), "pings", ["posted_at"])
