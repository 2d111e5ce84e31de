"""A digest: what customers said, gathered for a channel, a few lines each; each button shows one card."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.customer import Profile
from domain.customer_issue import CustomerIssue, State
from domain.message import Message
from views.blocks import Block, button, context, section
from views.text import Translator, cut, cut_escaped, escape, person, translator

SHOW = "customer_digest_show"
MARK = "📬"
_QUOTE = 160  # characters of what somebody said
_PLACES = 6  # products and areas named in the head


@dataclass(frozen=True, slots=True)
class Entry:
    """A customer issue in a digest. `customer` is None where nobody knows whose it is.

    `has_card` says whether its card is in the same channel already.
    """

    issue: CustomerIssue
    product: str
    customer: Profile | None = None
    has_card: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """One page of a digest: `entries` are on it, the rest is of the whole.

    `places` are products and areas (None: none said), with how many each, most first. `engineer` is who is
    named as being on duty.
    """

    entries: Sequence[Entry]
    places: Sequence[tuple[str, str | None, int]]
    page: int = 1
    pages: int = 1
    engineer: str | None = None


def customer_digest(digest: Digest, language: str) -> Message:
    """Return a page in the language of the channel."""
    t = translator(language)
    number = sum(count for _, _, count in digest.places)
    head = t.plural("{count} customer issue", "{count} customer issues", number)
    if digest.page > 1:
        title = t("{issues}, page {page} of {pages}").format(
            issues=head, page=digest.page, pages=digest.pages
        )
        blocks = [section(f"*{title}*")]
    else:
        title = f"{head}: {_places(digest)}"
        lines = [f"{MARK} *{head}*", _places(digest), *_on_duty(t, digest)]
        blocks = [section("\n".join(lines))]
    blocks += [_entry(t, each) for each in digest.entries]
    if digest.page == 1 < digest.pages:
        blocks.append(context(t("The rest is in the thread.")))
    return Message(text=title, blocks=tuple(blocks))


def _places(digest: Digest) -> str:
    named = [f"{_place(product, area)} {count}" for product, area, count in digest.places[:_PLACES]]
    return " · ".join([*named, *(["…"] if len(digest.places) > _PLACES else [])])


def _on_duty(t: Translator, digest: Digest) -> list[str]:
    return [t("On duty: {people}").format(people=person(digest.engineer))] if digest.engineer else []


def _entry(t: Translator, entry: Entry) -> Block:
    told, customer = entry.issue.told, entry.customer
    name = cut_escaped(customer.name, 80) if customer else t("Unknown customer")
    facts = [
        f"*{name}*",
        *([cut_escaped(customer.tier, 40)] if customer and customer.tier else []),
        _place(entry.product, told.area),
        *([_outcome(t, entry.issue)] if not entry.issue.is_open else []),
        *([t("its card is in this channel")] if entry.has_card else []),
    ]
    said = cut(" ".join(told.quote.split()), _QUOTE)
    gone = t("Their words were deleted.")
    block = section(f"{' · '.join(facts)}\n{f'> {escape(said)}' if said else f'_{gone}_'}")
    return block if entry.has_card else {**block, "accessory": button(t("Show"), SHOW, entry.issue.id)}


def _place(product: str, area: str | None) -> str:
    return cut_escaped(f"{product} › {area}" if area else product, 60)


def _outcome(t: Translator, issue: CustomerIssue) -> str:
    named = {
        State.NEW: "",
        State.BUG: t("a bug"),
        State.FEEDBACK: t("product feedback"),
        State.ANSWERED: t("answered"),
        State.NOT_OURS: t("not for us"),
    }
    return f"✔️ {named[issue.state]}"
