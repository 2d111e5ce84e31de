"""The tags of feedback on a product."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count what customers want by its tags."""
    op.create_table(
        "feedback_tags",
        sa.Column("product", sa.String(length=64), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.Column("customer_issue", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_issue"],
            ["customer_issues.id"],
            name=op.f("fk_feedback_tags_customer_issue_customer_issues"),
        ),
        sa.PrimaryKeyConstraint("product", "tag", "customer_issue", name=op.f("pk_feedback_tags")),
    )
    op.create_index(op.f("ix_feedback_tags_customer_issue"), "feedback_tags", ["customer_issue"])
