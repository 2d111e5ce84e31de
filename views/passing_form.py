"""The form with which a rep passes on what a customer said, and the reading of what comes back.

What would give too much away is not asked about in a step of its own: the form comes back with it, and is
passed on as it says then.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from domain.config import Config, Product
from domain.customer_issue import Origin, Told
from domain.given_away import CUSTOMERS as WHO
from domain.given_away import HELP_DESK as LINK
from domain.given_away import GivenAway, Place
from domain.report import EFFORTS
from domain.sensitive import Kind, find, mask
from views.blocks import Block, context, field, modal, option, plain, section, select, typed
from views.drafted import filled_in
from views.report_form import AREA, CUSTOMERS, FormErrors
from views.report_form.ids import of_product
from views.report_form.limits import FILES_CARRIED, TEXT_LIMIT, URL_LIMIT
from views.report_form.options import NEW
from views.report_form.reading import is_address
from views.report_form.state import State
from views.sensitive_notes import finding_sentences
from views.terms import effort_name
from views.text import Translator, cut, cut_escaped, link, translator

FORM = "customer_form"
PRODUCT = "customer_form_product"
QUOTE = "customer_form_quote"
EFFORT = "customer_form_effort"
HELP_DESK = "customer_form_help_desk"
FILES = "customer_form_files"
KEEP = "customer_form_keep"
FINDINGS_SHOWN = 20
_SAID = "quote"
_YES = "keep"


@dataclass(frozen=True, slots=True)
class Passing:
    """One opening of the form: its reader's language, and the nonce that lets it pass on one thing.

    `product` is the key of the one to choose, `text` what the customer said as far as it is known, `customer`
    and `customer_name` whose channel it was said in. `channel`, `ts` and `source_url` are those of the
    message it is made from, `author` and `author_id` who wrote that, `files` the ids of its files. `seen`
    tells what was asked about in the form from anything else.
    """

    nonce: str
    language: str
    product: str | None = None
    text: str = ""
    customer: str | None = None
    customer_name: str | None = None
    channel: str | None = None
    ts: str | None = None
    source_url: str | None = None
    author: str | None = None
    author_id: str | None = None
    files: tuple[str, ...] = ()
    seen: str | None = None

    def metadata(self) -> str:
        """Return what travels with the form as its private_metadata; what is in its fields does not."""
        kept = {name: value for name, value in asdict(self).items() if value and name != "text"}
        return json.dumps(kept, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Passed:
    """A submitted form: what was told, by whom where nobody named them before, and what it gives away."""

    told: Told
    new_customer: str | None
    findings: tuple[GivenAway, ...]
    seen: str

    def masked(self, kept: Sequence[int]) -> "Passed":
        """Return it with what it gives away masked, but for the findings at the places kept."""
        hidden = [each for number, each in enumerate(self.findings) if number not in kept]

        def clean(text: str | None, place: str) -> str | None:
            return text and mask(text, [each.finding for each in hidden if each.place.field == place])

        told = replace(
            self.told,
            quote=clean(self.told.quote, _SAID) or "",
            help_desk_url=clean(self.told.help_desk_url, LINK),
        )
        return replace(self, told=told, new_customer=clean(self.new_customer, WHO))


def passing_form(
    config: Config,
    passing: Passing,
    values: Mapping[str, Any] | None = None,
    findings: Sequence[GivenAway] = (),
) -> Block:
    """Return the form as a view; `values` is the state of one that was filled in before.

    `findings` are what it would give away: what is not ticked then will be masked.
    """
    t = translator(passing.language)
    chosen = State(values or {}).option(PRODUCT, PRODUCT) or passing.product
    product = next((each for each in config.products if each.key == chosen), None)
    blocks = [
        *_findings(t, findings),
        *_source(t, passing),
        _customer(t, passing),
        _product(t, config, product),
        *([_area(t, product)] if product else []),
        field(
            QUOTE, t("What the customer said"), _quote(passing), hint=t("In their own words where you can.")
        ),
        _effort(t),
        field(
            HELP_DESK, t("Help desk link"), {"type": "url_text_input", "action_id": HELP_DESK}, optional=True
        ),
        *_files(t, passing),
    ]
    view = modal(
        FORM,
        t("Pass on"),
        blocks,
        submit=t("Pass on"),
        close=t("Cancel"),
        kept=passing.metadata(),
    )
    return filled_in(view, values or {})


def read_passing(view: Mapping[str, Any]) -> Passing:
    """Return which opening of the form a view is."""
    kept = json.loads(view["private_metadata"])
    return Passing(**{**kept, "files": tuple(kept.get("files", ()))})


def chosen_product(values: Mapping[str, Any]) -> str | None:
    """Return the key of the product chosen in a form with these values."""
    return State(values).option(PRODUCT, PRODUCT)


def kept_as_typed(values: Mapping[str, Any]) -> list[int]:
    """Return the places of the findings that are to stay as they were typed."""
    state = State(values)
    return [number for number in range(FINDINGS_SHOWN) if state.options(_place(number), KEEP)]


def read_passed(passing: Passing, values: Mapping[str, Any], config: Config, *, by: str) -> Passed:
    """Return what was filled in by somebody (Slack user id); FormErrors names the blocks and the way out."""
    t, state, errors = translator(passing.language), State(values), {}
    product = state.option(PRODUCT, PRODUCT)
    if product not in {each.key for each in config.products}:
        errors[PRODUCT] = t("This product is no longer set up. Choose another one.")
    quote = state.text(QUOTE, QUOTE).strip()
    if not quote:
        errors[QUOTE] = t("Write at least a word.")
    url = state.text(HELP_DESK, HELP_DESK).strip()
    if url and (not is_address(url) or len(url) > URL_LIMIT):
        errors[HELP_DESK] = t("Paste the whole address, starting with https://.")
    if errors or product is None:
        raise FormErrors(errors)
    who = state.option(CUSTOMERS, CUSTOMERS) or ""
    effort = state.option(EFFORT, EFFORT) or ""
    files = tuple(dict.fromkeys((*passing.files, *state.files(FILES, FILES))))
    told = Told(
        nonce=_nonce(passing),
        origin=Origin.MESSAGE if passing.channel else Origin.FORM,
        product=product,
        quote=quote,
        customer=who if who and not who.startswith(NEW) else None,
        area=state.option(of_product(AREA, product), AREA),
        author=passing.author,
        author_id=passing.author_id,
        brought_by=by,
        channel=passing.channel,
        ts=passing.ts,
        source_url=passing.source_url,
        help_desk_url=url or None,
        effort=int(effort) if effort in map(str, EFFORTS) else None,
        files=files,
    )
    new = who.removeprefix(NEW) if who.startswith(NEW) else None
    return Passed(told, new, _given_away(told, new), _seen(told, new))


def _nonce(passing: Passing) -> str:
    return f"message:{passing.channel}:{passing.ts}" if passing.channel else f"form:{passing.nonce}"


def _given_away(told: Told, new_customer: str | None) -> tuple[GivenAway, ...]:
    typed_ones = ((_SAID, told.quote), (WHO, new_customer), (LINK, told.help_desk_url))
    return tuple(
        GivenAway(Place(place), text, finding)
        for place, text in typed_ones
        if text
        for finding in find(text)
        # A number in an address is what it leads to.
        if place != LINK or finding.kind in (Kind.TOKEN, Kind.PASSWORD)
    )


def findings_in(passing: Passing, values: Mapping[str, Any], config: Config) -> tuple[GivenAway, ...]:
    """Return what a form gives away that was asked about it before; nothing while it is not complete."""
    try:
        passed = read_passed(passing, values, config, by="")
    except FormErrors:
        return ()
    return passed.findings if passing.seen else ()


def _seen(told: Told, new_customer: str | None) -> str:
    texts = (told.quote, told.help_desk_url or "", new_customer or "")
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def _findings(t: Translator, findings: Sequence[GivenAway]) -> Iterator[Block]:
    if not findings:
        return
    title, hint = t("This will be masked"), t("Others should not read it. Tick what must stay.")
    yield section(f"*{title}*\n{hint}")
    names = {_SAID: t("What the customer said")}
    for number, said in enumerate(finding_sentences(t, findings, names)[:FINDINGS_SHOWN]):
        ticked = [option(t("Keep as typed"), _YES)]
        box = {"type": "checkboxes", "action_id": KEEP, "options": ticked}
        yield {**section(cut(said, 2900)), "block_id": _place(number), "accessory": box}


def _place(number: int) -> str:
    return f"{KEEP}:{number}"


def _source(t: Translator, passing: Passing) -> list[Block]:
    told = [
        *([link(passing.source_url, t("From this message"))] if passing.source_url else []),
        *([t("said by {author}").format(author=cut_escaped(passing.author, 100))] if passing.author else []),
        *([t("Files that go with it: {count}").format(count=len(passing.files))] if passing.files else []),
    ]
    return [context(" · ".join(told))] if told else []


def _customer(t: Translator, passing: Passing) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": CUSTOMERS,
        "placeholder": plain(t("Who said it")),
        "min_query_length": 0,
    }
    if passing.customer and passing.customer_name:
        element["initial_option"] = option(passing.customer_name, passing.customer)
    return field(
        CUSTOMERS, t("Customer"), element, hint=t("Leave it out where you do not know."), optional=True
    )


def _product(t: Translator, config: Config, chosen: Product | None) -> Block:
    options = [option(each.name, each.key) for each in config.products]
    menu = select(PRODUCT, t("Choose a product"), options, chosen.key if chosen else None)
    return field(PRODUCT, t("Product"), menu, live=True)


def _area(t: Translator, product: Product) -> Block:
    element = {
        "type": "external_select",
        "action_id": AREA,
        "placeholder": plain(t("Choose an area")),
        "min_query_length": 0,
    }
    return field(of_product(AREA, product.key), t("Area"), element, optional=True)


def _quote(passing: Passing) -> Block:
    text = cut(passing.text, TEXT_LIMIT)
    return {**typed(QUOTE, multiline=True, most=TEXT_LIMIT), **({"initial_value": text} if text else {})}


def _effort(t: Translator) -> Block:
    options = [option(effort_name(t, effort), str(effort)) for effort in EFFORTS]
    menu = select(EFFORT, t("How hard they have had to work so far"), options)
    return field(EFFORT, t("Customer effort"), menu, optional=True)


def _files(t: Translator, passing: Passing) -> Iterator[Block]:
    room = FILES_CARRIED - len(passing.files)
    if room > 0:
        element = {"type": "file_input", "action_id": FILES, "max_files": room}
        hint = t("They go to the Jira issue where it becomes a bug.")
        yield field(FILES, t("Screenshots"), element, hint=hint, optional=True)
