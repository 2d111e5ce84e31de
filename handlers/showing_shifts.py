"""Showing My shifts: opening the list, and drawing it anew after each choice."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from domain.effects import Outcome
from domain.wall_clock import UnknownZoneError, zone_named
from gateways.slack import Person
from handlers.opening import user_of
from views import my_shifts
from views.blocks import Block
from views.my_shifts import Reader
from workflows import my_shifts as listing
from workflows.context import Context


def draw(ctx: Context, user: str, kept: my_shifts.Kept, said: str = "") -> Block:
    """Return the list as its reader has it, with what came of their last choice."""
    with ctx.database.reading() as tx:
        seen = listing.seen_by(tx, ctx, user, kept.shown)
    names = {each: ctx.slack.name_known(each) for each in listing.people_in(seen)}
    looks = Reader(ZoneInfo(kept.zone), names, kept.drawing)
    return my_shifts.my_shifts_view(seen, looks, kept.language, said)


def redraw(ctx: Context, body: dict[str, Any], said: str = "", shown: str | None = None) -> None:
    """Draw an open list anew."""
    before = my_shifts.read_view(body["view"])
    showing = before.shown if shown is None else None if shown == my_shifts.MINE else shown
    kept = replace(before, shown=showing, drawing=before.drawing + 1)
    _learn_names(ctx, user_of(body), kept)
    ctx.slack.update_view(body["view"]["id"], draw(ctx, user_of(body), kept, said))


def open_list(ctx: Context, body: dict[str, Any]) -> None:
    """Open the list, above what is open already; people not known yet get their names after."""
    user = user_of(body)
    known = ctx.slack.person_soon(user, seconds=1.0)
    language = known.language if known else ctx.slack.language_known(user)
    kept = my_shifts.Kept(language, known_zone(known).key, None)
    inside = body.get("view", {}).get("type") == "modal"
    opening = ctx.slack.push_view if inside else ctx.slack.open_view
    view = opening(body["trigger_id"], draw(ctx, user, kept))
    if _learn_names(ctx, user, kept):
        ctx.slack.update_view(view, draw(ctx, user, kept))


def known_zone(person: Person | None) -> ZoneInfo:
    """Return the zone that somebody's Slack profile names; UTC where it names none."""
    try:
        return zone_named(person.zone if person else "UTC")
    except UnknownZoneError:
        return ZoneInfo("UTC")


def _learn_names(ctx: Context, user: str, kept: my_shifts.Kept) -> bool:
    """Ask Slack who the people in the menus are whom Bugle does not know yet; tell whether there were any."""
    with ctx.database.reading() as tx:
        people = listing.people_in(listing.seen_by(tx, ctx, user, kept.shown))
    unknown = [each for each in people if ctx.slack.person_known(each) is None]
    for each in unknown:
        try:
            ctx.slack.person(each)
        except Outcome:
            return False
    return bool(unknown)


def show(ctx: Context, body: dict[str, Any]) -> None:
    """Show the shifts of the rotation that was chosen, or one's own."""
    redraw(ctx, body, shown=my_shifts.read_show(body["actions"][0]) or my_shifts.MINE)
