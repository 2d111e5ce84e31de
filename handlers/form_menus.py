"""The searched menus of the form: areas, versions, customers, and long lists of a project's own fields.

Slack asks at each key and waits three seconds: every answer comes from the database.
"""

import json
from typing import Any

from slack_bolt import Ack, App

from handlers.feature import Feature
from storage import areas, create_screens, customers
from views import report_form as form
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    @app.options(form.AREA)
    def offer_areas(ack: Ack, payload: dict[str, Any]) -> None:
        project = ctx.config.product(form.product_of_block(payload["block_id"])).project
        with ctx.database.reading() as tx:
            found = areas.matching(tx, project, _typed(payload))
        ack(options=form.area_options([name for _, name in found]))

    @app.options(form.VERSION)
    def offer_versions(ack: Ack, payload: dict[str, Any]) -> None:
        project = ctx.config.product(form.product_of_block(payload["block_id"])).project
        with ctx.database.reading() as tx:
            found = create_screens.versions_like(tx, project, _typed(payload))
        ack(options=form.version_options(found))

    @app.options(form.CUSTOMERS)
    def offer_customers(ack: Ack, payload: dict[str, Any], body: dict[str, Any]) -> None:
        typed = _typed(payload)
        with ctx.database.reading() as tx:
            found = customers.matching(tx, typed)
            is_new = bool(typed.strip()) and customers.named(tx, typed) is None
        ack(options=form.customer_options(found, typed, _language(body), is_new=is_new))

    @app.options(form.CHOICE)
    def offer_choices(ack: Ack, payload: dict[str, Any]) -> None:
        product = ctx.config.product(form.product_of_block(payload["block_id"]))
        wanted = form.field_of_block(payload["block_id"])
        with ctx.database.reading() as tx:
            fields = create_screens.fields_of(tx, product.project, product.issue_type)
        ack(
            options=[
                each
                for one in fields
                if one.id == wanted
                for each in form.choice_options(one, _typed(payload))
            ]
        )


def _typed(payload: dict[str, Any]) -> str:
    return str(payload.get("value") or "")[:200]


def _language(body: dict[str, Any]) -> str:
    kept = json.loads((body.get("view") or {}).get("private_metadata") or "{}")
    return str(kept.get("language", "en"))


FEATURE = Feature(register)
