"""What each project asks of a new issue, copied from Jira so that the form waits for no call."""

import json
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Text, bindparam, cast, delete, func, select

from domain.create_fields import Choice, Field, field_from_json, field_to_json
from storage.database import Transaction
from storage.rows import insert_new, upsert
from storage.tables import create_fields, versions

# Built once: every filing asks them.
_FIELDS = select(cast(create_fields.c.fields, Text)).where(
    create_fields.c.project == bindparam("asked"), create_fields.c.issue_type == bindparam("kind")
)
_ONE_VERSION = select(versions.c.id).where(versions.c.project == bindparam("asked")).limit(1)


def keep_fields(tx: Transaction, project: str, issue_type: str, fields: Sequence[Field]) -> None:
    """Keep these as the fields of a project's create screen, and no others."""
    rows = [field_to_json(field) for field in fields]
    upsert(tx, create_fields, {"project": project, "issue_type": issue_type, "fields": rows})


def fields_of(tx: Transaction, project: str, issue_type: str) -> tuple[Field, ...]:
    """Return the fields of a project's create screen; none before Jira has told them."""
    record = tx.execute(_FIELDS, {"asked": project, "kind": issue_type}).scalar()
    return () if record is None else _read(record)


@lru_cache(maxsize=256)
def _read(record: str) -> tuple[Field, ...]:
    return tuple(field_from_json(each) for each in json.loads(record))


def keep_versions(tx: Transaction, project: str, known: Sequence[Choice]) -> None:
    """Keep these as the project's versions, oldest first, and no others."""
    tx.execute(delete(versions).where(versions.c.project == project))
    rows = [
        {"project": project, "id": each.id, "name": each.name, "position": position}
        for position, each in enumerate(known)
    ]
    if rows:
        insert_new(tx, versions, rows)


def versions_like(tx: Transaction, project: str, typed: str, limit: int = 100) -> list[str]:
    """Return the names of the versions that hold what was typed, newest first."""
    query = select(versions.c.name).where(versions.c.project == project)
    if typed:
        query = query.where(func.lower(versions.c.name).contains(typed.lower(), autoescape=True))
    return list(tx.scalars(query.order_by(versions.c.position.desc()).limit(limit)))


def has_versions(tx: Transaction, project: str) -> bool:
    """Tell whether the project has versions to choose from."""
    return tx.execute(_ONE_VERSION, {"asked": project}).first() is not None
