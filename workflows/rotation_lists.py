"""The list of rotations behind `/rotation`: how each stands now, and what its reader may do with it."""

from domain.rotation_overview import AHEAD, overview
from storage import duty_layers, rotations
from storage.database import Transaction
from views.rotation_list import ROWS, Listed, Row
from workflows.context import Context


def listed(tx: Transaction, ctx: Context, offset: int = 0) -> Listed:
    """Return a page of the rotations that have not ended, by name, as everybody may see them."""
    now = ctx.now()
    going_on = [each for each in rotations.all_kept(tx) if not each.has_ended(now)]
    going_on.sort(key=lambda each: (each.name.casefold(), each.key))
    offset = max(0, min(offset, (len(going_on) - 1) // ROWS * ROWS))
    rows = tuple(
        Row(
            overview(each, duty_layers.between(tx, each.key, now, now + AHEAD), now),
            may_manage=False,
        )
        for each in going_on[offset : offset + ROWS]
    )
    has_more = len(going_on) > offset + ROWS
    return Listed(rows, may_add=False, offset=offset, has_more=has_more)
