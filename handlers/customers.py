"""The directory of customers in Slack: searched and read from Home, added to, changed, and merged."""

from typing import Any

from slack_bolt import Ack, App

from domain.customer_editing import Refusal
from domain.zone_search import zones_like
from handlers.answering import LazyAnswer, tell
from handlers.feature import Feature
from handlers.opening import user_of
from storage import customers
from views import customer_directory as views
from views import customer_edit, customer_merge
from views.blocks import Block, option
from views.home import CUSTOMERS
from workflows import customer_editing, merging_customers
from workflows.context import Context
from workflows.customer_rights import is_ours


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    app.action(CUSTOMERS)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open)])
    app.action(views.SEARCH)(ack=acknowledge, lazy=[LazyAnswer(ctx, _choose)])
    app.action(views.NEW)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open_form)])
    app.action(views.EDIT)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open_form)])
    app.action(views.MERGE)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open_merge)])

    @app.options(views.SEARCH)
    @app.options(customer_merge.OTHER)
    def offer_customers(ack: Ack, payload: dict[str, Any], body: dict[str, Any]) -> None:
        if not is_ours(ctx, user_of(body)):
            ack(options=[])
            return
        with ctx.database.reading() as tx:
            found = customers.matching(tx, str(payload.get("value") or "")[:200])
        ack(options=views.search_options(found))

    @app.options(customer_edit.ZONE)
    def offer_zones(ack: Ack, payload: dict[str, Any]) -> None:
        found = zones_like(str(payload.get("value") or "")[:200])
        ack(options=[option(zone, zone) for zone in found])

    def save(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        ack(**_saved(ctx, user_of(body), view))

    def choose(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        ack(**_chosen(ctx, user_of(body), view))

    def merge(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        ack(**_merged(ctx, user_of(body), view))

    app.view(customer_edit.FORM)(ack=save, lazy=[LazyAnswer(ctx, _refresh_edited)])
    app.view(customer_merge.CHOOSE)(choose)
    app.view(customer_merge.CONFIRM)(ack=merge, lazy=[LazyAnswer(ctx, _refresh_merged)])


def _open(ctx: Context, body: dict[str, Any]) -> None:
    """Open the search; what Slack says of somebody decides what they may press."""
    user = user_of(body)
    known = ctx.slack.person_soon(user, seconds=1.0)
    language = known.language if known else ctx.slack.language_known(user)
    ctx.slack.open_view(body["trigger_id"], views.directory(language))


def _choose(ctx: Context, body: dict[str, Any]) -> None:
    language, _ = views.read_directory(body["view"])
    chosen = body["actions"][0]["selected_option"]["value"]
    ctx.slack.update_view(body["view"]["id"], _shown(ctx, user_of(body), chosen, language))


def _shown(ctx: Context, user: str, customer: str, language: str) -> Block:
    """Return the directory with a customer in it, which is noted as seen."""
    seen = customer_editing.look(ctx, user, customer)
    if seen is None:
        return views.directory(language, views.gone(language))
    about = views.about_customer(
        seen.profile,
        bugs=seen.load.bugs,
        waiting=seen.load.waiting,
        currency=ctx.config.customers.currency,
        may_edit=seen.may_edit,
        language=language,
    )
    return views.directory(language, about, seen.profile.id)


def _open_form(ctx: Context, body: dict[str, Any]) -> None:
    language, shown = views.read_directory(body["view"])
    is_new = body["actions"][0]["action_id"] == views.NEW
    with ctx.database.reading() as tx:
        allowed = customer_editing.may_edit(tx, ctx, user_of(body))
        known = None if is_new else customers.profile(tx, shown)
    if not allowed:
        tell(ctx, body, next(iter(customer_edit.refused(Refusal.NOT_ALLOWED, language).values())))
    elif known is None and not is_new:
        ctx.slack.update_view(body["view"]["id"], views.directory(language, views.gone(language)))
    else:
        form = customer_edit.customer_form(ctx.config.customers, language, known)
        ctx.slack.push_view(body["trigger_id"], form)


def _open_merge(ctx: Context, body: dict[str, Any]) -> None:
    language, shown = views.read_directory(body["view"])
    with ctx.database.reading() as tx:
        known = customers.profile(tx, shown)
    if known is None:
        ctx.slack.update_view(body["view"]["id"], views.directory(language, views.gone(language)))
    else:
        ctx.slack.push_view(body["trigger_id"], customer_merge.choose_form(known.customer, language))


def _saved(ctx: Context, user: str, view: dict[str, Any]) -> dict[str, Any]:
    """Keep what a form says; return how it is acked."""
    customer = customer_edit.customer_of_form(view)
    with ctx.database.reading() as tx:
        known = customers.profile(tx, customer) if customer else None
    said = customer_edit.read_customer_form(view, ctx.config.customers, known)
    if said.told is None:
        return {"response_action": "errors", "errors": said.errors}
    if customer:
        done = customer_editing.change(ctx, user, said.told, said.before)
    else:
        done = customer_editing.add(ctx, user, said.told)
    if isinstance(done, Refusal):
        return {"response_action": "errors", "errors": customer_edit.refused(done, said.language)}
    return {}


def _chosen(ctx: Context, user: str, view: dict[str, Any]) -> dict[str, Any]:
    """Ask before a merge, with what moves; return how the choice is acked."""
    merging = customer_merge.read_merging(view)
    found = merging_customers.preview(ctx, merging.customer, merging.into, user)
    if isinstance(found, Refusal):
        errors = customer_merge.refused_choice(found, merging.language)
        return {"response_action": "errors", "errors": errors}
    moves = (found.customer_issues, found.reports)
    asked = customer_merge.confirm_form(found.leaving, found.staying, moves, merging.language)
    return {"response_action": "update", "view": asked}


def _merged(ctx: Context, user: str, view: dict[str, Any]) -> dict[str, Any]:
    """Merge, unless somebody may not, or did meanwhile; return how the confirmation is acked."""
    merging = customer_merge.read_merging(view)
    found = merging_customers.preview(ctx, merging.customer, merging.into, user)
    if isinstance(found, Refusal):
        return {"response_action": "update", "view": customer_merge.not_merged(found, merging.language)}
    merging_customers.merge(ctx, merging.customer, merging.into, user)
    return {}


def _refresh_edited(ctx: Context, body: dict[str, Any]) -> None:
    """Show in the directory behind the form what the customer is now."""
    view = body["view"]
    customer = customer_edit.customer_of_form(view)
    with ctx.database.reading() as tx:
        known = customers.profile(tx, customer) if customer else None
    if known is None:
        said = customer_edit.read_customer_form(view, ctx.config.customers, None)
        with ctx.database.reading() as tx:
            named = customers.named(tx, said.told.name) if said.told else None
            known = customers.profile(tx, named.id) if named else None
    if known is not None:
        _refresh(ctx, body, known.id)


def _refresh_merged(ctx: Context, body: dict[str, Any]) -> None:
    """Show in the directory behind the question the customer that is left."""
    _refresh(ctx, body, customer_merge.read_merging(body["view"]).into)


def _refresh(ctx: Context, body: dict[str, Any], customer: str) -> None:
    view = body["view"]
    if view["root_view_id"] != view["id"]:
        language = customer_edit.language_of_form(view)
        ctx.slack.update_view(view["root_view_id"], _shown(ctx, user_of(body), customer, language))


FEATURE = Feature(register)
