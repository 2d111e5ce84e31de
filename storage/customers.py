"""Customers: their directory, and which of them each report is about.

One that was merged into another stays as a row that leads to it; an erased one stays without a name, so that
what hangs on it still counts. Neither is offered or found any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, delete, func, select, update
from ulid import ULID

from domain.customer import NAMED, Customer, Profile, folded, key_of_name, plain_letters, tidy_name
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import customers, report_customers

_LAST = "\U0010ffff"  # sorts behind everything that can follow in a name
_COLUMNS = tuple(each.name for each in fields(Profile))
_PROFILE = select(*(customers.c[name] for name in _COLUMNS))
_IS_ONE = (customers.c.merged_into.is_(None), customers.c.folded != "")
_NAMES = select(customers.c.id, customers.c.name)
_NOW = func.coalesce(customers.c.merged_into, customers.c.id)


def keep(tx: Transaction, names: Iterable[str]) -> list[Customer]:
    """Return the customers of these names, as reps typed them; those nobody named before are added."""
    wanted = {folded(name): tidy_name(name) for name in names if folded(name)}
    if not wanted:  # as at most filings
        return []
    found = _by_name(tx, wanted)
    rows = [
        {"id": str(ULID()), "key": key_of_name(name), "name": name, "folded": plain}
        for plain, name in wanted.items()
        if plain not in found
    ]
    if rows:
        insert_new(tx, customers, rows)
        by_key = select(_NOW).where(customers.c.key.in_([row["key"] for row in rows]))
        found |= {who: who for who in tx.execute(by_key).scalars()}
    return known(tx, list(found.values()))


def _by_name(tx: Transaction, plain: Iterable[str]) -> dict[str, str]:
    """Return which customers have these folded names: the first of each, or what became of it."""
    query = select(customers.c.folded, _NOW).where(customers.c.folded.in_(list(plain)))
    # A dict keeps what comes last: the first customer that is one itself.
    order = query.order_by(customers.c.merged_into.is_(None), customers.c.id.desc())
    return {row[0]: row[1] for row in tx.execute(order)}


def profile(tx: Transaction, customer: str) -> Profile | None:
    """Return a customer, or the one it was merged into; None where there is none, or it was erased."""
    became = select(_NOW).where(customers.c.id == customer).scalar_subquery()
    return _one(tx, customers.c.id == became)


def with_key(tx: Transaction, key: str) -> Profile | None:
    """Return the customer that others know by this key, or the one it was merged into, or None."""
    became = select(_NOW).where(customers.c.key == key).scalar_subquery()
    return _one(tx, customers.c.id == became)


def of_channel(tx: Transaction, channel: str) -> Profile | None:
    """Return the customer with whom this channel is shared; None where there is none, or more than one."""
    found = tx.execute(_PROFILE.where(customers.c.channel == channel, *_IS_ONE).limit(2)).mappings().all()
    return _profile(found[0]) if len(found) == 1 else None


def follow_channel(tx: Transaction, old: str, new: str) -> None:
    """Note that the channel shared with a customer has another id now."""
    tx.execute(update(customers).where(customers.c.channel == old).values(channel=new))


def keep_profile(tx: Transaction, told: Profile, now: datetime) -> Profile:
    """Keep a customer, or change the one that has this key to what is told; returned with its id.

    Where that one was merged into another, the other is changed. ValueError where it has no name to find.
    """
    known_as = with_key(tx, told.key)
    if known_as is None and (added := add_profile(tx, told, now)) is not None:
        return added
    kept = known_as or with_key(tx, told.key)
    assert kept is not None  # keys of erased customers are free
    return change(tx, replace(told, id=kept.id, key=kept.key), now)


def add_profile(tx: Transaction, told: Profile, now: datetime) -> Profile | None:
    """Add a customer and return it with its id; None where another has this key, or had it and was merged."""
    row = _row(told, now) | {"id": str(ULID())}
    return replace(told, id=row["id"], name=row["name"]) if insert_new(tx, customers, [row]) else None


def change(tx: Transaction, told: Profile, now: datetime) -> Profile:
    """Change the customer with this id to what is told; returned as it is then.

    The key of one of whom only the name was known follows the name, so that this finds no other later.
    """
    row = _row(told, now)
    if told.key.startswith(NAMED):
        key = key_of_name(told.name)
        taken = tx.execute(select(customers.c.id).where(customers.c.key == key)).scalar()
        row["key"] = told.key if taken else key
    tx.execute(update(customers).where(customers.c.id == told.id).values(row))
    return replace(told, key=row["key"], name=row["name"])


def page(tx: Transaction, after: str, limit: int = 1000) -> list[Profile]:
    """List customers by their ids, those behind *after*; "" begins."""
    query = _PROFILE.where(customers.c.id > after, *_IS_ONE).order_by(customers.c.id).limit(limit)
    return [_profile(row) for row in tx.execute(query).mappings()]


def lock(tx: Transaction, customer: str) -> Profile | None:
    """Return a customer, or what became of it, that nobody else changes until this transaction ends."""
    held = hold(tx, [customer], alone=True)
    return profile(tx, held[0].id) if held else None


def hold(tx: Transaction, ids: Sequence[str], *, alone: bool = False) -> list[Customer]:
    """Return these customers, or what became of them, by name; none is merged until this transaction ends.

    With *alone* nobody else holds them either.
    """
    if not ids:
        return []
    became = set(tx.execute(select(_NOW).where(customers.c.id.in_(ids)).order_by(_NOW)).scalars())
    while True:
        query = select(customers.c.id, customers.c.merged_into).where(customers.c.id.in_(became))
        rows = tx.execute(
            query.order_by(customers.c.id).with_for_update(read=not alone, key_share=not alone)
        ).all()
        moved = {row.merged_into or row.id for row in rows}
        if moved == became:
            return known(tx, list(became))
        became = moved


def became(tx: Transaction, ids: Iterable[str]) -> dict[str, str]:
    """Return for each of these customers its own id, or that of what it was merged into."""
    query = select(customers.c.id, _NOW).where(customers.c.id.in_(list(ids)))
    return {row[0]: row[1] for row in tx.execute(query)}


def _row(told: Profile, now: datetime) -> dict[str, Any]:
    if not folded(told.name):
        raise ValueError("a customer without a name")
    row = {name: getattr(told, name) for name in _COLUMNS if name != "id"}
    row |= {"name": tidy_name(told.name), "folded": folded(told.name), "updated_at": now}
    return row | {"fields": dict(told.fields) or None}


def _one(tx: Transaction, where: ColumnElement[bool]) -> Profile | None:
    row = tx.execute(_PROFILE.where(where, *_IS_ONE)).mappings().first()
    return _profile(row) if row else None


def _profile(row: RowMapping | Mapping[str, Any]) -> Profile:
    return Profile(**{**row, "fields": row["fields"] or {}})


def matching(tx: Transaction, typed: str, limit: int = 100) -> list[Customer]:
    """Return the customers whose name begins with what was typed, then those that hold it elsewhere.

    All that the search looks at is in one index: the rows, ten times as long, are read of what is found.
    """
    wanted, name = folded(typed), customers.c.folded
    searched = select(customers.c.id).where(customers.c.merged_into.is_(None))
    begins = searched.where(name >= wanted, name < wanted + _LAST) if wanted else searched.where(name > "")
    found = list(tx.execute(begins.order_by(name, customers.c.id).limit(limit)).scalars())
    if wanted and len(found) < limit:
        place = func.instr(name, wanted) if tx.dialect.name == "sqlite" else func.strpos(name, wanted)
        holds = searched.where(place > 1).order_by(name, customers.c.id).limit(limit)
        found += [each for each in tx.execute(holds).scalars() if each not in set(found)]
    names = {row.id: row.name for row in tx.execute(_NAMES.where(customers.c.id.in_(found[:limit])))}
    return [Customer(each, names[each]) for each in found[:limit] if each in names]


def named_in(tx: Transaction, text: str) -> list[Customer]:
    """Return the customers whose names are somewhere in a text, by case and accents or not, in any language.

    Every name is looked for: with 200,000 customers that takes some tens of milliseconds.
    """
    place = func.strpos if tx.dialect.name == "postgresql" else func.instr
    is_in = place(plain_letters(text), customers.c.folded) > 0
    query = select(customers.c.id, customers.c.name).where(*_IS_ONE, is_in).order_by(customers.c.id)
    return [Customer(row.id, row.name) for row in tx.execute(query)]


def named(tx: Transaction, name: str) -> Customer | None:
    """Return the customer whose name is this one but for case and accents, or what became of it; or None."""
    found = _by_name(tx, [folded(name)]) if folded(name) else {}
    return next(iter(known(tx, list(found.values()))), None)


def known(tx: Transaction, ids: Sequence[str]) -> list[Customer]:
    """Return those of these customers that are there, or what became of them, by name."""
    if not ids:
        return []
    became = select(_NOW).where(customers.c.id.in_(ids))
    query = select(customers.c.id, customers.c.name).where(customers.c.id.in_(became), *_IS_ONE)
    return [Customer(row.id, row.name) for row in tx.execute(query.order_by(customers.c.name))]


def add_to(tx: Transaction, report: str, who: Sequence[Customer], *, brought_by: str, now: datetime) -> int:
    """Let a report be about these customers too; return how many it is about then.

    The caller holds the report and keeps the number in it.
    """
    keep_for(tx, report, who, brought_by=brought_by, now=now)
    return count(tx, report)


def keep_for(
    tx: Transaction, report: str, who: Sequence[Customer], *, brought_by: str, now: datetime
) -> None:
    """Let a new report be about these customers."""
    if who:
        rows = [
            {"report": report, "customer": each.id, "brought_by": brought_by, "added_at": now} for each in who
        ]
        insert_new(tx, report_customers, rows)


def set_of(tx: Transaction, report: str, who: Sequence[Customer], *, brought_by: str, now: datetime) -> int:
    """Let a report be about these customers and no others of this person's; return how many there are."""
    mine = (report_customers.c.report == report) & (report_customers.c.brought_by == brought_by)
    kept = [each.id for each in who]
    tx.execute(delete(report_customers).where(mine, report_customers.c.customer.not_in(kept)))
    return add_to(tx, report, who, brought_by=brought_by, now=now)


