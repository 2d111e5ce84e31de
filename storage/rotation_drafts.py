"""Rotations as they stand in open forms: kept with every press, so that no view has to hold them."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import RowMapping, delete, insert, select, update

from domain.rotation_form import RotationForm, form_from_dict, form_to_dict
from storage.database import Transaction
from storage.tables import rotation_drafts


@dataclass(frozen=True, slots=True)
class RotationDraft:
    """One opening of the form: of whom, of which rotation (None: a new one), and what it holds.

    `base` is what it began with, at `version` of the rotation. `generation` grows when a field is changed by
    something else than its owner's hand. `seen` is Slack's time of the action that it shows.
    """

    nonce: str
    person: str
    rotation: str | None
    version: int
    base: RotationForm
    form: RotationForm
    generation: int = 0
    seen: str = ""


def add(tx: Transaction, draft: RotationDraft, now: datetime) -> None:
    """Keep the draft of a form that is being opened."""
    tx.execute(insert(rotation_drafts), {"nonce": draft.nonce, **_values(draft, now)})


def find(tx: Transaction, nonce: str) -> RotationDraft | None:
    """Return a draft; None where it has been saved, or is long forgotten."""
    return _found(tx, nonce, lock=False)


def lock(tx: Transaction, nonce: str) -> RotationDraft | None:
    """Return a draft that nobody else changes before this transaction ends, or None."""
    return _found(tx, nonce, lock=True)


def keep(tx: Transaction, draft: RotationDraft, now: datetime) -> None:
    """Keep a locked draft as it is now."""
    mine = rotation_drafts.c.nonce == draft.nonce
    tx.execute(update(rotation_drafts).where(mine).values(**_values(draft, now)))


def forget(tx: Transaction, nonce: str) -> None:
    """Delete a draft: what it held is saved."""
    tx.execute(delete(rotation_drafts).where(rotation_drafts.c.nonce == nonce))


def forget_old(tx: Transaction, before: datetime) -> None:
    """Delete the drafts that were last touched before a time."""
    tx.execute(delete(rotation_drafts).where(rotation_drafts.c.saved_at < before))


def shown_as(draft: RotationDraft, form: RotationForm) -> RotationDraft:
    """Return a draft whose fields Bugle has set: the view must not keep what stood in them."""
    return replace(draft, form=form, generation=draft.generation + 1)


def _found(tx: Transaction, nonce: str, *, lock: bool) -> RotationDraft | None:
    query = select(rotation_drafts).where(rotation_drafts.c.nonce == nonce)
    row = tx.execute(query.with_for_update() if lock else query).mappings().first()
    return _draft(row) if row else None


def _values(draft: RotationDraft, now: datetime) -> dict[str, object]:
    return {
        "person": draft.person,
        "rotation": draft.rotation,
        "version": draft.version,
        "base": form_to_dict(draft.base),
        "form": form_to_dict(draft.form),
        "generation": draft.generation,
        "seen": draft.seen,
        "saved_at": now,
    }


def _draft(row: RowMapping) -> RotationDraft:
    return RotationDraft(
        row["nonce"],
        row["person"],
        row["rotation"],
        row["version"],
        form_from_dict(row["base"]),
        form_from_dict(row["form"]),
        row["generation"],
        row["seen"],
    )
