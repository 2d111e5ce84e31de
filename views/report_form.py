"""The bug form: its blocks, and the reading of what comes back. Each id is written once, here."""

from typing import Any

from domain.config import Config, Product
from domain.happened import Fault, Happened, Part, Unreadable, read
from domain.report import Draft, Impact, Workaround
from views.blocks import Block, field, option, plain, select
from views.drafted import told_of_changes
from views.opening import Opening, opening_blocks, read_opening
from views.terms import impact_name, part_name, workaround_name
from views.text import Translator, translator

FORM = "report_form"
PRODUCT = "report_product"
AREA = "report_area"
IMPACT = "report_impact"
WORKAROUND = "report_workaround"
HAPPENED = "report_happened"


class FormErrors(Exception):
    """What is wrong with a submitted form: a sentence for each block it concerns."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


def report_form(config: Config, opening: Opening, *, product: Product | None = None, text: str = "") -> Block:
    """Return the form as a view, with a product chosen when one is given and `text` as what happened."""
    t = translator(opening.language)
    products = [option(each.name, each.key) for each in config.products]
    form = {
        "type": "modal",
        "callback_id": FORM,
        "title": plain(t("Report a bug")),
        "submit": plain(t("File")),
        "close": plain(t("Cancel")),
        "private_metadata": opening.metadata(),
        "blocks": [
            *opening_blocks(t, opening),
            field(
                PRODUCT,
                t("Product"),
                select(PRODUCT, t("Choose a product"), products, product.key if product else None),
                live=True,
            ),
            *([_area(t, product)] if product else []),
            field(IMPACT, t("Impact"), select(IMPACT, t("What it does to them"), _impacts(t))),
            field(WORKAROUND, t("Workaround"), select(WORKAROUND, t("Can they go on?"), _workarounds(t))),
            field(
                HAPPENED,
                t("What happened"),
                {
                    "type": "plain_text_input",
                    "action_id": HAPPENED,
                    "multiline": True,
                    "max_length": 3000,
                    "initial_value": prefill(opening.language, text),
                },
                hint=t("One problem in each report. Fill in all three parts."),
            ),
        ],
    }
    return told_of_changes(form)


def prefill(language: str, text: str = "") -> str:
    """Return the typed field as it opens: the three headings, with `text` under the last one."""
    t = translator(language)
    steps, expected, actual = (part_name(t, part) for part in Part)
    return f"{steps}:\n1. \n\n{expected}:\n\n\n{actual}:\n{text}"


def chosen_product(view: dict[str, Any]) -> str | None:
    """Return the key of the product chosen in an open form."""
    return _chosen(view["state"]["values"], PRODUCT)


def area_product(block_id: str) -> str:
    """Return the product whose areas a request for options is about."""
    return block_id.partition(":")[2]


def read_report_form(view: dict[str, Any], config: Config, *, reporter: str, reporter_name: str) -> Draft:
    """Return the draft in a submitted form; FormErrors names the field and the way out."""
    opening = read_opening(view)
    t = translator(opening.language)
    values = view["state"]["values"]
    errors: dict[str, str] = {}
    product = _chosen(values, PRODUCT)
    if product not in {each.key for each in config.products}:
        errors[PRODUCT] = t("This product is no longer set up. Choose another one.")
    impact, workaround = _chosen(values, IMPACT), _chosen(values, WORKAROUND)
    if impact is None:
        errors[IMPACT] = t("Choose what the bug does to them.")
    if workaround is None:
        errors[WORKAROUND] = t("Say whether they can go on meanwhile.")
    happened = Happened("", "", "")
    try:
        happened = read((values.get(HAPPENED, {}).get(HAPPENED, {}).get("value")) or "")
    except Unreadable as unreadable:
        errors[HAPPENED] = " ".join(_sentence(t, part, fault) for part, fault in unreadable.faults)
    if errors or product is None or impact is None or workaround is None:
        raise FormErrors(errors)
    return Draft(
        nonce=opening.nonce,
        reporter=reporter,
        reporter_name=reporter_name,
        product=product,
        area=_chosen(values, _area_block(product)),
        impact=Impact(impact),
        workaround=Workaround(workaround),
        happened=happened,
        language=opening.language,
    )


def _area(t: Translator, product: Product) -> Block:
    element = {
        "type": "external_select",
        "action_id": AREA,
        "placeholder": plain(t("Choose an area")),
        "min_query_length": 0,
    }
    return field(_area_block(product.key), t("Area"), element, optional=True)


def _area_block(product: str) -> str:
    # Requests for options carry no other field's state: the block's id says whose areas they are.
    return f"{AREA}:{product}"


def _impacts(t: Translator) -> list[Block]:
    return [option(impact_name(t, impact), impact) for impact in Impact]


def _workarounds(t: Translator) -> list[Block]:
    return [option(workaround_name(t, workaround), workaround) for workaround in Workaround]


def _chosen(values: dict[str, Any], block_id: str) -> str | None:
    action_id = block_id.partition(":")[0]
    picked = values.get(block_id, {}).get(action_id, {}).get("selected_option")
    return picked["value"] if picked else None


def _sentence(t: Translator, part: Part, fault: Fault) -> str:
    name = part_name(t, part)
    return {
        Fault.MISSING: t("“{part}” is missing: add that heading and what belongs under it."),
        Fault.EMPTY: t("“{part}” is empty: write what belongs under it."),
        Fault.TWICE: t("“{part}” is there twice: file a second report for the second problem."),
    }[fault].format(part=name)
