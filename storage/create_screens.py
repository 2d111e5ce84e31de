"""What each project asks of a new issue, copied from Jira so that the form waits for no call."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from domain.create_fields import Choice, Field, field_from_json, field_to_json
from storage.database import Transaction
from storage.rows import insert_new, upsert
from storage.tables import create_fields, versions


def keep_fields(tx: Transaction, project: str, issue_type: str, fields: Sequence[Field]) -> None:
    """Keep these as the fields of a project's create screen, and no others."""
    rows = [field_to_json(field) for field in fields]
    upsert(tx, create_fields, {"project": project, "issue_type": issue_type, "fields": rows})


def fields_of(tx: Transaction, project: str, issue_type: str) -> tuple[Field, ...]:
    """Return the fields of a project's create screen; none before Jira has told them."""
    query = select(create_fields.c.fields).where(
        create_fields.c.project == project, create_fields.c.issue_type == issue_type
    )
    return tuple(field_from_json(each) for each in tx.execute(query).scalar() or ())


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
    return tx.execute(select(versions.c.id).where(versions.c.project == project).limit(1)).first() is not None
