"""Making and changing a rotation: the form, its further settings, the picture of what would come of it."""

import hashlib
import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App

from domain.effects import Never, Outcome
from domain.rotation_form import Field
from domain.rotation_plan import Flaws
from handlers.answering import LazyAnswer, tell
from handlers.feature import Feature
from handlers.opening import user_of
from handlers.rotation_list import list_for
from storage.rotation_drafts import RotationDraft
from views import rotation_ids, rotation_list
from views.blocks import Block
from views.rotation_form import ids
from views.rotation_form.building import Meanwhile, form_view, gone_view
from views.rotation_form.ids import Opened, read_opened
from views.rotation_form.settings import settings_view
from views.rotation_form.words import flaw_text
from views.text import translator
from workflows import rotation_drafting, rotation_saving
from workflows.context import Context
from workflows.people import names_of
from workflows.rotation_saving import End

log = logging.getLogger(__name__)

# Where on a view the flaw of a field stands.
_BLOCKS = {
    Field.NAME: ids.NAME,
    Field.MEMBERS: ids.MEMBERS,
    Field.TURNS: ids.LENGTH,
    Field.START: ids.DATE,
    Field.ZONE: ids.ZONE,
    Field.DUTY: ids.DUTY_DAYS,
    Field.HOURS: ids.WORK_TO,
}


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    def see(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        view = body["view"]
        rotation_drafting.seen(ctx, user_of(body), read_opened(view).nonce, view["state"]["values"], action)
        ack()

    def submit(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        ack(**_submitted(ctx, user_of(body), view))

    def set_further(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        ack(**_set_further(ctx, user_of(body), view))

    app.action(rotation_ids.NEW)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open_new)])
    app.action(rotation_ids.EDIT)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open_edit)])
    app.action(ids.MORE)(ack=see, lazy=[LazyAnswer(ctx, _open_further)])
    app.action(re.compile(ids.ANY_FIELD))(ack=see, lazy=[LazyAnswer(ctx, _redraw)])
    app.view(ids.FORM)(ack=submit, lazy=[LazyAnswer(ctx, _refresh_list)])
    app.view(ids.SETTINGS)(ack=set_further, lazy=[LazyAnswer(ctx, _redraw_under)])


def view_of(
    ctx: Context, draft: RotationDraft, opened: Opened, meanwhile: tuple[Meanwhile, ...] = ()
) -> Block:
    """Return the form as a draft has it."""
    with ctx.database.reading() as tx:
        shown = rotation_drafting.shown(tx, ctx, draft, meanwhile)
    return form_view(shown, opened)


def _open_new(ctx: Context, body: dict[str, Any]) -> None:
    _open(ctx, body, None)


def _open_edit(ctx: Context, body: dict[str, Any]) -> None:
    _open(ctx, body, body["actions"][0]["value"])


def _open(ctx: Context, body: dict[str, Any], rotation: str | None) -> None:
    """Push the form onto the list; whoever may not have it is told why."""
    user, trigger = user_of(body), body["trigger_id"]
    language, _ = rotation_list.read_list(body["view"])
    nonce = hashlib.sha256(trigger.encode()).hexdigest()[:32]
    known = ctx.slack.person_soon(user, seconds=1.0)
    zone = known.zone if known else "UTC"
    draft = rotation_drafting.begin(ctx, user, nonce, rotation, zone=zone, language=language)
    if draft is None:
        tell(ctx, body, rotation_list.not_allowed(ctx.config.roles.rotations, language))
        ctx.slack.update_view(body["view"]["id"], list_for(ctx, user, language))
        return
    ctx.slack.push_view(trigger, view_of(ctx, draft, Opened(nonce, language)))


def _open_further(ctx: Context, body: dict[str, Any]) -> None:
    view = body["view"]
    opened = read_opened(view)
    draft = rotation_drafting.find(ctx, user_of(body), opened.nonce)
    if draft is None:
        ctx.slack.update_view(view["id"], gone_view(opened.language))
        return
    pushed = Opened(opened.nonce, opened.language, under=view["id"])
    ctx.slack.push_view(body["trigger_id"], settings_view(draft.form, _handles(ctx), pushed))


