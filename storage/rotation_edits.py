"""Who changed what of a rotation, one record for each of its versions."""

from sqlalchemy import Row, insert, select

from domain.rotation_edit import Edit, change_to_dict, edit_from_dict
from storage.database import Transaction
from storage.tables import rotation_edits


def add(tx: Transaction, edit: Edit) -> None:
    """Keep a change, in the transaction that makes it."""
    row = {"rotation": edit.rotation, "version": edit.version, "by": edit.by, "at": edit.at}
    tx.execute(insert(rotation_edits), row | {"change": change_to_dict(edit)})


def get(tx: Transaction, rotation: str, version: int) -> Edit:
    """Return the change that led to a version, which is known to be kept."""
    query = select(rotation_edits).where(
        rotation_edits.c.rotation == rotation, rotation_edits.c.version == version
    )
    return _edit(tx.execute(query).one())


def since(tx: Transaction, rotation: str, version: int) -> list[Edit]:
    """Return the changes made after a version, in order."""
    query = select(rotation_edits).where(
        rotation_edits.c.rotation == rotation, rotation_edits.c.version > version
    )
    return [_edit(row) for row in tx.execute(query.order_by(rotation_edits.c.version))]


def _edit(row: Row[tuple[object, ...]]) -> Edit:
    return edit_from_dict(row.rotation, row.version, row.by, row.at, row.change)
