"""Customer issues on their way to channels that get them later: at their hours, or in a digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from domain.customer_config import Form
from domain.customer_routing import Delivery
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import deliveries as kept


@dataclass(frozen=True, slots=True)
class Waiting:
    """A customer issue (its id) that a channel gets later; the other fields are as in `Delivery`."""

    customer_issue: str
    channel: str
    form: Form
    name: str | None
    rotation: str | None


def keep(tx: Transaction, customer_issue: str, later: Iterable[Delivery]) -> None:
    """Let a customer issue wait for channels; one that waits or has been there changes nothing."""
    rows = [
        {
            "customer_issue": customer_issue,
            "channel": each.channel,
            "form": each.form,
            "name": each.name,
            "rotation": each.rotation,
            "due_at": each.at,
        }
        for each in later
    ]
    if rows:
        insert_new(tx, kept, rows)


def due_channels(tx: Transaction, now: datetime) -> list[str]:
    """Return the channels for which something is due."""
    query = select(kept.c.channel).where(kept.c.ended_at.is_(None), kept.c.due_at <= now)
    return list(tx.execute(query.distinct().order_by(kept.c.channel)).scalars())


def lock_due(tx: Transaction, channel: str, now: datetime) -> list[Waiting]:
    """Return what is due for a channel, oldest first, which no other replica posts until this ends."""
    query = (
        select(kept.c.customer_issue, kept.c.channel, kept.c.form, kept.c.name, kept.c.rotation)
        .where(kept.c.channel == channel, kept.c.ended_at.is_(None), kept.c.due_at <= now)
        .order_by(kept.c.customer_issue)
        .with_for_update()
    )
    return [Waiting(**{**row, "form": Form(row["form"])}) for row in tx.execute(query).mappings()]


def end(
    tx: Transaction, channel: str, issues: Iterable[str], now: datetime, digest: str | None = None
) -> None:
    """Note that these customer issues wait for a channel no longer; *digest* is the page they are on."""
    mine = (kept.c.channel == channel) & kept.c.customer_issue.in_(list(issues))
    tx.execute(update(kept).where(mine).values(ended_at=now, digest=digest))


def forget(tx: Transaction, channel: str, customer_issue: str) -> None:
    """Let a customer issue wait for a channel no longer, as if it never had."""
    tx.execute(delete(kept).where(kept.c.channel == channel, kept.c.customer_issue == customer_issue))


def follow(tx: Transaction, old: str, new: str) -> None:
    """Note that a channel has another id now."""
    there = select(kept.c.customer_issue).where(kept.c.channel == new)
    twice = (kept.c.channel == old) & kept.c.customer_issue.in_(there)
    tx.execute(delete(kept).where(twice))
    tx.execute(update(kept).where(kept.c.channel == old).values(channel=new))
