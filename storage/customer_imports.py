"""Taking over lines of a file into the directory, many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, or_, select
from ulid import ULID

from domain.customer import folded, key_of_name
from domain.customer_faults import Why
from domain.customer_headers import Field
from domain.customer_lines import Line
from domain.customer_tally import Done
from storage import audit
from storage.audit import About, Deed
from storage.database import Transaction
from storage.many_rows import change_many, insert_many
from storage.tables import customers as kept

_COLUMNS = tuple(each.value for each in Field)
_NEEDED = select(
    kept.c.id, kept.c.folded, kept.c.merged_into, kept.c.fields, *(kept.c[name] for name in _COLUMNS)
)


class OvertakenError(Exception):
    """Somebody added one of these customers in this moment: nothing was kept, and it can be tried again."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What a line does to a row: the values it gives it, and which of them are other ones."""

    row: Mapping[str, Any]
    names: tuple[str, ...]


def take_over(
    tx: Transaction, lines: Sequence[Line], adopting: frozenset[int], now: datetime, *, dry: bool
) -> list[Done | Why]:
    """Keep what lines say of customers, each of another one; return what became of each, or why it is bad.

    A customer is found by its key, without one by its name. Those of whom reps only said the name get the
    key of the line that has it, where its number is in *adopting*. Dry, nothing is kept. OvertakenError
    where somebody else adds one of them; the caller begins another transaction.
    """
    by_key, by_name = _found(tx, lines, lock=not dry)
    done: list[Done | Why] = []
    added: list[dict[str, Any]] = []
    changed: list[_Change] = []
    for line in lines:
        row = _row_of(line, by_key, by_name, adopts=line.number in adopting)
        if isinstance(row, (Done, Why)):
            done.append(row)
        elif row is None:
            done.append(_new(line, added, now))
        else:
            done.append(_changed(line, row, changed, now))
    if not dry:
        _keep(tx, added, changed, now)
    return done


def _found(
    tx: Transaction, lines: Iterable[Line], *, lock: bool
) -> tuple[dict[str, RowMapping], dict[str, list[RowMapping]]]:
    keys = {line.key for line in lines if line.key}
    keys |= {key_of_name(line.name) for line in lines if line.name}
    names = {folded(line.name) for line in lines if line.name and not line.key}
    query = _NEEDED.where(
        or_(kept.c.key.in_(keys), kept.c.folded.in_(names)) if names else kept.c.key.in_(keys)
    )
    rows = tx.execute((query.order_by(kept.c.id).with_for_update()) if lock else query).mappings().all()
    by_name = defaultdict(list)
    for row in rows:
        by_name[row["folded"]].append(row)
    return {row["key"]: row for row in rows}, by_name


def _row_of(
    line: Line, by_key: Mapping[str, RowMapping], by_name: Mapping[str, list[RowMapping]], *, adopts: bool
) -> RowMapping | Done | Why | None:
    """Return the row of the customer that a line is about; None: it is a new one."""
    named = by_key.get(key_of_name(line.name)) if line.name else None
    if line.key:
        row = by_key.get(line.key)
        if row is None and named is not None and named["merged_into"] is None and adopts:
            return named
    else:
        same = by_name.get(folded(line.name or ""), [])
        alive = [each for each in same if each["merged_into"] is None]
        row = named or (alive[0] if alive else same[0] if same else None)
        if row is not named and len(alive) > 1:
            return Why.SEVERAL
    if row is not None:
        return Done.MERGED if row["merged_into"] else row
    return None if line.name else Why.NEW_WITHOUT_NAME


def _new(line: Line, added: list[dict[str, Any]], now: datetime) -> Done:
    assert line.name is not None  # asked before
    row = dict.fromkeys(_COLUMNS) | dict(line.values)
    row |= {"id": str(ULID()), "key": line.key or key_of_name(line.name), "name": line.name}
    free = {name: value for name, value in line.free.items() if value}
    added.append(row | {"folded": folded(line.name), "fields": free or None, "updated_at": now})
    return Done.ADDED


def _changed(line: Line, row: RowMapping, changed: list[_Change], now: datetime) -> Done:
    told = dict(line.values)
    told |= {"name": line.name} if line.name else {}
    told |= {"key": line.key} if line.key else {}
    names = [name for name, value in told.items() if row[name] != value]
    before: dict[str, Any] = row["fields"] or {}
    free = {name: value for name, value in {**before, **line.free}.items() if value}
    names += [name for name in line.free if before.get(name) != free.get(name)]
    if not names:
        return Done.UNCHANGED
    values = {name: told.get(name, row[name]) for name in _COLUMNS}
    values |= {"folded": folded(values["name"]), "fields": free or None, "updated_at": now}
    changed.append(_Change(values | {"id": row["id"]}, tuple(names)))
    return Done.CHANGED


def _keep(tx: Transaction, added: list[dict[str, Any]], changed: list[_Change], now: datetime) -> None:
    if added and insert_many(tx, kept, added) < len(added):
        raise OvertakenError
    change_many(tx, kept, [change.row for change in changed])
    told: list[tuple[Deed, str, dict[str, Any]]]
    told = [(Deed.ADDED, row["id"], {"by": "import"}) for row in added]
    told += [(Deed.CHANGED, each.row["id"], {"by": "import", "fields": list(each.names)}) for each in changed]
    audit.note_all(tx, About.CUSTOMER, told, now)
