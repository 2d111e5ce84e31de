"""Who may ask, take, and decide for others, where shifts change hands."""

from domain.rotation_profile import KeptRotation
from storage import rotations
from storage.database import Transaction
from workflows.context import Context
from workflows.rotation_roles import may_manage


def may_act_for(tx: Transaction, ctx: Context, user: str, whose: str | None, kept: KeptRotation) -> bool:
    """Tell whether somebody may decide about a shift: it is theirs, or they may decide for others."""
    return user == whose or may_decide(tx, ctx, user, kept)


def may_decide(tx: Transaction, ctx: Context, user: str, kept: KeptRotation) -> bool:
    """Tell whether somebody may decide about everybody's shifts in a rotation.

    Its lead, and those whom `[roles] rotations` names; where there is neither, its members. That everybody
    may change rotations where nobody is named is no leave to dispose of each other's time.
    """
    if user == kept.profile.lead:
        return True
    if ctx.config.roles.rotations:
        return may_manage(tx, ctx, user, kept)
    return kept.profile.lead is None and user in kept.history.latest.members


def may_cover(tx: Transaction, user: str, kept: KeptRotation) -> bool:
    """Tell whether somebody may have a shift: members of any rotation, and the lead of this one."""
    members = {member for each in rotations.all_kept(tx) for member in each.history.latest.members}
    return user in members or user == kept.profile.lead
