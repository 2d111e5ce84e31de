"""Messages that a customer reads in a channel shared with it: what was let go out, by whom, where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, select, update
from ulid import ULID

from domain.privacy import Stop
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import customer_issues
from storage.tables import outside_messages as kept


@dataclass(frozen=True, slots=True)
class OutsideMessage:
    """A message for outsiders about one customer issue, edited in place as what they may know changes.

    `once` tells it from others about the same customer issue. `companies` are the Slack teams that read the
    channel when somebody confirmed it. `ts` is None until it is posted; `shows` is a digest of what it shows,
    None while nobody knows. `stopped` says why it was not posted or edited the last time.
    """

    id: str
    customer_issue: str
    once: str
    channel: str
    companies: tuple[str, ...]
    language: str
    sentence: str
    confirmed_by: str
    confirmed_at: datetime
    ts: str | None = None
    shows: str | None = None
    stopped: Stop | None = None

    @property
    def may_be_tried_again(self) -> bool:
        """Whether it was stopped before anybody read it."""
        return self.ts is None and self.stopped is not None


def add(tx: Transaction, *, companies: tuple[str, ...], **values: Any) -> OutsideMessage | None:
    """Keep what is to be posted; None where such a message was kept before."""
    row = {"id": str(ULID()), **values, "companies": list(companies)}
    return get(tx, row["id"]) if insert_new(tx, kept, [row]) else None


def get(tx: Transaction, message: str) -> OutsideMessage:
    """Return a message that is known to exist."""
    return _message(tx.execute(select(kept).where(kept.c.id == message)).mappings().one())


def find(tx: Transaction, customer_issue: str, once: str) -> OutsideMessage | None:
    """Return the message of a customer issue that is called so, or None."""
    query = select(kept).where(kept.c.customer_issue == customer_issue, kept.c.once == once)
    row = tx.execute(query).mappings().first()
    return _message(row) if row else None


def of_issue(tx: Transaction, customer_issue: str) -> list[OutsideMessage]:
    """List what a customer reads of one customer issue, oldest first."""
    query = select(kept).where(kept.c.customer_issue == customer_issue).order_by(kept.c.id)
    return [_message(row) for row in tx.execute(query).mappings()]


def of_report(tx: Transaction, report: str) -> list[OutsideMessage]:
    """List what customers read of the customer issues that hang on a report."""
    about = kept.join(customer_issues, kept.c.customer_issue == customer_issues.c.id)
    query = select(kept).select_from(about).where(customer_issues.c.report == report).order_by(kept.c.id)
    return [_message(row) for row in tx.execute(query).mappings()]


def places(tx: Transaction, channel: str) -> set[str]:
    """Return the ts of every message in a channel that is for outsiders."""
    query = select(kept.c.ts).where(kept.c.channel == channel, kept.c.ts.is_not(None))
    return set(tx.execute(query).scalars())


def change(tx: Transaction, message: str, **values: Any) -> None:
    """Note what became of a message: its ts, what it shows, or why it was stopped."""
    tx.execute(update(kept).where(kept.c.id == message).values(values))


def remove(tx: Transaction, message: str) -> None:
    """Forget a message that nobody has read."""
    tx.execute(delete(kept).where(kept.c.id == message))


def follow(tx: Transaction, old: str, new: str) -> None:
    """Note that a channel has another id now."""
    tx.execute(update(kept).where(kept.c.channel == old).values(channel=new))


def blank(tx: Transaction, customer_issue: str) -> None:
    """Forget what our people wrote to the customer about this, as when its text is deleted."""
    tx.execute(update(kept).where(kept.c.customer_issue == customer_issue).values(sentence=""))


def _message(row: RowMapping | Mapping[str, Any]) -> OutsideMessage:
    stopped = Stop(row["stopped"]) if row["stopped"] else None
    return OutsideMessage(**{**row, "companies": tuple(row["companies"]), "stopped": stopped})
