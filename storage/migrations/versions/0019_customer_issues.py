"""What customers told us, where it is shown, and the audit of it."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make customers a directory, and keep what each told us."""
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", storage.tables.columns.Utc(), nullable=False),
        sa.Column("who", sa.String(length=32), nullable=True),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=26), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_about_subject_id"), "audit", ["about", "subject", "id"])
    op.create_index(op.f("ix_audit_who_id"), "audit", ["who", "id"])

    op.create_table(
        "customer_issues",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("nonce", sa.String(length=255), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("product", sa.String(length=64), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("customer", sa.String(length=26), nullable=True),
        sa.Column("area", sa.String(length=255), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("author", sa.String(length=255), nullable=True),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("brought_by", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("help_desk_url", sa.Text(), nullable=True),
        sa.Column("effort", sa.Integer(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("files", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("tags", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("brought_at", storage.tables.columns.Utc(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("settled_by", sa.String(length=32), nullable=True),
        sa.Column("settled_at", storage.tables.columns.Utc(), nullable=True),
        sa.Column("settled_note", sa.Text(), nullable=True),
        sa.Column("report", sa.String(length=26), nullable=True),
        sa.Column("decision", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("blanked_at", storage.tables.columns.Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer"], ["customers.id"], name=op.f("fk_customer_issues_customer_customers")
        ),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_customer_issues_report_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_issues")),
        sa.UniqueConstraint("nonce", name=op.f("uq_customer_issues_nonce")),
    )
    op.create_index(op.f("ix_customer_issues_brought_at"), "customer_issues", ["brought_at"])
    op.create_index(op.f("ix_customer_issues_channel_ts"), "customer_issues", ["channel", "ts"])
    op.create_index(op.f("ix_customer_issues_customer_id"), "customer_issues", ["customer", "id"])
    op.create_index(
        op.f("ix_customer_issues_product_state_brought_at"),
        "customer_issues",
        ["product", "state", "brought_at"],
    )
    op.create_index(op.f("ix_customer_issues_report"), "customer_issues", ["report"])

    op.create_table(
        "customer_posts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_issue", sa.String(length=26), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_issue"],
            ["customer_issues.id"],
            name=op.f("fk_customer_posts_customer_issue_customer_issues"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_posts")),
        sa.UniqueConstraint(
            "customer_issue", "form", "audience", name=op.f("uq_customer_posts_customer_issue_form_audience")
        ),
    )
    op.create_index(op.f("ix_customer_posts_channel_ts"), "customer_posts", ["channel", "ts"])

    op.create_table(
        "digest_entries",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("customer_issue", sa.String(length=26), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("due_at", storage.tables.columns.Utc(), nullable=False),
        sa.Column("posted_at", storage.tables.columns.Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_issue"],
            ["customer_issues.id"],
            name=op.f("fk_digest_entries_customer_issue_customer_issues"),
        ),
        sa.PrimaryKeyConstraint("channel", "customer_issue", name=op.f("pk_digest_entries")),
    )
    op.create_index(op.f("ix_digest_entries_due_at"), "digest_entries", ["due_at"])

    op.add_column("customers", sa.Column("tier", sa.String(length=64), nullable=True))
    op.add_column("customers", sa.Column("value", sa.BigInteger(), nullable=True))
    op.add_column("customers", sa.Column("region", sa.String(length=64), nullable=True))
    op.add_column("customers", sa.Column("zone", sa.String(length=64), nullable=True))
    op.add_column("customers", sa.Column("language", sa.String(length=16), nullable=True))
    op.add_column("customers", sa.Column("renewal", sa.Date(), nullable=True))
    op.add_column("customers", sa.Column("owner", sa.String(length=32), nullable=True))
    op.add_column("customers", sa.Column("channel", sa.String(length=32), nullable=True))
    op.add_column("customers", sa.Column("crm_url", sa.Text(), nullable=True))
    op.add_column("customers", sa.Column("help_desk_url", sa.Text(), nullable=True))
    op.add_column("customers", sa.Column("fields", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("customers", sa.Column("merged_into", sa.String(length=26), nullable=True))
    op.add_column("customers", sa.Column("updated_at", storage.tables.columns.Utc(), nullable=True))
    op.create_index(op.f("ix_customers_channel"), "customers", ["channel"])
    op.create_index(op.f("ix_customers_owner"), "customers", ["owner"])
