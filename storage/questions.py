"""What triage asked reporters, and what they answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from domain.triage import Question
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import questions, reports

_COLUMNS = [column for column in questions.c if column.name != "nonce"]


def add(
    tx: Transaction, *, report: str, nonce: str, asked_by: str, now: datetime, text: str
) -> Question | None:
    """Keep a question; None when this opening of the form has asked it before."""
    row = {"report": report, "nonce": nonce, "asked_by": asked_by, "asked_at": now, "text": text}
    if not insert_new(tx, questions, [row]):
        return None
    return _one(tx, questions.c.nonce == nonce)


def get(tx: Transaction, question_id: int) -> Question:
    """Return a question that is known to exist."""
    return _one(tx, questions.c.id == question_id)


def latest(tx: Transaction, report: str) -> Question | None:
    """Return what was asked last about a report, or None."""
    query = select(*_COLUMNS).where(questions.c.report == report).order_by(questions.c.id.desc()).limit(1)
    row = tx.execute(query).mappings().first()
    return Question(**row) if row else None


def waiting_for(tx: Transaction, reporter: str) -> list[Question]:
    """Return the questions that wait for an answer of this reporter, oldest first."""
    query = (
        select(*_COLUMNS)
        .join(reports, reports.c.id == questions.c.report)
        .where(reports.c.reporter == reporter, questions.c.answered_at.is_(None))
        .order_by(questions.c.id)
    )
    return [Question(**row) for row in tx.execute(query).mappings()]


def posted(tx: Transaction, question_id: int, *, channel: str, ts: str) -> None:
    """Note where a question was posted to its reporter."""
    _change(tx, question_id, channel=channel, ts=ts)


def answer(tx: Transaction, question_id: int, text: str, now: datetime) -> None:
    """Keep the answer to a question."""
    _change(tx, question_id, answer=text, answered_at=now)


def _change(tx: Transaction, question_id: int, **values: Any) -> None:
    tx.execute(update(questions).where(questions.c.id == question_id).values(values))


def _one(tx: Transaction, which: Any) -> Question:
    return Question(**tx.execute(select(*_COLUMNS).where(which)).mappings().one())
