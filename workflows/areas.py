"""Keeping each product's areas as Jira has its components."""

import logging

from domain.effects import Outcome
from storage import areas
from workflows.context import Context

log = logging.getLogger(__name__)


def refresh_areas(ctx: Context) -> None:
    """Copy the components of every product's project; those of a Jira that does not answer stay."""
    for product in ctx.config.products:
        try:
            screen = ctx.jira.screen(product.project, product.issue_type, fresh=True)
        except Outcome as outcome:
            log.warning("the areas of %s could not be read from Jira: %s", product.key, outcome)
            continue
        field = screen.field("components")
        components = {each.id: each.name for each in field.allowed} if field else {}
        with ctx.database.transaction() as tx:
            areas.replace(tx, product.project, components)
