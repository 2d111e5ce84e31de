"""Digests of customer issues: each row is one message, a page of the whole, edited in place."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select, update
from ulid import ULID

from storage.customer_posts import Form
from storage.database import Transaction
from storage.tables import customer_issues, customer_posts, deliveries
from storage.tables import digests as kept


@dataclass(frozen=True, slots=True)
class DigestPage:
    """One message of a digest, page 1 in the channel and the others in its thread.

    `whole` is the id of page 1. `ts` is None until it is posted. `rotation` is the key of the one whose
    engineer on duty it names, `engineer` (a Slack user id) who that was. `shown` is what `versions`
    was when the message was last written.
    """

    id: str
    whole: str
    page: int
    channel: str
    made_at: datetime
    rotation: str | None = None
    ts: str | None = None
    engineer: str | None = None
    shown: int = 0


def add(
    tx: Transaction, channel: str, number: int, *, rotation: str | None, now: datetime
) -> list[DigestPage]:
    """Keep a digest of so many pages that is to be posted."""
    ids = [str(ULID()) for _ in range(number)]
    made = [DigestPage(id_, ids[0], page, channel, now, rotation) for page, id_ in enumerate(ids, start=1)]
    columns = ("id", "whole", "page", "channel", "made_at", "rotation", "shown")
    tx.execute(insert(kept), [{name: getattr(each, name) for name in columns} for each in made])
    return made


def get(tx: Transaction, page_id: str) -> DigestPage:
    """Return a page that is known to exist."""
    return _page(tx.execute(select(kept).where(kept.c.id == page_id)).mappings().one())


def lock(tx: Transaction, page_id: str) -> DigestPage:
    """Return a page that nobody else changes until this transaction ends."""
    return _page(tx.execute(select(kept).where(kept.c.id == page_id).with_for_update()).mappings().one())


def lock_with(tx: Transaction, customer_issue: str) -> list[DigestPage]:
    """Return the pages on which a customer issue is, locked as above."""
    on = select(deliveries.c.digest).where(
        deliveries.c.customer_issue == customer_issue, deliveries.c.digest.is_not(None)
    )
    query = select(kept).where(kept.c.id.in_(on)).order_by(kept.c.id).with_for_update()
    return [_page(row) for row in tx.execute(query).mappings()]


def entries(tx: Transaction, page_id: str) -> list[str]:
    """Return the ids of the customer issues on a page, oldest first."""
    query = select(deliveries.c.customer_issue).where(deliveries.c.digest == page_id)
    return list(tx.execute(query.order_by(deliveries.c.customer_issue)).scalars())


def channels(tx: Transaction, customer_issue: str) -> list[str]:
    """Return the channels that have a customer issue in a digest by now."""
    query = (
        select(kept.c.channel)
        .join(deliveries, deliveries.c.digest == kept.c.id)
        .where(deliveries.c.customer_issue == customer_issue, kept.c.ts.is_not(None))
    )
    return list(tx.execute(query.order_by(kept.c.id)).scalars())


def pages(tx: Transaction, whole: str) -> int:
    """Return how many pages a digest has."""
    return int(tx.execute(select(func.count()).where(kept.c.whole == whole)).scalar_one())


def places(tx: Transaction, whole: str) -> list[tuple[str, str | None, int]]:
    """Return of which products and areas the customer issues of a digest are, how many each, most first."""
    number, about = func.count(), (customer_issues.c.product, customer_issues.c.area)
    query = (
        select(*about, number)
        .join(deliveries, deliveries.c.customer_issue == customer_issues.c.id)
        .join(kept, kept.c.id == deliveries.c.digest)
        .where(kept.c.whole == whole)
        .group_by(*about)
    )
    found = [(product, area, times) for product, area, times in tx.execute(query)]
    return sorted(found, key=lambda place: (-place[2], place[0], place[1] or ""))  # databases sort otherwise


def versions(tx: Transaction, page_id: str) -> int:
    """Return a number that grows with every change of a page: its issues' versions, and their cards there."""
    of_it = deliveries.c.digest == page_id
    changes = (
        select(func.sum(customer_issues.c.version))
        .join(deliveries, deliveries.c.customer_issue == customer_issues.c.id)
        .where(of_it)
    )
    return int(tx.execute(changes).scalar() or 0) + len(with_card(tx, page_id))


def with_card(tx: Transaction, page_id: str) -> set[str]:
    """Return which customer issues on a page have their card in the same channel."""
    query = (
        select(customer_posts.c.customer_issue)
        .join(
            deliveries,
            (deliveries.c.customer_issue == customer_posts.c.customer_issue)
            & (deliveries.c.channel == customer_posts.c.channel),
        )
        .where(deliveries.c.digest == page_id, customer_posts.c.form == Form.CARD)
    )
    return set(tx.execute(query).scalars())


def posted(tx: Transaction, page_id: str, *, ts: str, engineer: str | None, shown: int) -> None:
    """Note where a page was posted, whom it names, and which versions it shows."""
    values = {"ts": ts, "engineer": engineer, "shown": shown}
    tx.execute(update(kept).where(kept.c.id == page_id).values(values))


def shows(tx: Transaction, page_id: str, versions: int) -> None:
    """Note which versions a page shows now."""
    tx.execute(update(kept).where(kept.c.id == page_id).values(shown=versions))


def at(tx: Transaction, channel: str, ts: str) -> DigestPage | None:
    """Return the page that is this message, or None."""
    row = tx.execute(select(kept).where(kept.c.channel == channel, kept.c.ts == ts)).mappings().first()
    return _page(row) if row else None


def follow(tx: Transaction, old: str, new: str) -> None:
    """Note that a channel has another id now."""
    tx.execute(update(kept).where(kept.c.channel == old).values(channel=new))


def _page(row: RowMapping) -> DigestPage:
    return DigestPage(**row)
