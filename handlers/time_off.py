"""Time off by form: picking days shows at once who would stand in; saved, they are told."""

from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import Ack, App
from ulid import ULID

from domain.duty import TimeOff
from handlers.answering import LazyAnswer
from handlers.deciding import decides
from handlers.feature import Feature
from handlers.opening import user_of
from handlers.showing_shifts import known_zone, redraw
from views import my_shifts, rotation_ids
from views import time_off_form as form
from workflows import taking_time_off
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    def cancelled(body: dict[str, Any]) -> None:
        taking_time_off.cancel(ctx, body["actions"][0]["value"], user_of(body))

    @app.view(form.FORM)
    def save(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        picked = form.read_picked(view)
        assert picked is not None  # Slack sends no form without its days
        off = form.read_time_off(view, picked, _zone_of(ctx, view))
        refused, language = taking_time_off.note(ctx, off, user_of(body)), form.read_language(view)
        if refused is None:
            ack(
                response_action="update",
                view=form.saved_view(off, _taken(ctx, off), language),
            )
        else:
            ack(response_action="errors", errors=form.refusal(refused, language))

    app.action(rotation_ids.TIME_OFF)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open)])
    for field in (form.WHO, form.FROM_DAY, form.FROM_TIME, form.UNTIL_DAY, form.UNTIL_TIME):
        app.action(field)(ack=acknowledge, lazy=[LazyAnswer(ctx, _preview)])
    decides(app.action(my_shifts.CANCEL_OFF), ctx, cancelled, _cancelled)


def _open(ctx: Context, body: dict[str, Any]) -> None:
    user = user_of(body)
    known = ctx.slack.person_soon(user, seconds=1.0)
    language = known.language if known else ctx.slack.language_known(user)
    zone = known_zone(known)
    with ctx.database.reading() as tx:
        may_choose = taking_time_off.may_note_for_others(tx, ctx, user)
    opening = form.Opening(str(ULID()), user, zone.key, may_choose)
    today = ctx.now().astimezone(zone).date().isoformat()
    inside = body.get("view", {}).get("type") == "modal"
    opening_view = ctx.slack.push_view if inside else ctx.slack.open_view
    opening_view(body["trigger_id"], form.time_off_form(opening, language, form.Picked(today, today)))


def _preview(ctx: Context, body: dict[str, Any]) -> None:
    """Show who would stand in; times are those of whose time off it is."""
    view = body["view"]
    person = form.read_person(view)
    zone = known_zone(ctx.slack.person_soon(person, seconds=1.0))
    picked = form.read_picked(view)
    if picked is None:
        return
    taken = _taken(ctx, form.read_time_off(view, picked, zone))
    before = form.read_opening(view)
    opening = form.Opening(before.id, before.reader, zone.key, before.may_choose)
    shown = form.time_off_form(opening, form.read_language(view), picked, taken)
    ctx.slack.update_view(view["id"], shown)


def _zone_of(ctx: Context, view: dict[str, Any]) -> ZoneInfo:
    """Return the zone of whose time off it is, as far as it is known without asking; else the form's."""
    known = ctx.slack.person_known(form.read_person(view))
    return known_zone(known) if known else ZoneInfo(form.read_opening(view).zone)


def _taken(ctx: Context, off: TimeOff) -> list[form.Taken]:
    with ctx.database.reading() as tx:
        found = taking_time_off.preview(tx, ctx, off)
    return [form.Taken(each.rotation.name, each.touched) for each in found]


def _cancelled(ctx: Context, body: dict[str, Any], _: object) -> None:
    redraw(ctx, body)


FEATURE = Feature(register)
