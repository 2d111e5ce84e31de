"""Taking in what help desks send: kept once, in one transaction with all that must follow from it."""

from dataclasses import dataclass

from domain.customer_config import Source
from domain.customer_issue import Origin, Told
from domain.intake import Incoming
from domain.sensitive import find, mask
from storage import areas, customer_issues, customers
from storage.database import Transaction
from workflows import passing_on
from workflows.context import Context


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of it: the id of the customer issue, and whether it is new rather than sent again."""

    id: str
    is_new: bool


def take(ctx: Context, source: Source, incoming: Incoming) -> Kept:
    """Keep what a help desk sent, however often it does; storage's errors where that cannot be done.

    What it gives away (card numbers, passwords and the like) is masked before it is kept: nobody is there to
    be asked, as whoever files a bug is, and the help desk still has it.
    """
    with ctx.database.transaction() as tx:
        issue = passing_on.take_in(tx, ctx, _told(tx, ctx, source, incoming))
        if issue is not None:
            return Kept(issue.id, is_new=True)
        known = customer_issues.with_nonce(tx, _nonce(source, incoming))
        assert known is not None, "it was refused because it is there"
        return Kept(known.id, is_new=False)


def _nonce(source: Source, incoming: Incoming) -> str:
    return f"intake:{source.key}:{incoming.id}"


def _told(tx: Transaction, ctx: Context, source: Source, incoming: Incoming) -> Told:
    return Told(
        nonce=_nonce(source, incoming),
        origin=Origin.INTAKE,
        product=incoming.product,
        quote=mask(incoming.quote, find(incoming.quote)),
        customer=_customer(tx, incoming),
        area=_area(tx, ctx, incoming),
        language=incoming.language,
        author=incoming.author,
        source=source.key,
        help_desk_url=incoming.help_desk_url,
        effort=incoming.effort,
        satisfaction=incoming.satisfaction,
        tags=incoming.tags,
    )


def _customer(tx: Transaction, incoming: Incoming) -> str | None:
    """Return whose it is: by key, by the domain of the e-mail, or by name, as a new one where need be."""
    for key in (incoming.customer_key, incoming.domain):
        if key and (found := customers.with_key(tx, key)) is not None:
            return found.id
    named = customers.keep(tx, [incoming.customer]) if incoming.customer else []
    return named[0].id if named else None


def _area(tx: Transaction, ctx: Context, incoming: Incoming) -> str | None:
    """Return the area of the product that is named, as Jira writes it, or None."""
    if incoming.area is None:
        return None
    project = ctx.config.product(incoming.product).project
    found = areas.matching(tx, project, incoming.area)
    return next((name for _, name in found if name.lower() == incoming.area.lower()), None)
