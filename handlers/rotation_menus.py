"""The searched menus of a rotation's form: time zones, and the products and areas that it serves.

Slack asks at each key and waits three seconds: every answer comes from memory and the database.
"""

from typing import Any

from slack_bolt import Ack, App

from domain.zone_search import zones_like
from handlers.feature import Feature
from views.rotation_form import ids
from views.rotation_form.building import serves_options, zone_options
from workflows.context import Context
from workflows.rotation_lists import can_serve


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    @app.options(ids.ZONE)
    def offer_zones(ack: Ack, payload: dict[str, Any]) -> None:
        ack(options=zone_options(zones_like(payload.get("value") or ""), ctx.now()))

    @app.options(ids.SERVES)
    def offer_served(ack: Ack, payload: dict[str, Any]) -> None:
        products = {product.key: product.name for product in ctx.config.products}
        ack(options=serves_options(can_serve(ctx, payload.get("value") or ""), products))


FEATURE = Feature(register)
