import json
from typing import Any

import pytest

from domain.config import LANGUAGES, Admins, Config, Product
from domain.happened import HEADINGS, Part
from domain.report import Impact, Workaround
from sandbox.slack.lint.whole import lint_view
from views.report_form import (
    HAPPENED,
    IMPACT,
    PRODUCT,
    WORKAROUND,
    FormErrors,
    Opening,
    area_product,
    prefill,
    read_opening,
    read_report_form,
    report_form,
)
from views.terms import part_name
from views.text import translator

SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")
CONFIG = Config(Admins("C0ADMINS"), (SHOP, Product("pay", "Pay", "PAY", "C0PAYBUGS")))
OPENING = Opening("a-nonce", "en")
HAPPENED_WELL = "Steps:\n1. Pay\nExpected:\nOne\nActual:\nTwo"


def submitted(**changed: Any) -> dict[str, Any]:
    """Return a submitted view as Slack sends it, filled in well but for what is changed."""
    values: dict[str, Any] = {
        PRODUCT: {PRODUCT: {"selected_option": {"value": "shop"}}},
        "report_area:shop": {"report_area": {"selected_option": {"value": "10000"}}},
        IMPACT: {IMPACT: {"selected_option": {"value": "blocked"}}},
        WORKAROUND: {WORKAROUND: {"selected_option": {"value": "none"}}},
        HAPPENED: {HAPPENED: {"value": HAPPENED_WELL}},
    }
    return {
        "private_metadata": json.dumps({"nonce": "a-nonce", "language": "en"}),
        "state": {"values": values | changed},
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("product", [None, SHOP])
def test_the_form_is_one_slack_takes(language: str, product: Product | None) -> None:
    """In each language the form is within Slack's limits."""
    assert lint_view(report_form(CONFIG, Opening("a-nonce", language), product=product)) == []


def test_the_form_keeps_its_nonce() -> None:
    """However often a form is updated or submitted, it is the same opening."""
    assert read_opening(report_form(CONFIG, OPENING)) == OPENING


def test_a_submitted_form_is_a_draft() -> None:
    """What was picked and typed comes back as a draft."""
    draft = read_report_form(submitted(), CONFIG, reporter="U0ANA", reporter_name="ana")
    assert (draft.nonce, draft.product, draft.area) == ("a-nonce", "shop", "10000")
    assert (draft.impact, draft.workaround) == (Impact.BLOCKED, Workaround.NONE)
    assert draft.happened.actual == "Two"


@pytest.mark.parametrize(
    ("block", "value", "sentence"),
    [
        (PRODUCT, {PRODUCT: {"selected_option": {"value": "gone"}}}, "no longer set up"),
        (IMPACT, {}, "Choose what the bug does"),
        (WORKAROUND, {}, "whether they can go on"),
        (HAPPENED, {HAPPENED: {"value": None}}, "“Steps to reproduce” is missing"),
    ],
)
def test_what_is_wrong_is_said_on_its_field(block: str, value: dict[str, Any], sentence: str) -> None:
    """Each field that cannot be read is named with the way out."""
    with pytest.raises(FormErrors) as wrong:
        read_report_form(submitted(**{block: value}), CONFIG, reporter="U0ANA", reporter_name="ana")
    assert sentence in wrong.value.errors[block]


def test_the_area_of_another_product_is_not_taken() -> None:
    """A choice left over from before the product was changed does not stick to the new one."""
    changed = submitted(**{PRODUCT: {PRODUCT: {"selected_option": {"value": "pay"}}}})
    assert read_report_form(changed, CONFIG, reporter="U0ANA", reporter_name="ana").area is None


def test_a_request_for_areas_says_whose_they_are() -> None:
    """The block's id names the product, since Slack sends no other field's state."""
    area = report_form(CONFIG, OPENING, product=SHOP)["blocks"][1]
    assert area_product(area["block_id"]) == "shop"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prefilled_headings_are_ones_that_are_read(language: str) -> None:
    """In each language the headings that the form opens with are known to the reading."""
    t = translator(language)
    for part in Part:
        assert part_name(t, part).lower() in HEADINGS[part]
        assert part_name(t, part) in prefill(language)
