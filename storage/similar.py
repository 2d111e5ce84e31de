"""Searching our reports and Jira's issues for texts that are alike, by BM25 in SQL that both databases know.

A document is kept with one row when it is added, since that is done before an ack. Its terms are written
into the index later, a few documents at a time; until then every question is compared with it. A question is
put in two steps: its rarest terms find candidates by their postings, then all its terms rank these.

A term is kept as a number that belongs to one product, so that each product has an index of its own.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    TextClause,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    union_all,
    update,
)

from domain.likeness import Question, Terms, question, weights
from storage.database import Transaction
from storage.rows import add_up
from storage.tables import documents, postings, term_counts

MOST_TERMS = 48
MOST_POSTINGS = 12_000  # read for one question: what bounds its time, however many documents there are
CANDIDATES = 40
MOST_WAITING = 100
BATCH = 3  # documents settled in one transaction, since filings wait for it on SQLite

_SETTLING = 0x62_75_67_6C_67  # the advisory lock that lets one replica write the index on PostgreSQL
_OVERLAP = 10  # ids are given before commits, and on SQLite once more after the newest document has left
_EVERY = ""  # stands in the counts for a term that every document has


@dataclass(frozen=True, slots=True)
class Alike:
    """A document like the one asked for: a report of ours, or an issue by Jira's id. Likely from 1 on."""

    report: str | None
    issue: str | None
    likeness: float


@dataclass(frozen=True, slots=True)
class Found:
    """What is most alike to a text, best first, and what it takes to tell whether more has come since.

    `passed` is what the newest documents say that are not likely.
    """

    alike: list[Alike]
    asked: Question
    newest: int
    passed: frozenset[str]


def add_report(tx: Transaction, product: str, report: str, said: Terms) -> None:
    """Let a report be found from the commit on."""
    tx.execute(_ADD, _row(product, said) | {"report": report, "issue": None})


def keep_issues(tx: Transaction, product: str, said: Mapping[str, Terms]) -> None:
    """Let these issues, by Jira's id, be found by what they say now; what says the same as before stays."""
    known = select(documents.c.issue, documents.c.terms)
    known = known.where(_of_issues(product, said), documents.c.state != "leaving")
    before = {row.issue: row.terms for row in tx.execute(known)}
    rows = {issue: _row(product, each) | {"report": None, "issue": issue} for issue, each in said.items()}
    changed = [issue for issue, row in rows.items() if before.get(issue) != row["terms"]]
    forget_issues(tx, product, [issue for issue in changed if issue in before])
    if changed:
        tx.execute(_ADD, [rows[issue] for issue in changed])


def forget_issues(tx: Transaction, product: str, ids: Collection[str]) -> None:
    """Let these issues be found no more; ids of which nothing is kept change nothing."""
    if ids:
        _forget(tx, _of_issues(product, ids))


def forget_report(tx: Transaction, report: str) -> None:
    """Let a report be found no more."""
    _forget(tx, documents.c.report == report)


def search(tx: Transaction, product: str, said: Terms, limit: int) -> Found:
    """Return what is most alike to a text; nothing for a text without terms."""
    newest = tx.scalar(_NEWEST) or 0  # first: what comes meanwhile is rather found twice than not at all
    having = _having(tx, product, said)
    asked = question(said, having.pop(_EVERY, 0), having)
    found = _candidates(tx, product, asked, having)
    rows = tx.execute(_COMPARED, {"product": product, "found": found})
    ranked = [Alike(row.report, row.issue, asked.likeness(_read(row.terms))) for row in rows]
    alike = sorted((each for each in ranked if each.likeness), key=lambda each: -each.likeness)
    last = tx.scalars(_CAME_SINCE, {"product": product, "known": newest - _OVERLAP})
    return Found(
        alike[:limit], asked, newest, frozenset(each for each in last if not _is_likely(asked, each))
    )


def has_likely_since(tx: Transaction, product: str, before: Found) -> bool:
    """Tell whether something likely came after a search, or too much to say so without another one."""
    came = tx.scalars(_CAME_SINCE, {"product": product, "known": before.newest - _OVERLAP}).all()
    return len(came) > MOST_WAITING or any(
        _is_likely(before.asked, terms) for terms in came if terms not in before.passed
    )


def settle(tx: Transaction, most: int = BATCH) -> bool:
    """Take a few waiting documents into the index and leaving ones out; tell whether there may be more.

    One replica does so at a time; the others find nothing to do.
    """
    if tx.dialect.name == "postgresql" and not tx.scalar(select(func.pg_try_advisory_xact_lock(_SETTLING))):
        return False
    rows = tx.execute(_UNSETTLED, {"most": most}).all()
    arrived: list[dict[str, int]] = []
    left: list[dict[str, int]] = []
    counted: Counter[int] = Counter()
    for row in rows:
        comes, said = row.state == "waiting", json.loads(row.terms)
        for term, weight in weights(said).items():
            posting = {"of": _number(row.product, term), "document": row.id, "weight": round(weight * 1000)}
            (arrived if comes else left).append(posting)
        counted.update({_number(row.product, term): 1 if comes else -1 for term in (_EVERY, *said)})
    if arrived:
        # In the order of the index, so that neighbours are written together.
        tx.execute(_INDEX, sorted(arrived, key=itemgetter("of", "document")))
        ids = [row.id for row in rows if row.state == "waiting"]
        tx.execute(update(documents).where(documents.c.id.in_(ids)).values(state="indexed"))
    if left:
        tx.execute(_UNINDEX, left)
    tx.execute(delete(documents).where(documents.c.id.in_(row.id for row in rows if row.state == "leaving")))
    add_up(tx, term_counts, [{"term": term, "documents": each} for term, each in sorted(counted.items())])
    return len(rows) == most