def move(tx: Transaction, report: str, to: str) -> int:
    """Let another report be about a report's customers; return how many that one is about then."""
    held = tx.execute(select(report_customers).where(report_customers.c.report == report)).mappings()
    rows = [{**row, "report": to} for row in held]
    if rows:
        insert_new(tx, report_customers, rows)
        tx.execute(delete(report_customers).where(report_customers.c.report == report))
    return count(tx, to)


def of_report(tx: Transaction, report: str) -> list[Customer]:
    """Return the customers a report is about, by name."""
    query = (
        select(customers.c.id, customers.c.name)
        .join(report_customers, report_customers.c.customer == customers.c.id)
        .where(report_customers.c.report == report)
    )
    return [Customer(row.id, row.name) for row in tx.execute(query.order_by(customers.c.folded))]


def tiers_of(tx: Transaction, report: str) -> frozenset[str]:
    """Return the tiers of the customers a report is about, as far as the directory says."""
    query = (
        select(customers.c.tier)
        .join(report_customers, report_customers.c.customer == customers.c.id)
        .where(report_customers.c.report == report, customers.c.tier.is_not(None))
    )
    return frozenset(tx.execute(query).scalars())


def count(tx: Transaction, report: str) -> int:
    """Return how many customers a report is about."""
    query = select(func.count()).where(report_customers.c.report == report)
    return int(tx.execute(query).scalar_one())
