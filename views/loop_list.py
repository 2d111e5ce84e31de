"""The list behind `/loops`: which customers are still to be told how it ended, oldest first."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from domain.loop_list import After, LoopRow, Wanted
from views.blocks import (
    Block,
    actions,
    button,
    divider,
    field,
    modal,
    option,
    overflow,
    plain,
    section,
    select,
)
from views.loop_ids import MORE, Deed
from views.loop_message import choices
from views.loop_words import ending_words, facts_of, name_of
from views.report_form.state import State as Values
from views.text import Translator, ago, cut, cut_escaped, person, translator

LIST = "loop_list_view"
WHOSE = "loop_whose"
PRODUCT = "loop_product"
CUSTOMER = "loop_customer"
PAGE = "loop_page"
TOLD = "loop_told"
ROWS = 10
_PAGES = 20  # that can be turned back
MINE, EVERYBODYS, NOBODYS, ALL = "mine", "all", "nobody", "-"


@dataclass(frozen=True, slots=True)
class Looked:
    """What an open list shows: for whom, by what it chooses, and behind which loops its pages begin.

    `whose` is MINE, EVERYBODYS or NOBODYS. `pages` are the pages before the one that is shown, and it, the
    first of all left out.
    """

    language: str
    whose: str = MINE
    product: str | None = None
    customer: str | None = None
    report: str | None = None
    pages: tuple[tuple[str, str], ...] = ()

    def wanted(self, reader: str) -> Wanted:
        """Return what it chooses by, for this reader."""
        holder = reader if self.whose == MINE else None
        return Wanted(holder, self.whose == NOBODYS, self.product, self.customer, self.report)

    @property
    def after(self) -> After | None:
        """Behind which loop the page that is shown begins."""
        return After(datetime.fromisoformat(self.pages[-1][0]), self.pages[-1][1]) if self.pages else None

    def kept(self) -> str:
        """Return how it is written into the view."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list. `number` is how many customers are to be told in all, the first since `oldest`.

    `products` are keys and names of those that there are; `customer` is the name of the one chosen.
    """

    rows: tuple[LoopRow, ...]
    number: int
    oldest: datetime | None
    has_more: bool
    products: tuple[tuple[str, str], ...]
    customer: str | None = None
    currency: str = ""


def list_view(looked: Looked, listed: Listed, language: str) -> Block:
    """Return the list as a modal."""
    t = translator(language)
    blocks = [
        actions("loop_filters", _filters(t, looked, listed)),
        section(_head(t, listed)),
        divider(),
        *(_row(t, row, listed.currency) for row in listed.rows),
        *_told(t, listed.rows),
        *_turns(t, looked, listed),
    ]
    submit = t("They know it") if listed.rows else ""
    title = t("Customers to tell")
    return modal(LIST, title, blocks, submit=submit, close=t("Close"), kept=looked.kept())


def read_looked(kept: str) -> Looked:
    """Return what a list shows, from where it is kept."""
    found = json.loads(kept)
    return Looked(**{**found, "pages": tuple((since, issue) for since, issue in found["pages"])})


def filtered(looked: Looked, action: Mapping[str, Any]) -> Looked:
    """Return what the list shows once something is chosen; it begins with the first page."""
    chosen = (action.get("selected_option") or {}).get("value")
    value = None if chosen in (None, ALL) else str(chosen)
    first = replace(looked, pages=())
    if action["action_id"] == WHOSE:
        return replace(first, whose=value or EVERYBODYS)
    if action["action_id"] == PRODUCT:
        return replace(first, product=value, report=None)
    return replace(first, customer=value, report=None)


def turned(looked: Looked, value: str) -> Looked:
    """Return what the list shows once a page is turned, by the value of the pressed button."""
    if value == "back":
        return replace(looked, pages=looked.pages[:-1])
    since, _, issue = value.partition(" ")
    return replace(looked, pages=(*looked.pages, (since, issue))[-_PAGES:])


def read_told(view: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return the block in which customers are ticked, and the customer issues of those that are."""
    block = next((each["block_id"] for each in view["blocks"] if each["type"] == "input"), TOLD)
    return block, Values(view["state"]["values"]).options(block, TOLD)


