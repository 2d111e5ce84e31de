"""Saving a rotation that was made or changed in a form, and ending one: each in one transaction.

Two who change the same one do not overwrite each other: the second is shown what the first has made of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.cover_request import State
from domain.rotation_edit import Deed, Edit
from domain.rotation_form import TIMING, Field, changed, form_of, merged
from domain.rotation_key import key_for
from domain.rotation_plan import Fault, Flaw, Flaws, Plan, plan
from domain.rotation_profile import KeptRotation, Rank
from storage import cover_requests, rotation_drafts, rotation_edits, rotations
from storage.database import Transaction
from storage.rotation_drafts import RotationDraft, shown_as
from views.rotation_form.building import Meanwhile
from views.rotation_form.reading import filled
from workflows import cover_closing, rotation_news, shift_changes
from workflows.context import Context
from workflows.rotation_drafting import all_flaws
from workflows.rotation_roles import may_manage


class End(StrEnum):
    """What became of a form that was submitted."""

    SAVED = "saved"
    FLAWED = "flawed"
    OVERTAKEN = "overtaken"
    NOT_ALLOWED = "not_allowed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Submitted:
    """How a submission ended: with which *flaws*, or overtaken by what was done *meanwhile*."""

    end: End
    flaws: Flaws = field(default_factory=dict)
    meanwhile: tuple[Meanwhile, ...] = ()


def save(ctx: Context, user: str, nonce: str, values: Mapping[str, Any]) -> Submitted:
    """Save what a form holds, unless somebody else has changed the rotation since it was opened."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        draft = rotation_drafts.lock(tx, nonce)
        if draft is None or draft.person != user:
            return Submitted(End.GONE)
        draft = replace(draft, form=filled(draft.form, values))
        rotation_drafts.keep(tx, draft, now)
        kept = rotations.lock(tx, draft.rotation) if draft.rotation else None
        if draft.rotation and (kept is None or kept.has_ended(now)):
            return Submitted(End.GONE)
        if not may_manage(tx, ctx, user, kept):
            return Submitted(End.NOT_ALLOWED)
        if kept is not None and kept.version != draft.version:
            draft, meanwhile = _caught_up(tx, draft, kept, now)
            if meanwhile:
                return Submitted(End.OVERTAKEN, meanwhile=meanwhile)
        found: Flaws = {**all_flaws(ctx, draft), **_taken(tx, draft, now)}
        if not found:
            new = plan(draft.form, kept, now)
            found = _made(tx, ctx, draft, new) if kept is None else _changed(tx, ctx, draft, kept, new)
        if found:
            return Submitted(End.FLAWED, found)
        rotation_drafts.forget(tx, nonce)
    return Submitted(End.SAVED)


def set_further(ctx: Context, user: str, nonce: str, values: Mapping[str, Any]) -> Submitted:
    """Take over the further settings into the draft; they are saved with the rest of the form."""
    with ctx.database.transaction() as tx:
        draft = rotation_drafts.lock(tx, nonce)
        if draft is None or draft.person != user:
            return Submitted(End.GONE)
        draft = replace(draft, form=filled(draft.form, values))
        wrong = all_flaws(ctx, draft)
        found = {each: wrong[each] for each in (Field.DUTY, Field.HOURS) if each in wrong}
        if found:
            return Submitted(End.FLAWED, found)
        rotation_drafts.keep(tx, draft, ctx.now())
    return Submitted(End.SAVED)


