"""Who may make, change and end rotations."""

from domain.rotation_profile import KeptRotation
from storage import user_groups
from storage.database import Transaction
from workflows.context import Context


def may_manage(tx: Transaction, ctx: Context, user: str, kept: KeptRotation | None) -> bool:
    """Tell whether somebody may change a rotation (None: make a new one); no one outside is asked.

    Its lead may always. Else those whom `[roles] rotations` names, by person or user group; everybody of our
    company where it names nobody. Guests and people of other companies may never.
    """
    known = ctx.slack.person_known(user)
    if known is not None and (known.is_guest or known.is_external or known.is_bot or known.deleted):
        return False
    allowed = ctx.config.roles.rotations
    if not allowed or user in allowed or (kept is not None and kept.profile.lead == user):
        return True
    groups = [each for each in allowed if each.startswith("S")]
    return any(user in members for members in user_groups.members(tx, groups).values())
