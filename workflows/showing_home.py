"""The Home tab: what concerns one person now."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any, TypeVar

from domain.effects import Attempt, Gateway, Outcome, State
from domain.loop_list import Wanted
from domain.report import Report
from storage import drafts, effects, homes, jira_accounts, loop_lists, questions, report_lists
from storage.database import Transaction
from storage.driver import Kind
from views.home import DRAFTS, QUESTIONS, ROWS, Duty, HomeTab, Listed, Offsets, Unfiled, home
from views.loop_home import ROWS as LOOPS
from views.loop_home import ToTell
from views.report_card import Shown
from workflows import my_shifts, rotating
from workflows.context import Context
from workflows.home_refreshing import show_home
from workflows.lanes import HOME_PACE
from workflows.showing import shown

T = TypeVar("T")
Find = Callable[[Transaction, str, Collection[str], int, int], list[Report]]


def opened(tx: Transaction, ctx: Context, person: str) -> None:
    """Note that somebody opened their Home, and show it to them."""
    homes.opened(tx, person, ctx.now())
    show_home(tx, ctx, person)


def turn(ctx: Context, person: str, to: Offsets) -> None:
    """Note to which pages somebody turned: their Home stays there until they open it anew."""
    with ctx.database.transaction() as tx:
        homes.turned(tx, person, asdict(to), ctx.now())


def publish(ctx: Context, person: str) -> None:
    """Show somebody their Home, its lists from where they turned to."""
    known = ctx.slack.person(person)
    if known.is_external or known.is_bot or known.deleted:
        return
    is_admin = _is_admin(ctx, person)
    with ctx.database.reading() as tx:
        at = Offsets(**homes.pages(tx, person))
        tab = HomeTab(
            drafts=_drafts(tx, person, at.drafts),
            questions=tuple(questions.waiting_for(tx, person)[:QUESTIONS]),
            waiting=_listed(tx, ctx, report_lists.waiting_for, person, at.waiting),
            mine=_listed(tx, ctx, report_lists.filed_by, person, at.mine),
            duties=tuple(_duties(tx, ctx)),
            shifts=my_shifts.seen_by(tx, ctx, person),
            dead=len(effects.listed(tx, State.DEAD)) if is_admin else None,
            admins=ctx.config.admins.channel,
            to_tell=_to_tell(tx, ctx, person),
            account=linked.name if (linked := jira_accounts.find(tx, person)) else None,
        )
    ctx.slack.publish_home(person, home(tab, known.language))


def _to_tell(tx: Transaction, ctx: Context, person: str) -> ToTell:
    """Return whom somebody has to tell how it ended."""
    mine = Wanted(holder=person)
    rows = loop_lists.page(tx, mine, LOOPS)
    return ToTell(*loop_lists.count(tx, mine), tuple(rows), ctx.config.customers.currency)


def _drafts(tx: Transaction, person: str, offset: int) -> Listed[Unfiled]:
    found, offset, has_more = _page(partial(drafts.of_person, tx, person), DRAFTS, offset)
    rows = tuple(Unfiled(each.nonce, each.opening, each.state, each.saved_at) for each in found)
    return Listed(rows, offset, has_more)


def _listed(tx: Transaction, ctx: Context, find: Find, person: str, offset: int) -> Listed[Shown]:
    products = [each.key for each in ctx.config.products]
    found, offset, has_more = _page(partial(find, tx, person, products), ROWS, offset)
    return Listed(tuple(shown(tx, ctx, report) for report in found), offset, has_more)


def _page(find: Callable[[int, int], list[T]], size: int, offset: int) -> tuple[list[T], int, bool]:
    """Return what is on a page, or on the last one before it, where that begins and whether there is more."""
    found = find(size + 1, offset)
    while not found and offset:
        offset = max(0, offset - size)
        found = find(size + 1, offset)
    return found[:size], offset, len(found) > size


def _duties(tx: Transaction, ctx: Context) -> list[Duty]:
    """Return who is on duty for each product, and for those areas of it that have a rotation of their own."""
    duties = []
    for product in ctx.config.products:
        for area in (None, *rotating.own_areas(tx, product.key, ctx.now())):
            on = rotating.on_duty(tx, product.key, area, ctx.now())
            duty = rotating.duty_in(tx, on.rotation, ctx.now()) if on else None
            name = f"{product.name} › {area}" if area else product.name
            duties.append(Duty(name, duty.person if duty else None, duty.end if duty else None))
    return duties


def _is_admin(ctx: Context, person: str) -> bool:
    """Tell whether somebody is in the admins' channel; no, while Slack does not tell."""
    try:
        return person in ctx.slack.members(ctx.config.admins.channel)
    except Outcome:
        return False


def _publish(ctx: Context, args: Mapping[str, Any], _: Attempt) -> None:
    publish(ctx, args["person"])


EFFECTS = (Kind("publish_home", Gateway.SLACK, _publish, paces=(HOME_PACE,)),)
