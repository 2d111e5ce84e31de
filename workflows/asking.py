"""What the form asks for a product, from what was copied of its Jira project: nobody waits for Jira here."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.asking import Asked, asked_of
from domain.config import Product
from domain.create_fields import Field
from domain.effects import Outcome
from domain.report import Draft
from gateways.jira import CreateScreen
from storage import areas, create_screens
from storage.database import Transaction
from views.opening import Opening
from views.report_form import read_report_form
from workflows.context import Context

log = logging.getLogger(__name__)

_KEPT_APART = ("components", "versions")


def asking(tx: Transaction, product: Product) -> Asked:
    """Return what the form of a product asks."""
    return asked_of(
        product,
        create_screens.fields_of(tx, product.project, product.issue_type),
        has_areas=areas.is_any(tx, product.project),
        has_versions=create_screens.has_versions(tx, product.project),
    )


def draft_of(
    ctx: Context, opening: Opening, values: Mapping[str, Any], *, reporter: str, reporter_name: str
) -> Draft:
    """Return the draft in a form with these values (`view.state.values`); raises its FormErrors."""

    def ask(key: str) -> Asked:
        ahead = ctx.ahead.fields(opening.nonce, key)
        screen = fields_of(ctx, key) if ahead is None else ahead
        # It was shown already.
        return asked_of(ctx.config.product(key), screen, has_areas=True, has_versions=True)

    return read_report_form(opening, values, ctx.config, ask, reporter=reporter, reporter_name=reporter_name)


def fields_of(ctx: Context, key: str) -> tuple[Field, ...]:
    """Return the fields of the create screen of a product (its key)."""
    product = ctx.config.product(key)
    with ctx.database.reading() as tx:
        return create_screens.fields_of(tx, product.project, product.issue_type)


def refresh_screens(ctx: Context) -> None:
    """Copy what every product's project asks; what a Jira that does not answer said before stays."""
    for product in ctx.config.products:
        try:
            refresh_screen(ctx, product)
        except Outcome as outcome:
            log.warning("what %s asks could not be read from Jira: %s", product.key, outcome)


def refresh_screen(ctx: Context, product: Product) -> None:
    """Copy what a product's project asks, with its components and versions; raises an Outcome."""
    screen = ctx.jira.screen(product.project, product.issue_type, fresh=True)
    with ctx.database.transaction() as tx:
        areas.replace(tx, product.project, {each.id: each.name for each in screen.components})
        create_screens.keep_versions(tx, product.project, screen.versions)
        create_screens.keep_fields(tx, product.project, product.issue_type, _without_lists(screen))


def _without_lists(screen: CreateScreen) -> list[Field]:
    """Return the fields without the long lists that have tables of their own."""
    return [replace(field, allowed=()) if field.id in _KEPT_APART else field for field in screen.fields]
