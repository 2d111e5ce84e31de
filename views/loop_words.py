"""How a report ended and whom that concerns, in the words that messages and lists about it share."""

from dataclasses import dataclass

from domain.customer_issue import Origin
from domain.loop import Ending, State
from domain.loop_list import LoopRow
from views.text import Translator, ago, cut_escaped, escape, link


@dataclass(frozen=True, slots=True)
class About:
    """What customers are told of: a report by its issue's key and address, and what goes wrong.

    `versions` are those it is fixed in; `reason` is why triage closed it, where somebody wrote that.
    """

    key: str | None
    url: str | None
    actual: str
    product: str
    versions: tuple[str, ...] = ()
    reason: str | None = None


def title(about: About) -> str:
    """Return which report it is, in bold."""
    key = link(about.url, about.key) if about.url and about.key else escape(about.key or "")
    what = cut_escaped(" ".join(about.actual.split("\n", 1)[0].split()), 150)
    return f"*{' · '.join(each for each in (key, cut_escaped(about.product, 75), what) if each)}*"


def ending_words(t: Translator, ending: Ending, state: State) -> str:
    """Return how it ended, in a few words."""
    if state is State.REOPENED:
        return t("open again")
    return {
        Ending.FIXED: t("fixed"),
        Ending.RELEASED: t("fixed and released"),
        Ending.WONT_FIX: t("will not be fixed"),
        Ending.DUPLICATE: t("known already"),
        Ending.NOT_A_BUG: t("not a bug"),
        Ending.GONE: t("given up"),
    }[ending]


def name_of(t: Translator, row: LoopRow) -> str:
    """Return whose it is."""
    return cut_escaped(row.name, 100) if row.name else t("Unknown customer")


def facts_of(t: Translator, row: LoopRow, currency: str) -> list[str]:
    """Return what weighs about a customer: tier and yearly value."""
    value = t("{amount} a year").format(amount=t.money(row.value, currency)) if row.value is not None else ""
    return [*([cut_escaped(row.tier, 40)] if row.tier else []), *([value] if value else [])]


def origin_of(t: Translator, row: LoopRow) -> str:
    """Return when and how the customer told us."""
    said = {
        Origin.FORM: t("told us {ago}"),
        Origin.MESSAGE: t("wrote in Slack {ago}"),
        Origin.BUG_FORM: t("named in a bug report {ago}"),
        Origin.INTAKE: t("came in by {source} {ago}"),
    }[row.origin]
    return said.format(ago=ago(row.brought_at), source=cut_escaped(row.source or "", 40))
