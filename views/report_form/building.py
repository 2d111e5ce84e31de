"""The form as a view: for a product, with what was filled in before and with notes beside the fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.asking import Asked
from domain.config import Config
from domain.happened import Part
from domain.report import EFFORTS, Impact, Workaround
from views.blocks import Block, field, option, plain, section, select
from views.drafted import filled_in, told_of_changes
from views.opening import Opening, opening_blocks
from views.report_form.custom import block_of, field_blocks
from views.report_form.ids import (
    AREA,
    CUSTOMERS,
    EFFORT,
    ENVIRONMENT,
    FILES,
    FORM,
    HAPPENED,
    HELP_DESK,
    IMPACT,
    PRODUCT,
    VERSION,
    WORKAROUND,
    of_product,
)
from views.report_form.limits import FILES_CARRIED, TEXT_LIMIT
from views.report_form.state import State
from views.terms import effort_name, impact_name, part_name, workaround_name
from views.text import Translator, cut_escaped, translator

# Where on the form a field of Jira's is asked for; its own fields have blocks of their own.
_PLACES = {"components": AREA, "versions": VERSION, "environment": ENVIRONMENT}


def report_form(
    config: Config,
    opening: Opening,
    asked: Asked | None,
    values: Mapping[str, Any] | None = None,
    notes: Mapping[str, str] | None = None,
) -> Block:
    """Return the form as a view, for the product that is asked about (None: none is chosen yet).

    `values` is the state (`view.state.values`) of a form that was filled in before. `notes` are sentences
    from outside, such as Jira's, by Jira field id: each stands before the field that it is about.
    """
    t = translator(opening.language)
    state = State(values or {})
    blocks = [
        *opening_blocks(t, opening),
        _product(t, config, asked),
        *(_area(t, asked) if asked else ()),
        *(_customers(t) if asked is None or asked.shows("customers") else ()),
        field(IMPACT, t("Impact"), select(IMPACT, t("What it does to them"), _impacts(t))),
        field(WORKAROUND, t("Workaround"), select(WORKAROUND, t("Can they go on?"), _workarounds(t))),
        _happened(t, opening),
        # What may be left out comes last: who is in a hurry stops here.
        *(_own(t, asked, state) if asked else ()),
        *(_files(t, opening) if asked is None or asked.shows("screenshots") else ()),
        *(_where(t, asked) if asked else ()),
        *(_history(t, asked) if asked else ()),
    ]
    form = {
        "type": "modal",
        "callback_id": FORM,
        "title": plain(t("Report a bug")),
        "submit": plain(t("File")),
        "close": plain(t("Cancel")),
        "private_metadata": opening.metadata(),
        "blocks": list(_with_notes(t, blocks, asked, notes or {}))[:100],
    }
    return filled_in(told_of_changes(form), values or {})


def prefill(language: str, text: str = "") -> str:
    """Return the typed field as it opens: the three headings, with `text` under the last one."""
    t = translator(language)
    steps, expected, actual = (part_name(t, part) for part in Part)
    return f"{steps}:\n1. \n\n{expected}:\n\n\n{actual}:\n{text}"[:TEXT_LIMIT]


def note_block(asked: Asked | None, field_id: str) -> str:
    """Return the id of the block at which a note about a Jira field stands; what is typed where none is."""
    if asked and field_id in _PLACES:
        return of_product(_PLACES[field_id], asked.product.key)
    for each in asked.fields if asked else ():
        if each.id == field_id:
            return block_of(asked.product, each) if asked else HAPPENED
    return HAPPENED


def _with_notes(
    t: Translator, blocks: list[Block], asked: Asked | None, notes: Mapping[str, str]
) -> Iterator[Block]:
    places: dict[str, list[str]] = {}
    for field_id, said in notes.items():
        places.setdefault(note_block(asked, field_id), []).append(said)
    for block in blocks:
        for said in places.pop(block.get("block_id", ""), ()):
            yield _note(t, said)
        yield block
    for said in (each for left in places.values() for each in left):
        yield _note(t, said)


def _note(t: Translator, said: str) -> Block:
    return section(":warning: " + t("Jira says: {message}").format(message=f"*{cut_escaped(said, 1000)}*"))


def _product(t: Translator, config: Config, asked: Asked | None) -> Block:
    options = [option(each.name, each.key) for each in config.products]
    chosen = asked.product.key if asked else None
    return field(PRODUCT, t("Product"), select(PRODUCT, t("Choose a product"), options, chosen), live=True)


def _area(t: Translator, asked: Asked) -> Iterator[Block]:
    if asked.shows("area"):
        yield _searched(AREA, asked, t("Area"), t("Choose an area"), needed="components" in asked.required)


def _customers(t: Translator) -> Iterator[Block]:
    element = {
        "type": "multi_external_select",
        "action_id": CUSTOMERS,
        "placeholder": plain(t("Who it happens to")),
        "min_query_length": 0,
    }
    yield field(CUSTOMERS, t("Customers"), element, optional=True)


def _where(t: Translator, asked: Asked) -> Iterator[Block]:
    """Yield where it happens: environment and version."""
    needed = "environment" in asked.required
    block = of_product(ENVIRONMENT, asked.product.key)
    if asked.shows("environment") and asked.product.environments:
        options = [option(name, name) for name in asked.product.environments]
        element = select(ENVIRONMENT, t("Where they use it"), options)
        yield field(block, t("Environment"), element, optional=not needed)
    elif asked.shows("environment"):
        element = {"type": "plain_text_input", "action_id": ENVIRONMENT, "max_length": 255}
        yield field(block, t("Environment"), element, optional=not needed)
    if asked.shows("version"):
        yield _searched(
            VERSION, asked, t("Version"), t("Which version they use"), needed="versions" in asked.required
        )


def _history(t: Translator, asked: Asked) -> Iterator[Block]:
    """Yield what the customers went through so far: effort and help desk."""
    if asked.shows("effort"):
        options = [option(effort_name(t, effort), str(effort)) for effort in EFFORTS]
        element = select(EFFORT, t("How hard they have had to work so far"), options)
        yield field(EFFORT, t("Customer effort"), element, optional=True)
    if asked.shows("help_desk_link"):
        url = {"type": "url_text_input", "action_id": HELP_DESK}
        yield field(HELP_DESK, t("Help desk link"), url, optional=True)


def _happened(t: Translator, opening: Opening) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": HAPPENED,
        "multiline": True,
        "max_length": TEXT_LIMIT,
        "initial_value": prefill(opening.language, opening.text),
    }
    hint = t("One problem in each report. Fill in all three parts.")
    return field(HAPPENED, t("What happened"), element, hint=hint)


def _files(t: Translator, opening: Opening) -> Iterator[Block]:
    room = FILES_CARRIED - len(opening.files)
    if room > 0:
        element = {"type": "file_input", "action_id": FILES, "max_files": room}
        yield field(FILES, t("Screenshots"), element, optional=True)


def _own(t: Translator, asked: Asked, state: State) -> Iterator[Block]:
    """Yield the project's own fields."""
    for each in asked.fields:
        yield from field_blocks(t, asked.product, each, state)


def _searched(action_id: str, asked: Asked, label: str, placeholder: str, *, needed: bool) -> Block:
    element = {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "min_query_length": 0,
    }
    return field(of_product(action_id, asked.product.key), label, element, optional=not needed)


def _impacts(t: Translator) -> list[Block]:
    return [option(impact_name(t, impact), impact) for impact in Impact]


def _workarounds(t: Translator) -> list[Block]:
    return [option(workaround_name(t, workaround), workaround) for workaround in Workaround]
