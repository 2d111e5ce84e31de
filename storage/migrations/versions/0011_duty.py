"""duty."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep rotations with their settings, what lies over their turns, and who really was on duty."""
    op.create_table(
        "time_off",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("start", storage.tables.Utc(), nullable=False),
        sa.Column("end", storage.tables.Utc(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("uid", sa.String(length=1024), nullable=True),
        sa.Column("noted_by", sa.String(length=32), nullable=False),
        sa.Column("noted_at", storage.tables.Utc(), nullable=False),
        sa.Column("cancelled_at", storage.tables.Utc(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_off")),
    )
    with op.batch_alter_table("time_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_time_off_end"), ["end"], unique=False)
        batch_op.create_index(batch_op.f("ix_time_off_person_end"), ["person", "end"], unique=False)

    op.create_table(
        "duty_records",
        sa.Column("rotation", sa.String(length=64), nullable=False),
        sa.Column("start", storage.tables.Utc(), nullable=False),
        sa.Column("end", storage.tables.Utc(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rotation"], ["rotations.key"], name=op.f("fk_duty_records_rotation_rotations")
        ),
        sa.PrimaryKeyConstraint("rotation", "start", name=op.f("pk_duty_records")),
    )
    with op.batch_alter_table("duty_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_records_rotation_end"), ["rotation", "end"], unique=False)

    op.create_table(
        "overrides",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("rotation", sa.String(length=64), nullable=False),
        sa.Column("start", storage.tables.Utc(), nullable=False),
        sa.Column("end", storage.tables.Utc(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("swap", sa.String(length=26), nullable=True),
        sa.Column("instead_of", sa.String(length=32), nullable=True),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", storage.tables.Utc(), nullable=False),
        sa.Column("cancelled_at", storage.tables.Utc(), nullable=True),
        sa.Column("cancelled_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["rotation"], ["rotations.key"], name=op.f("fk_overrides_rotation_rotations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    with op.batch_alter_table("overrides", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overrides_end"), ["end"], unique=False)
        batch_op.create_index(batch_op.f("ix_overrides_rotation_end"), ["rotation", "end"], unique=False)

    with op.batch_alter_table("rotations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("profile", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