def _handles(ctx: Context) -> Mapping[str, str] | None:
    """Return the handles of the user groups by id; None where the app has not the scope to list them."""
    try:
        return {group.id: group.handle for group in ctx.slack.groups()}
    except Outcome as outcome:
        log.warning("user groups could not be listed: %s", outcome)
        return None if "missing_scope" in outcome.reason else {}


def _redraw(ctx: Context, body: dict[str, Any]) -> None:
    """Show the form as it is kept now, with the shifts that come of it."""
    view = body["view"]
    opened, user = read_opened(view), user_of(body)
    draft = rotation_drafting.find(ctx, user, opened.nonce)
    if draft is None:
        ctx.slack.update_view(view["id"], gone_view(opened.language))
        return
    names_of(ctx, draft.form.members)  # who may not be a member is told of once Slack has said who they are
    try:
        ctx.slack.update_view(view["id"], view_of(ctx, draft, opened), view["hash"])
    except Never as refusal:
        if "hash_conflict" not in refusal.reason:
            raise
        # Another press has changed it since: what is kept knows of both.
        latest = rotation_drafting.find(ctx, user, opened.nonce) or draft
        ctx.slack.update_view(view["id"], view_of(ctx, latest, opened))


def _submitted(ctx: Context, user: str, view: Mapping[str, Any]) -> dict[str, Any]:
    """Save the form; return how its submission is acknowledged."""
    opened = read_opened(view)
    ended = rotation_saving.save(ctx, user, opened.nonce, view["state"]["values"])
    match ended.end:
        case End.SAVED:
            return {}
        case End.FLAWED:
            return _errors(view, ended.flaws, opened.language)
        case End.OVERTAKEN:
            draft = rotation_drafting.find(ctx, user, opened.nonce)
            if draft is not None:
                shown = view_of(ctx, draft, opened, ended.meanwhile)
                return {"response_action": "update", "view": shown}
        case End.NOT_ALLOWED:
            said = rotation_list.not_allowed_any_more(opened.language)
            return {"response_action": "errors", "errors": {_block(view, ids.NAME): said}}
    return {"response_action": "update", "view": gone_view(opened.language)}


def _set_further(ctx: Context, user: str, view: Mapping[str, Any]) -> dict[str, Any]:
    opened = read_opened(view)
    ended = rotation_saving.set_further(ctx, user, opened.nonce, view["state"]["values"])
    return _errors(view, ended.flaws, opened.language) if ended.end is End.FLAWED else {}


def _errors(view: Mapping[str, Any], flaws: Flaws, language: str) -> dict[str, Any]:
    t = translator(language)
    errors = {_block(view, _BLOCKS[field]): flaw_text(t, flaw) for field, flaw in flaws.items()}
    return {"response_action": "errors", "errors": errors}


def _block(view: Mapping[str, Any], action_id: str) -> str:
    """Return the id of a field's block in an open view; the first one's where it is on another view."""
    inputs: list[str] = [each["block_id"] for each in view["blocks"] if each["type"] == "input"]
    return next((each for each in inputs if ids.field_of(each) == action_id), inputs[0])


def _redraw_under(ctx: Context, body: dict[str, Any]) -> None:
    """Show the form under the further settings with what was set there."""
    opened = read_opened(body["view"])
    draft = rotation_drafting.find(ctx, user_of(body), opened.nonce)
    if draft is not None and opened.under:
        beneath = Opened(opened.nonce, opened.language)
        ctx.slack.update_view(opened.under, view_of(ctx, draft, beneath))


def _refresh_list(ctx: Context, body: dict[str, Any]) -> None:
    """Show the list beneath a form that was saved as it is now."""
    view, user = body["view"], user_of(body)
    opened = read_opened(view)
    if view["root_view_id"] != view["id"] and rotation_drafting.find(ctx, user, opened.nonce) is None:
        ctx.slack.update_view(view["root_view_id"], list_for(ctx, user, opened.language))


FEATURE = Feature(register)
