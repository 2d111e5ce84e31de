"""Which messages show a customer issue, where they are, and which version of it they show."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import RowMapping, delete, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import customer_posts as kept


class Form(StrEnum):
    """Which form of a customer issue a message has."""

    CARD = "card"  # for our own people
    RECEIPT = "receipt"  # for who brought it in
    OUTSIDE = "outside"  # the customer-safe one, in a channel that the customer reads


@dataclass(frozen=True, slots=True)
class CustomerPost:
    """A posted message that is edited in place as its customer issue changes.

    `confirmed_by` is who looked at what outsiders read and let it go out; None for our own channels.
    `engineer` is who was named in it as being on duty.
    """

    id: int
    customer_issue: str
    form: Form
    audience: str
    channel: str
    ts: str
    version: int
    confirmed_by: str | None = None
    engineer: str | None = None


def add(
    tx: Transaction,
    *,
    customer_issue: str,
    form: Form,
    audience: str,
    channel: str,
    ts: str,
    version: int,
    confirmed_by: str | None = None,
    engineer: str | None = None,
) -> None:
    """Keep where a message was posted; posting it again, after a doubt, changes nothing."""
    place = {"audience": audience, "channel": channel, "ts": ts}
    people = {"confirmed_by": confirmed_by, "engineer": engineer}
    row = {"customer_issue": customer_issue, "form": form, "version": version, **place, **people}
    insert_new(tx, kept, [row])


def get(tx: Transaction, post_id: int) -> CustomerPost:
    """Return a message that is known to exist."""
    return _post(tx.execute(select(kept).where(kept.c.id == post_id)).mappings().one())


def find(tx: Transaction, post_id: int) -> CustomerPost | None:
    """Return a message, or None where it was forgotten."""
    row = tx.execute(select(kept).where(kept.c.id == post_id)).mappings().first()
    return _post(row) if row else None


def of_issue(tx: Transaction, customer_issue: str) -> list[CustomerPost]:
    """Return the messages that show a customer issue."""
    query = select(kept).where(kept.c.customer_issue == customer_issue).order_by(kept.c.id)
    return [_post(row) for row in tx.execute(query).mappings()]


def at(tx: Transaction, channel: str, ts: str) -> CustomerPost | None:
    """Return what is known of this message, or None where it shows no customer issue."""
    row = tx.execute(select(kept).where(kept.c.channel == channel, kept.c.ts == ts)).mappings().first()
    return _post(row) if row else None


def in_channel(tx: Transaction, channel: str) -> list[CustomerPost]:
    """Return the messages about customer issues in a channel."""
    query = select(kept).where(kept.c.channel == channel).order_by(kept.c.id)
    return [_post(row) for row in tx.execute(query).mappings()]


def forget_channel(tx: Transaction, channel: str) -> None:
    """Forget the messages for our own people in a channel, as when they are removed from it."""
    tx.execute(delete(kept).where(kept.c.channel == channel, kept.c.form != Form.OUTSIDE))


def follow(tx: Transaction, old: str, new: str) -> None:
    """Note that a channel has another id now."""
    tx.execute(update(kept).where(kept.c.channel == old).values(channel=new))


def shows(tx: Transaction, post_id: int, version: int) -> None:
    """Note that a message now shows this version of its customer issue."""
    tx.execute(update(kept).where(kept.c.id == post_id).values(version=version))


def _post(row: RowMapping) -> CustomerPost:
    return CustomerPost(**{**row, "form": Form(row["form"])})