def tick_somebody(language: str) -> str:
    """Return the error where nobody is ticked."""
    t = translator(language)
    return t("Tick who knows it, or close the list.")


def customer_options(found: Sequence[tuple[str, str]], language: str) -> list[Block]:
    """Return customers to choose from, by id and name, after all of them."""
    t = translator(language)
    return [option(t("All customers"), ALL), *(option(name, customer) for customer, name in found[:99])]


def help_text(language: str) -> str:
    """Return what the command does, for who asks."""
    t = translator(language)
    return t(
        "`/loops` shows which customers are still to be told how it ended, the oldest first. There you get"
        " the text for each, and say who knows it. Nothing needs to be typed after the command."
    )


def _filters(t: Translator, looked: Looked, listed: Listed) -> list[Block]:
    whose = [
        option(t("My customers"), MINE),
        option(t("Everybody's"), EVERYBODYS),
        option(t("Nobody's"), NOBODYS),
    ]
    products = [option(t("All products"), ALL), *(option(name, key) for key, name in listed.products[:99])]
    customer: Block = {
        "type": "external_select",
        "action_id": CUSTOMER,
        "placeholder": plain(t("All customers")),
        "min_query_length": 0,
    }
    if looked.customer and listed.customer:
        customer["initial_option"] = option(listed.customer, looked.customer)
    return [
        select(WHOSE, t("Whose"), whose, looked.whose),
        select(PRODUCT, t("All products"), products, looked.product or ALL),
        customer,
    ]


def _head(t: Translator, listed: Listed) -> str:
    if not listed.number or listed.oldest is None:
        return t("Nobody has to be told anything. :white_check_mark:")
    said = t.plural("{count} customer to tell", "{count} customers to tell", listed.number)
    oldest = t("the first since {ago}").format(ago=ago(listed.oldest))
    return f"*{said}*, {oldest}"


def _row(t: Translator, row: LoopRow, currency: str) -> Block:
    weighs = [f"*{name_of(t, row)}*", *facts_of(t, row, currency)]
    what = cut_escaped(" ".join(row.actual.split("\n", 1)[0].split()), 80)
    state = ending_words(t, row.loop.ending, row.loop.state)
    ended = f"{cut_escaped(row.key or row.product, 40)} {what}: {state}"
    holder = person(row.loop.holder) if row.loop.holder else t("nobody")
    said = f"{' · '.join(weighs)}\n{ended}\n{ago(row.loop.since)} · {holder}"
    issue = row.loop.customer_issue
    texts = [
        option(t("Show text"), f"{Deed.TEXT}:{issue}"),
        *([option(t("Send to their channel"), f"{Deed.CHANNEL}:{issue}")] if row.channel else []),
    ]
    others = [each for each in choices(t, row) if not each["value"].startswith(f"{Deed.TOLD}:")]
    return {**section(said), "block_id": f"loop:{issue}", "accessory": overflow(MORE, [*texts, *others])}


def _told(t: Translator, rows: Sequence[LoopRow]) -> list[Block]:
    """Return the boxes to tick; what was ticked on one page is not on the next."""
    if not rows:
        return []
    options = [option(cut(_plain(t, row), 75), row.loop.customer_issue) for row in rows]
    boxes = {"type": "checkboxes", "action_id": TOLD, "options": options}
    block = f"{TOLD}:{rows[0].loop.customer_issue}:{rows[-1].loop.customer_issue}"
    return [divider(), field(block, t("Told by other means"), boxes, optional=True)]


def _plain(t: Translator, row: LoopRow) -> str:
    name = cut(row.name, 50) if row.name else t("Unknown customer")
    return f"{name} · {row.key or row.product}"


def _turns(t: Translator, looked: Looked, listed: Listed) -> list[Block]:
    last = listed.rows[-1].loop if listed.rows else None
    turns = [
        *([button(t("Back"), f"{PAGE}_back", "back")] if looked.pages else []),
        *(
            [button(t("More"), f"{PAGE}_more", f"{last.since.isoformat()} {last.customer_issue}")]
            if listed.has_more and last
            else []
        ),
    ]
    return [actions(PAGE, turns)] if turns else []
