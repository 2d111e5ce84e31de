"""The list of rotations behind `/rotation`: how each stands now, and what its reader may do with it."""

from domain.rotation_form import service_to_text
from domain.rotation_overview import AHEAD, overview
from domain.rotation_profile import Service
from storage import areas, duty_layers, rotations
from storage.database import Transaction
from views.rotation_list import ROWS, Listed, Row
from workflows.context import Context
from workflows.rotation_roles import may_manage

# What Slack takes in a menu: the characters of a choice's value, and choices.
_VALUE, _OPTIONS = 150, 100


def listed(tx: Transaction, ctx: Context, reader: str, offset: int = 0) -> Listed:
    """Return a page of the rotations that have not ended, by name, as somebody may see and change them."""
    now = ctx.now()
    going_on = [each for each in rotations.all_kept(tx) if not each.has_ended(now)]
    going_on.sort(key=lambda each: (each.name.casefold(), each.key))
    offset = max(0, min(offset, (len(going_on) - 1) // ROWS * ROWS))
    rows = tuple(
        Row(
            overview(each, duty_layers.between(tx, each.key, now, now + AHEAD), now),
            may_manage(tx, ctx, reader, each),
        )
        for each in going_on[offset : offset + ROWS]
    )
    has_more = len(going_on) > offset + ROWS
    return Listed(rows, may_manage(tx, ctx, reader, None), offset, has_more)


def can_serve(ctx: Context, typed: str) -> list[str]:
    """Return the products and areas that fit what is typed, as the form writes them; products come first."""
    wanted = typed.casefold()
    fitting = [each for each in ctx.config.products if wanted in each.name.casefold()]
    found = [service_to_text(Service(each.key)) for each in fitting]
    with ctx.database.reading() as tx:
        for product in ctx.config.products:
            narrowed = "" if product in fitting else typed
            names = (name for _, name in areas.matching(tx, product.project, narrowed))
            found += [service_to_text(Service(product.key, name)) for name in names]
    return [each for each in found if len(each) <= _VALUE][:_OPTIONS]
