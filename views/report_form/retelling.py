"""The values of a form that tells a filed report again, as Slack would tell its state."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from domain.asking import Asked
from domain.create_fields import Answer, Field, Kind
from domain.customer import Customer
from domain.customer_issue import Told
from domain.happened import Happened, Part
from domain.report import Report
from views.blocks import Block, option
from views.report_form.custom import ask_of, block_of
from views.report_form.ids import (
    AREA,
    CUSTOMERS,
    EFFORT,
    ENVIRONMENT,
    HAPPENED,
    HELP_DESK,
    IMPACT,
    INNER,
    VERSION,
    WORKAROUND,
    of_field,
    of_product,
)
from views.report_form.limits import TEXT_LIMIT, URL_LIMIT
from views.terms import part_name
from views.text import translator

Values = dict[str, dict[str, Any]]


def told_again(report: Report, customers: Sequence[Customer], asked: Asked, language: str) -> Values:
    """Return what the form holds when it is opened for a report that was filed with it."""
    key = report.product
    effort = str(report.effort) if report.effort else None
    where = of_product(ENVIRONMENT, key)
    environment = (
        _picked("static_select", report.environment)
        if asked.product.environments
        else _typed(report.environment)
    )
    return {
        of_product(AREA, key): {AREA: _picked("external_select", report.area)},
        CUSTOMERS: {
            CUSTOMERS: {
                "type": "multi_external_select",
                "selected_options": [option(each.name, each.id) for each in customers[:100]],
            }
        },
        IMPACT: {IMPACT: _picked("static_select", report.impact)},
        WORKAROUND: {WORKAROUND: _picked("static_select", report.workaround)},
        where: {ENVIRONMENT: environment},
        of_product(VERSION, key): {VERSION: _picked("external_select", report.found_in)},
        EFFORT: {EFFORT: _picked("static_select", effort)},
        HELP_DESK: {HELP_DESK: _typed(report.help_desk_url, "url_text_input")},
        HAPPENED: {HAPPENED: _typed(told(report.happened, language))},
        **dict(_own(asked, report)),
    }


def told_by_customer(said: Told, customer: Customer | None, area: str | None) -> Values:
    """Return what the form holds when it is opened for what a customer told us; its text is not among it.

    *area* is the name of a Jira component.
    """
    whose = [option(customer.name, customer.id)] if customer else []
    effort = str(said.effort) if said.effort else None
    link = said.help_desk_url if said.help_desk_url and len(said.help_desk_url) <= URL_LIMIT else None
    return {
        of_product(AREA, said.product): {AREA: _picked("external_select", area)},
        CUSTOMERS: {CUSTOMERS: {"type": "multi_external_select", "selected_options": whose}},
        EFFORT: {EFFORT: _picked("static_select", effort)},
        HELP_DESK: {HELP_DESK: _typed(link, "url_text_input")},
    }


def told(happened: Happened, language: str) -> str:
    """Return what happened as it would be typed: each part under its heading."""
    t = translator(language)
    parts = [f"{part_name(t, part)}:\n{happened.part(part)}" for part in Part]
    return "\n\n".join(parts)[:TEXT_LIMIT]


def _own(asked: Asked, report: Report) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the project's own fields held."""
    for field in asked.fields:
        answer = report.fields.get(field.id)
        if answer is None or answer.kind is not field.kind:
            continue
        element = ask_of(field)
        yield block_of(asked.product, field), {element["action_id"]: _held(element, field, answer)}
        if field.kind is Kind.CASCADE and answer.given[1:]:
            outer, inner = answer.given
            block = of_field(INNER, asked.product.key, field.id, outer)
            yield block, {INNER: _picked("static_select", inner)}


def _held(element: Block, field: Field, answer: Answer) -> dict[str, Any]:
    kind: str = element["type"]
    names = {each.id: each.name for each in field.allowed}
    chosen = [option(names.get(each) or each, each) for each in answer.given]
    value: dict[Kind, tuple[str, Any]] = {
        Kind.USER: ("selected_user", answer.given[0]),
        Kind.USERS: ("selected_users", list(answer.given)),
        Kind.DATE: ("selected_date", answer.given[0]),
        Kind.LABELS: ("value", " ".join(answer.given)),
    }
    if field.kind is Kind.MOMENT:
        at = int(datetime.fromisoformat(answer.given[0]).timestamp())
        return {"type": kind, "selected_date_time": at}
    if field.allowed:
        name, held = (
            ("selected_options", chosen)
            if field.kind in (Kind.SOME_OF, Kind.CHECKS)
            else ("selected_option", chosen[0])
        )
        return {"type": kind, name: held}
    name, held = value.get(field.kind, ("value", answer.given[0]))
    return {"type": kind, name: held}


def _picked(kind: str, value: str | None) -> dict[str, Any]:
    return {"type": kind, "selected_option": option(value, value[:150]) if value else None}


def _typed(value: str | None, kind: str = "plain_text_input") -> dict[str, Any]:
    return {"type": kind, "value": value}
