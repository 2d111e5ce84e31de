"""Reading a submitted form into a draft: what is wrong is said on the field, with the way out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from domain.asking import Asked
from domain.config import Config
from domain.create_fields import Answer
from domain.happened import Fault, Happened, Part, Unreadable, read
from domain.report import EFFORTS, Brought, Draft, Impact, Workaround
from views.opening import Opening
from views.report_form.custom import block_of, read_field
from views.report_form.ids import (
    AREA,
    CUSTOMERS,
    EFFORT,
    ENVIRONMENT,
    FILES,
    HAPPENED,
    HELP_DESK,
    IMPACT,
    PRODUCT,
    VERSION,
    WORKAROUND,
    of_product,
)
from views.report_form.limits import FILES_CARRIED, URL_LIMIT
from views.report_form.options import NEW
from views.report_form.state import State
from views.terms import part_name
from views.text import Translator, translator

T = TypeVar("T")


class FormErrors(Exception):
    """What is wrong with a submitted form: a sentence for each block it concerns."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


def chosen_product(values: Mapping[str, Any]) -> str | None:
    """Return the key of the product chosen in a form with these values."""
    return State(values).option(PRODUCT, PRODUCT)


def typed_text(values: Mapping[str, Any]) -> str:
    """Return what was typed as what happened, in a form with these values."""
    return State(values).text(HAPPENED, HAPPENED)


def read_report_form(
    opening: Opening,
    values: Mapping[str, Any],
    config: Config,
    ask: Callable[[str], Asked],
    *,
    reporter: str,
    reporter_name: str,
) -> Draft:
    """Return the draft in a submitted form; FormErrors names the blocks and the way out.

    `values` is `view.state.values`; `ask` returns what the form of a product (by its key) asks.
    """
    return _Reading(opening, State(values)).draft(config, ask, reporter, reporter_name)


def is_address(given: str) -> bool:
    """Tell whether what was typed is the address of a web page."""
    try:
        return urlsplit(given).scheme in ("http", "https") and len(given.split()) == 1
    except ValueError:
        return False


class _Reading:
    """One reading of a form: gathers what is wrong while it goes through the fields."""

    def __init__(self, opening: Opening, state: State) -> None:
        self._opening = opening
        self._state = state
        self._t: Translator = translator(opening.language)
        self._errors: dict[str, str] = {}

    def draft(self, config: Config, ask: Callable[[str], Asked], reporter: str, reporter_name: str) -> Draft:
        t, state = self._t, self._state
        product = state.option(PRODUCT, PRODUCT)
        if product not in {each.key for each in config.products}:
            self._errors[PRODUCT] = t("This product is no longer set up. Choose another one.")
        impact = self._picked(IMPACT, Impact, t("Choose what the bug does to them."))
        workaround = self._picked(WORKAROUND, Workaround, t("Say whether they can go on meanwhile."))
        happened = self._happened()
        asked = None if product is None or PRODUCT in self._errors else ask(product)
        fields = self._fields(asked) if asked else {}
        area, version, environment = self._places(asked) if asked else (None, None, None)
        link = self._link()
        effort = state.option(EFFORT, EFFORT) or ""
        if self._errors or product is None or impact is None or workaround is None:
            raise FormErrors(self._errors)
        return Draft(
            nonce=self._opening.nonce,
            reporter=reporter,
            reporter_name=reporter_name,
            product=product,
            area=area,
            impact=impact,
            workaround=workaround,
            happened=happened,
            language=self._opening.language,
            customers=self._customers(),
            environment=environment,
            found_in=version,
            effort=int(effort) if effort in map(str, EFFORTS) else None,
            help_desk_url=link,
            source_url=self._opening.source_url,
            files=tuple(dict.fromkeys((*self._opening.files, *state.files(FILES, FILES))))[:FILES_CARRIED],
            fields=fields,
            customer_issue=self._opening.customer_issue,
        )

    def _picked(self, block: str, kind: Callable[[str], T], sentence: str) -> T | None:
        chosen = self._state.option(block, block)
        try:
            if chosen is not None:
                return kind(chosen)
        except ValueError:
            pass
        self._errors[block] = sentence
        return None

    def _happened(self) -> Happened:
        try:
            return read(self._state.text(HAPPENED, HAPPENED))
        except Unreadable as unreadable:
            self._errors[HAPPENED] = _faults_told(self._t, unreadable.faults)
            return Happened("", "", "")

    def _places(self, asked: Asked) -> tuple[str | None, str | None, str | None]:
        """Return area, version and environment."""
        key = asked.product.key
        places = [of_product(action, key) for action in (AREA, VERSION, ENVIRONMENT)]
        area, version, where = (self._state.option(place, place.partition(":")[0]) for place in places)
        where = where or self._state.text(places[2], ENVIRONMENT).strip()[:255] or None
        found = {"components": (places[0], area), "versions": (places[1], version)}
        for field, (place, given) in (found | {"environment": (places[2], where)}).items():
            if field in asked.required and not given:
                self._errors[place] = self._t("Jira requires this: fill it in.")
        return area, version, where

    def _fields(self, asked: Asked) -> dict[str, Answer]:
        answers = {}
        for each in asked.fields:
            try:
                answer = read_field(self._t, asked.product, each, self._state)
            except ValueError as wrong:
                self._errors[block_of(asked.product, each)] = str(wrong)
                continue
            if answer:
                answers[each.id] = answer
        return answers

    def _link(self) -> str | None:
        given = self._state.text(HELP_DESK, HELP_DESK).strip()
        if not given:
            return None
        if not is_address(given) or len(given) > URL_LIMIT:
            self._errors[HELP_DESK] = self._t("Paste the whole address, starting with https://.")
        return given

    def _customers(self) -> Brought:
        chosen = self._state.options(CUSTOMERS, CUSTOMERS)
        return Brought(
            known=tuple(each for each in chosen if not each.startswith(NEW)),
            new=tuple(each.removeprefix(NEW) for each in chosen if each.startswith(NEW)),
        )


def _faults_told(t: Translator, faults: Sequence[tuple[Part, Fault]]) -> str:
    missing = [part_name(t, part) for part, fault in faults if fault is Fault.MISSING]
    if len(missing) < 2:
        return " ".join(_sentence(t, part, fault) for part, fault in faults)
    all_of_them = t.listing([t("“{part}”").format(part=name) for name in missing])
    others = [_sentence(t, part, fault) for part, fault in faults if fault is not Fault.MISSING]
    steps, expected, actual = (part_name(t, part) for part in Part)
    told = [
        t("{parts} are missing: add each heading and what belongs under it.").format(parts=all_of_them),
        *others,
        t(
            "For example: “{steps}: pay with two cards. {expected}: each is charged once."
            " {actual}: one is charged twice.”"
        ).format(steps=steps, expected=expected, actual=actual),
    ]
    return " ".join(told)


def _sentence(t: Translator, part: Part, fault: Fault) -> str:
    name = part_name(t, part)
    return {
        Fault.MISSING: t("“{part}” is missing: add that heading and what belongs under it."),
        Fault.EMPTY: t("“{part}” is empty: write what belongs under it."),
        Fault.TWICE: t("“{part}” is there twice: file a second report for the second problem."),
    }[fault].format(part=name)
