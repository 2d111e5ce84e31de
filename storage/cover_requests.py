"""Requests for cover and swaps, as they are kept, and where they were posted."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, insert, or_, select, update

from domain.cover_request import CoverRequest, State
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import cover_messages, cover_requests

_IS_OPEN = cover_requests.c.state == State.OPEN


@dataclass(frozen=True, slots=True)
class CoverMessage:
    """A posted message that is edited in place as its request is answered; `version` is what it shows."""

    id: int
    request: str
    audience: str
    round: int
    channel: str
    ts: str
    version: int


def add(tx: Transaction, new: CoverRequest) -> None:
    """Keep a request."""
    tx.execute(insert(cover_requests), asdict(new))


def get(tx: Transaction, request_id: str) -> CoverRequest | None:
    """Return a request, or None where there never was one; its rotation's lock keeps it as it is."""
    return next(iter(_found(tx, cover_requests.c.id == request_id)), None)


def open_in(tx: Transaction, rotation: str) -> list[CoverRequest]:
    """Return what is asked in a rotation, the nearest first."""
    return _found(tx, cover_requests.c.rotation == rotation, _IS_OPEN)


def open_for(tx: Transaction, person: str) -> list[CoverRequest]:
    """Return what somebody asks, or others for them, the nearest first."""
    mine = or_(cover_requests.c.whose == person, cover_requests.c.asked_by == person)
    return _found(tx, _IS_OPEN, mine)


def open_to(tx: Transaction, person: str) -> list[CoverRequest]:
    """Return what one person alone is asked, the nearest first."""
    return _found(tx, _IS_OPEN, cover_requests.c.asked == person)


def all_open(tx: Transaction) -> list[CoverRequest]:
    """Return what is asked anywhere."""
    return _found(tx, _IS_OPEN)


def change(tx: Transaction, request: CoverRequest, **values: Any) -> CoverRequest:
    """Change a request whose rotation is locked, and count its version; return it as it is then."""
    mine = cover_requests.c.id == request.id
    tx.execute(update(cover_requests).where(mine).values(version=request.version + 1, **values))
    changed = get(tx, request.id)
    assert changed is not None
    return changed


def posted(
    tx: Transaction, request: str, *, audience: str, number: int, channel: str, ts: str, version: int
) -> None:
    """Keep where a request was posted; posting it again, after a doubt, changes nothing."""
    row = {"request": request, "audience": audience, "round": number}
    insert_new(tx, cover_messages, [{**row, "channel": channel, "ts": ts, "version": version}])


def messages_of(tx: Transaction, request: str) -> list[CoverMessage]:
    """Return the messages that show a request."""
    query = select(cover_messages).where(cover_messages.c.request == request).order_by(cover_messages.c.id)
    return [CoverMessage(**row) for row in tx.execute(query).mappings()]


def message(tx: Transaction, message_id: int) -> CoverMessage:
    """Return a message that is known to exist."""
    query = select(cover_messages).where(cover_messages.c.id == message_id)
    return CoverMessage(**tx.execute(query).mappings().one())


def shows(tx: Transaction, message_id: int, version: int) -> None:
    """Note that a message shows this version of its request."""
    tx.execute(update(cover_messages).where(cover_messages.c.id == message_id).values(version=version))


def _found(tx: Transaction, *which: ColumnElement[bool]) -> list[CoverRequest]:
    order = (cover_requests.c.start, cover_requests.c.id)
    return [
        _request(row) for row in tx.execute(select(cover_requests).where(*which).order_by(*order)).mappings()
    ]


def _request(row: RowMapping) -> CoverRequest:
    return CoverRequest(**{**row, "state": State(row["state"])})