def _is_likely(asked: Question, kept: str) -> bool:
    return asked.likeness(_read(kept)) >= 1


@lru_cache(maxsize=512)
def _read(kept: str) -> Terms:
    """Return the terms of a document; those that wait for the index are compared with every question."""
    terms: dict[str, int] = json.loads(kept)
    return terms


def _row(product: str, said: Terms) -> dict[str, Any]:
    kept = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return {"product": product, "terms": kept, "state": "waiting"}


def _of_issues(product: str, ids: Collection[str]) -> ColumnElement[bool]:
    return and_(documents.c.product == product, documents.c.issue.in_(ids))


def _forget(tx: Transaction, which: ColumnElement[bool]) -> None:
    """Delete what waits, then let what is indexed leave: in this order, since it may be settled meanwhile."""
    tx.execute(delete(documents).where(which, documents.c.state == "waiting"))
    tx.execute(update(documents).where(which).values(state="leaving"))


def _having(tx: Transaction, product: str, said: Terms) -> dict[str, int]:
    """Return how many indexed documents of the product have each of these terms, and `_EVERY` in all."""
    numbers = {_number(product, term): term for term in (_EVERY, *said)}
    return {numbers[row.term]: row.documents for row in tx.execute(_COUNTS, {"terms": list(numbers)})}


def _candidates(tx: Transaction, product: str, asked: Question, having: Mapping[str, int]) -> list[int]:
    """Return the documents that are most alike by the rarest terms that any of them has."""
    room = MOST_POSTINGS
    chosen: list[str] = []
    for term in sorted((term for term in asked.counts if having.get(term)), key=lambda term: having[term]):
        room -= having[term]
        if chosen and (room < 0 or len(chosen) == MOST_TERMS):
            break
        chosen.append(term)
    if not chosen:
        return []
    given: dict[str, Any] = dict.fromkeys(_ASKED)
    for place, term in enumerate(chosen):
        given |= {f"term_{place}": _number(product, term), f"counts_{place}": asked.counts[term]}
    return list(tx.scalars(_CANDIDATES, given))


def _number(product: str, term: str) -> int:
    """Return what a product's term is kept as: 64 bits, in which no two are likely to meet."""
    digest = blake2b(f"{product} {term}".encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


_ASKED = [f"{name}_{place}" for place in range(MOST_TERMS) for name in ("term", "counts")]


def _candidates_query() -> TextClause:
    """Written out, since SQLAlchemy compiles a list of values anew each time."""
    given = ", ".join(f"(:term_{place}, :counts_{place})" for place in range(1, MOST_TERMS))
    return text(
        "WITH question (term, counts) AS"  # noqa: S608  (numbers, and names of ours)
        f" (VALUES (CAST(:term_0 AS BIGINT), CAST(:counts_0 AS FLOAT)), {given})"
        " SELECT document FROM question JOIN postings ON postings.term = question.term"
        " GROUP BY document ORDER BY sum(postings.weight * question.counts) DESC, document DESC"
        f" LIMIT {CANDIDATES}"
    )


def _compared_query() -> CompoundSelect[Any]:
    """Candidates, and the newest of what is not in the index yet."""
    columns = (documents.c.report, documents.c.issue, documents.c.terms)
    found = select(*columns).where(
        documents.c.id.in_(bindparam("found", expanding=True)), documents.c.state == "indexed"
    )
    waiting = (
        select(*columns)
        # The first as the partial index says it, so that both databases use it.
        .where(text("state IN ('waiting', 'leaving')"), documents.c.state == "waiting")
        .where(documents.c.product == bindparam("product"))
        .order_by(documents.c.id.desc())
        .limit(MOST_WAITING)
    )
    return union_all(found, select(waiting.subquery()))


# Built once: a filing adds a document, and a check before it asks.
_ADD = insert(documents)
_COUNTS = select(term_counts).where(term_counts.c.term.in_(bindparam("terms", expanding=True)))
_NEWEST = select(func.max(documents.c.id))
_CAME_SINCE = (
    select(documents.c.terms)
    .where(documents.c.id > bindparam("known"), documents.c.product == bindparam("product"))
    .where(documents.c.state != "leaving")
    .limit(MOST_WAITING + 1)
)
_CANDIDATES = _candidates_query()
_COMPARED = _compared_query()
_UNSETTLED = (
    select(documents)
    .where(text("state IN ('waiting', 'leaving')"))
    .order_by(documents.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_INDEX = insert(postings).values(term=bindparam("of"))
_UNINDEX = delete(postings).where(
    postings.c.term == bindparam("of"), postings.c.document == bindparam("document")
)
