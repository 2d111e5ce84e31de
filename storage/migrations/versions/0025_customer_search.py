"""All that a search of customers reads, in one index."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what says that a customer was merged to the index of names."""
    op.create_index(op.f("ix_customers_folded_id_merged_into"), "customers", ["folded", "id", "merged_into"])
    op.drop_index(op.f("ix_customers_folded_id"), table_name="customers")
