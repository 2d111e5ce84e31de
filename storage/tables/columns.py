"""The kinds of columns that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    text,
)
from sqlalchemy.types import TypeEngine


class Utc(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite would drop the offset unconverted; naive ones are refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep the zone where the database knows zones."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC; ValueError for a naive time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored: {value!r}")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give an aware UTC time back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up by itself on SQLite
Json = JSON(none_as_null=True)
# Compared byte by byte, as SQLite does anyway, so that an index finds what begins with something.
Bytewise = String(1024).with_variant(String(1024, collation="C"), "postgresql")


def index_of_known(column: str, *others: str, known: str | None = None) -> Index:
    """Return an index without the rows in which `known`, else the first column, is null.

    What is new has few of its columns filled: a page less is written for each such index before an ack.
    """
    is_known = text(f"{known or column} IS NOT NULL")
    return Index(None, column, *others, sqlite_where=is_known, postgresql_where=is_known)
