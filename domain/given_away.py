"""What a draft gives away, wherever in the form it was typed: found, and masked in its place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from domain.config import Product
from domain.create_fields import Kind
from domain.happened import Happened, Part
from domain.report import Draft, Report
from domain.sensitive import Finding, find, mask
from domain.sensitive import Kind as Secret

CUSTOMERS, ENVIRONMENT, HELP_DESK = "customers", "environment", "help_desk_link"
_TYPED = (Kind.LINE, Kind.TEXT, Kind.URL, Kind.LABELS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was typed: `field` is a Part, one of the above or the id of a Jira field.

    `number` tells the texts of one field apart, from 0.
    """

    field: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class GivenAway:
    """One thing that others should not read, and the whole text that it was found in."""

    place: Place
    text: str
    finding: Finding

    @property
    def secret(self) -> str:
        """The thing itself."""
        return self.text[self.finding.start : self.finding.end]


def given_away(draft: Draft, product: Product) -> tuple[GivenAway, ...]:
    """Return what a draft gives away in what was typed, in the order of the form."""
    links = {HELP_DESK, *(field for field, answer in draft.fields.items() if answer.kind is Kind.URL)}
    return tuple(
        GivenAway(place, text, finding)
        for place, text in _typed(draft, product)
        for finding in find(text)
        # A number in an address is what it leads to.
        if place.field not in links or finding.kind in (Secret.TOKEN, Secret.PASSWORD)
    )


def masked(draft: Draft, hidden: Iterable[GivenAway]) -> Draft:
    """Return the draft with what is to be hidden masked."""
    found: dict[Place, list[GivenAway]] = defaultdict(list)
    for each in hidden:
        found[each.place].append(each)
    texts = {place: mask(these[0].text, [each.finding for each in these]) for place, these in found.items()}

    def told(text: str, field: str, number: int = 0) -> str:
        return texts.get(Place(field, number), text)

    def told_all(given: tuple[str, ...], field: str) -> tuple[str, ...]:
        return tuple(told(text, field, number) for number, text in enumerate(given))

    return replace(
        draft,
        happened=Happened(**{part.value: told(draft.happened.part(part), part.value) for part in Part}),
        customers=replace(draft.customers, new=told_all(draft.customers.new, CUSTOMERS)),
        environment=draft.environment and told(draft.environment, ENVIRONMENT),
        help_desk_url=draft.help_desk_url and told(draft.help_desk_url, HELP_DESK),
        fields={
            field: replace(answer, given=told_all(answer.given, field))
            for field, answer in draft.fields.items()
        },
    )


def texts(draft: Draft, product: Product) -> list[str]:
    """Return all that was typed into the form, in its order."""
    return [text for _, text in _typed(draft, product)]


def is_told(secret: str, report: Report, product: Product) -> bool:
    """Tell whether a report that was filed holds this as it is: its reporter has kept it there."""
    return any(secret in text for _, text in _said(report, product))


def _typed(draft: Draft, product: Product) -> Iterator[tuple[Place, str]]:
    yield from _said(draft, product)
    for number, name in enumerate(draft.customers.new):
        yield Place(CUSTOMERS, number), name


def _said(told: Draft | Report, product: Product) -> Iterator[tuple[Place, str]]:
    """Yield what a draft and the report that is made of it have in common."""
    for part in Part:
        yield Place(part.value), told.happened.part(part)
    if told.environment and told.environment not in product.environments:
        yield Place(ENVIRONMENT), told.environment
    if told.help_desk_url:
        yield Place(HELP_DESK), told.help_desk_url
    for field, answer in told.fields.items():
        if answer.kind in _TYPED:
            for number, text in enumerate(answer.given):
                yield Place(field, number), text
