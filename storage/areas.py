"""The areas of each product: its Jira components, copied so that choosing one waits for no call."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, func, select

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import areas

# Built once: every filing asks it.
_ONE = select(areas.c.id).where(areas.c.project == bindparam("asked")).limit(1)


def replace(tx: Transaction, project: str, components: Mapping[str, str]) -> None:
    """Keep these components (id to name) as the project's areas, and no others."""
    tx.execute(delete(areas).where(areas.c.project == project))
    if components:
        rows = [{"project": project, "id": key, "name": name} for key, name in components.items()]
        insert_new(tx, areas, rows)


def matching(tx: Transaction, project: str, typed: str, limit: int = 100) -> list[tuple[str, str]]:
    """Return (id, name) of the areas whose name holds what was typed, by name."""
    query = select(areas.c.id, areas.c.name).where(areas.c.project == project)
    if typed:
        query = query.where(func.lower(areas.c.name).contains(typed.lower(), autoescape=True))
    return [(row.id, row.name) for row in tx.execute(query.order_by(areas.c.name).limit(limit))]


def is_any(tx: Transaction, project: str) -> bool:
    """Tell whether the project has areas to choose from."""
    return tx.execute(_ONE, {"asked": project}).first() is not None
