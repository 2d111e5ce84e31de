"""A rotation while it is in a form: what was picked is kept, and shown with the shifts that come of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.duty import Duty, Layers
from domain.preview import AHEAD, coming
from domain.rotation_form import Field, RotationForm, form_of, new_form
from domain.rotation_plan import Fault, Flaw, Flaws, flaws, plan
from storage import duty_layers, rotation_drafts, rotations
from storage.database import Transaction
from storage.rotation_drafts import RotationDraft
from views.rotation_form import ids
from views.rotation_form.building import Meanwhile, Shown
from views.rotation_form.preview import SHOWN
from views.rotation_form.reading import filled, moved
from workflows import rotating
from workflows.context import Context
from workflows.rotation_roles import may_manage

# What keeps the coming shifts from being computed.
_OF_TURNS = (Field.MEMBERS, Field.TURNS, Field.START, Field.ZONE, Field.DUTY, Field.HOURS)


def begin(
    ctx: Context, user: str, nonce: str, rotation: str | None, *, zone: str, language: str
) -> RotationDraft | None:
    """Begin to make a rotation (*rotation* is None) or to change one; None where they may not, or it is over.

    *zone* and *language* are what a new one begins with.
    """
    now = ctx.now()
    with ctx.database.transaction() as tx:
        kept = rotations.find(tx, rotation) if rotation else None
        if not may_manage(tx, ctx, user, kept) or (rotation and (kept is None or kept.has_ended(now))):
            return None
        form = form_of(kept) if kept else new_form(zone, language, now)
        draft = RotationDraft(nonce, user, rotation, kept.version if kept else 0, form, form)
        rotation_drafts.add(tx, draft, now)
    return draft


def seen(ctx: Context, user: str, nonce: str, values: Mapping[str, Any], action: Mapping[str, Any]) -> None:
    """Keep what a view holds when something is pressed or picked in it: Slack tells it at no other time."""
    with ctx.database.transaction() as tx:
        draft = rotation_drafts.lock(tx, nonce)
        if draft is None or draft.person != user or action["action_ts"] < draft.seen:
            return
        form = filled(draft.form, values)
        generation = draft.generation
        if action["action_id"] == ids.MEMBER:
            members = moved(form.members, action["selected_option"]["value"])
            # Who is taken out of the rows must go from the menu above them too.
            generation += len(members) < len(form.members)
            form = replace(form, members=members)
        changed = replace(draft, form=form, generation=generation, seen=action["action_ts"])
        rotation_drafts.keep(tx, changed, ctx.now())


def find(ctx: Context, user: str, nonce: str) -> RotationDraft | None:
    """Return somebody's draft; None where it is saved, or long forgotten."""
    with ctx.database.reading() as tx:
        draft = rotation_drafts.find(tx, nonce)
    return draft if draft is not None and draft.person == user else None


def shown(
    tx: Transaction, ctx: Context, draft: RotationDraft, meanwhile: tuple[Meanwhile, ...] = ()
) -> Shown:
    """Return a draft as its form is to show it."""
    now = ctx.now()
    kept = rotations.find(tx, draft.rotation) if draft.rotation else None
    duty = rotating.duty_in(tx, kept, now) if kept else None
    found = {field: flaw for field, flaw in all_flaws(ctx, draft).items() if field in _OF_TURNS}
    shifts: tuple[Duty, ...] = ()
    if not found:
        history = plan(draft.form, kept, now).history
        shifts = coming(history, layers(tx, ctx, draft.rotation), now, SHOWN)
    return Shown(
        draft.form,
        draft.generation,
        is_new=kept is None,
        at=now,
        on_duty=duty.person if duty else None,
        coming=shifts,
        flaws=found,
        products={product.key: product.name for product in ctx.config.products},
        meanwhile=meanwhile,
    )


def layers(tx: Transaction, ctx: Context, rotation: str | None) -> Layers:
    """Return what will lie over the turns of a rotation, also of one to be made: people's time off."""
    now = ctx.now()
    found = duty_layers.between(tx, rotation or "", now, now + AHEAD)
    return replace(found, recorded=())


def all_flaws(ctx: Context, draft: RotationDraft) -> Flaws:
    """Find what of a draft cannot be used, also those who cannot be members as far as Slack has told."""
    base = draft.base if draft.rotation else None
    found = dict(flaws(draft.form, base))
    if outsider := _outsider(ctx, draft.form, draft.base):
        found[Field.MEMBERS] = Flaw(Fault.OUTSIDER, who=outsider)
    return found


def _outsider(ctx: Context, form: RotationForm, base: RotationForm) -> str | None:
    new = (ctx.slack.person_known(user) for user in form.members if user not in base.members)
    known = (each for each in new if each is not None)
    return next((each.name for each in known if each.is_external or each.is_bot or each.deleted), None)