def end(ctx: Context, user: str, key: str) -> End:
    """End a rotation now: from here on nobody is on duty in it."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        kept = rotations.lock(tx, key)
        if kept is None or kept.has_ended(now):
            return End.GONE
        if not may_manage(tx, ctx, user, kept):
            return End.NOT_ALLOWED
        ended = rotations.change(tx, kept, profile=replace(kept.profile, ended_at=now))
        for request in cover_requests.open_in(tx, key):
            cover_closing.close(tx, ctx, ended, request, State.OVERTAKEN, by=user)
        _tell(tx, ctx, ended, Edit(key, ended.version, user, now, Deed.ENDED))
    return End.SAVED


def left_without(tx: Transaction, ctx: Context, key: str) -> tuple[str, ...]:
    """Return the names of the products for which no rotation is asked first once this one is over."""
    now, ending = ctx.now(), rotations.find(tx, key)
    if ending is None or ending.profile.rank is not Rank.PRIMARY:
        return ()
    others = [
        each.profile
        for each in rotations.all_kept(tx)
        if each.key != key and not each.has_ended(now) and each.profile.rank is Rank.PRIMARY
    ]
    served = {each.product for each in ending.profile.serves}
    still = {each.product for profile in others for each in profile.serves if each.area is None}
    return tuple(each.name for each in ctx.config.products if each.key in served - still)


def _made(tx: Transaction, ctx: Context, draft: RotationDraft, new: Plan) -> Flaws:
    """Keep a new rotation; where somebody else makes one at the same instant, look again."""
    now = ctx.now()
    while True:
        if found := _taken(tx, draft, now):
            return found
        key = key_for(draft.form.name, {each.key for each in rotations.all_kept(tx)})
        if rotations.add_new(tx, key, new.profile, new.history):
            _tell(tx, ctx, KeptRotation(key, *new), Edit(key, 1, draft.person, now, Deed.MADE))
            return {}


def _changed(tx: Transaction, ctx: Context, draft: RotationDraft, kept: KeptRotation, new: Plan) -> Flaws:
    """Keep what a locked rotation is to be; nobody is told where that is what it was."""
    if new != (kept.profile, kept.history):
        after = rotations.change(tx, kept, profile=new.profile, history=new.history)
        _tell(tx, ctx, after, _edit(draft, kept, after, ctx.now()))
    return {}


def _edit(draft: RotationDraft, kept: KeptRotation, after: KeptRotation, now: datetime) -> Edit:
    fields = changed(form_of(kept), form_of(after))
    before, members = kept.history.latest.members, after.history.latest.members
    return Edit(
        kept.key,
        after.version,
        draft.person,
        now,
        Deed.CHANGED,
        fields,
        added=tuple(each for each in members if each not in before),
        removed=tuple(each for each in before if each not in members),
        starts_at=max(now, after.history.revisions[-1].starts_at) if TIMING & {*fields} else None,
    )


def _tell(tx: Transaction, ctx: Context, kept: KeptRotation, edit: Edit) -> None:
    rotation_edits.add(tx, edit)
    rotation_news.tell(tx, ctx, kept, edit)
    shift_changes.after_change(tx, ctx, kept, by=None)


def _caught_up(
    tx: Transaction, draft: RotationDraft, kept: KeptRotation, now: datetime
) -> tuple[RotationDraft, tuple[Meanwhile, ...]]:
    """Bring a draft up to what was saved meanwhile; return it with who did what, where the form shows it."""
    theirs = form_of(kept)
    form, clashes = merged(draft.base, draft.form, theirs)
    newer = shown_as(replace(draft, base=theirs, version=kept.version), form)
    rotation_drafts.keep(tx, newer, now)
    edits = rotation_edits.since(tx, kept.key, draft.version)
    told = {each for edit in edits for each in edit.fields}
    # Bugle itself orders the members where the rotation asks for that.
    ours = tuple(each for each in changed(draft.base, theirs) if each not in told)
    done = [(edit.by, edit.at, edit.fields) for edit in edits] + ([(None, now, ours)] if ours else [])
    meanwhile = (
        Meanwhile(by, at, each, tuple(one for one in clashes if one in each)) for by, at, each in done
    )
    return newer, tuple(meanwhile)


def _taken(tx: Transaction, draft: RotationDraft, now: datetime) -> Flaws:
    """Find another rotation that goes by the same name."""
    name = draft.form.name.strip().casefold()
    others = (each for each in rotations.all_kept(tx) if each.key != draft.rotation)
    is_taken = any(each.name.casefold() == name and not each.has_ended(now) for each in others)
    return {Field.NAME: Flaw(Fault.NAME_TAKEN)} if is_taken else {}
