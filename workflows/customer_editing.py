"""The directory in Slack: who may change it, what somebody sees of a customer, and changes of it."""

from dataclasses import dataclass, fields, replace

from domain.customer import NAMED, Profile, key_of_name
from domain.customer_editing import Refusal
from storage import audit, customers, user_groups
from storage.audit import About, Deed
from storage.customer_load import Load, load
from storage.database import Transaction
from workflows.context import Context
from workflows.customer_rights import is_ours


@dataclass(frozen=True, slots=True)
class Seen:
    """A customer as somebody looks at it: with what is open, and whether they may change it."""

    profile: Profile
    load: Load
    may_edit: bool


def may_edit(tx: Transaction, ctx: Context, user: str) -> bool:
    """Tell whether somebody may change customers: whom bugle.toml names, else all of ours but guests."""
    if not is_ours(ctx, user):
        return False
    allowed = ctx.config.customers.editors
    if not allowed or user in allowed:
        return True
    groups = [each for each in allowed if each.startswith("S")]
    return any(user in members for members in user_groups.members(tx, groups).values())


def look(ctx: Context, user: str, customer: str) -> Seen | None:
    """Return a customer, or what became of it, and note that somebody saw it; None where there is none."""
    if not is_ours(ctx, user):
        return None
    with ctx.database.transaction() as tx:
        found = customers.profile(tx, customer)
        if found is None:
            return None
        audit.note(tx, Deed.SEEN, About.CUSTOMER, found.id, who=user, now=ctx.now())
        return Seen(found, load(tx, found.id), may_edit(tx, ctx, user))


def add(ctx: Context, user: str, told: Profile) -> Profile | Refusal:
    """Add a customer that is not there yet; without a key it goes by its name."""
    with ctx.database.transaction() as tx:
        if not may_edit(tx, ctx, user):
            return Refusal.NOT_ALLOWED
        if told.key and customers.with_key(tx, told.key) is not None:
            return Refusal.KEY_TAKEN
        if not told.key and customers.named(tx, told.name) is not None:
            return Refusal.NAME_TAKEN
        told = replace(told, key=told.key or key_of_name(told.name))
        kept = customers.add_profile(tx, told, ctx.now())
        if kept is None:  # in this very moment somebody else added it, or one of that name was merged
            return Refusal.NAME_TAKEN if told.key.startswith(NAMED) else Refusal.KEY_TAKEN
        audit.note(tx, Deed.ADDED, About.CUSTOMER, kept.id, who=user, now=ctx.now())
        return kept


def change(ctx: Context, user: str, told: Profile, before: str) -> Profile | Refusal:
    """Change a customer to what is told; *before* is the fingerprint of what the form was filled with."""
    with ctx.database.transaction() as tx:
        if not may_edit(tx, ctx, user):
            return Refusal.NOT_ALLOWED
        kept = customers.lock(tx, told.id)
        if kept is None:
            return Refusal.GONE
        if kept.id != told.id or kept.fingerprint != before:
            return Refusal.CHANGED
        told = replace(told, key=told.key or kept.key)
        with_key = customers.with_key(tx, told.key)
        if told.key != kept.key and with_key is not None:
            return Refusal.KEY_TAKEN
        names = [
            each.name for each in fields(Profile) if getattr(told, each.name) != getattr(kept, each.name)
        ]
        if not names:
            return kept
        changed = customers.change(tx, told, ctx.now())
        audit.note(tx, Deed.CHANGED, About.CUSTOMER, kept.id, who=user, now=ctx.now(), fields=names)
        return changed
