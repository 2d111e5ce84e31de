"""What each person had to do for a rotation in a period: pings, bugs taken, bugs closed.

Each query reads no more than the period's rows, which indexes by time find.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, case, func, or_, select

from domain.load import Counts
from domain.rotation_profile import Service
from storage.database import Transaction
from storage.tables import duty_now, duty_records, pings, reports


def counted(
    tx: Transaction, serves: Iterable[Service], start: datetime, end: datetime
) -> Mapping[str, Counts]:
    """Return what each person had of what a rotation serves in [*start*, *end*), aware; by Slack user id.

    A bug counts as taken for who owns it now, as closed for who closed it.
    """
    about = [_is_about(each) for each in serves]
    if not about:
        return {}
    served, found = or_(*about), defaultdict[str, dict[str, int]](dict)
    late = func.sum(case((pings.c.after_hours, 1), else_=0))
    asked = (
        select(pings.c.member, func.count(), late)
        .join(reports, reports.c.id == pings.c.report)
        .where(served, *_within(pings.c.posted_at, start, end), pings.c.member.is_not(None))
        .group_by(pings.c.member)
    )
    for member, count, after_hours in tx.execute(asked):
        found[member] |= {"pings": count, "after_hours": after_hours}
    for name, who, when in (
        ("taken", reports.c.taken_by, reports.c.taken_at),
        ("closed", reports.c.closed_by, reports.c.closed_at),
    ):
        by = select(who, func.count()).where(served, *_within(when, start, end), who.is_not(None))
        for person, count in tx.execute(by.group_by(who)):
            found[person][name] = count
    return {person: Counts(**counts) for person, counts in found.items()}


def known_since(tx: Transaction, rotation: str) -> datetime | None:
    """Return from when on Bugle knows who was on duty; None before the first time it settled that."""
    recorded = select(func.min(duty_records.c.start)).where(duty_records.c.rotation == rotation)
    since: datetime | None = tx.execute(recorded).scalar()
    if since is not None:
        return since
    return tx.execute(select(duty_now.c.start).where(duty_now.c.rotation == rotation)).scalar()


def _is_about(service: Service) -> ColumnElement[bool]:
    of_product = reports.c.product == service.product
    return of_product if service.area is None else and_(of_product, reports.c.area == service.area)


def _within(at: Column[Any], start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return at >= start, at < end
