"""What a product's form asks: what bugle.toml wants shown, and what Jira requires."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.config import Product
from domain.create_fields import Field, Kind

# What every issue gets from Bugle or from Jira itself, whoever requires it.
FILLED = frozenset({"project", "issuetype", "summary", "description", "labels", "reporter", "priority"})
# Jira's own fields that the form has a place of its own for.
PLACED = {"components": "area", "versions": "version", "environment": "environment"}
_CASCADE_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form of a product asks. `required` holds the PLACED fields that Jira insists on."""

    product: Product
    has_areas: bool
    has_versions: bool
    required: frozenset[str]
    fields: tuple[Field, ...]

    def shows(self, name: str) -> bool:
        """Tell whether the form has this one of OPTIONAL_FIELDS."""
        needed = any(PLACED[field] == name for field in self.required)
        there = {
            "area": self.has_areas,
            "version": self.has_versions,
            "environment": bool(self.product.environments),
        }
        return needed or (name in self.product.form and there.get(name, True))


def asked_of(product: Product, screen: Sequence[Field], *, has_areas: bool, has_versions: bool) -> Asked:
    """Return what the form of a product asks, given its create screen (empty while nobody knows it).

    While the screen is not known there may be areas and versions.
    """
    return Asked(
        product=product,
        has_areas=has_areas or not screen,
        has_versions=has_versions or not screen,
        required=frozenset(
            field.id
            for field in screen
            if field.required and field.id in PLACED and not _given(product, field)
        ),
        fields=tuple(field for field in screen if _is_asked(product, field) and is_shown(field)),
    )


def unshown(product: Product, screen: Sequence[Field]) -> tuple[Field, ...]:
    """Return the fields that the form would have to ask for and that Slack has no input for."""
    return tuple(field for field in screen if _is_asked(product, field) and not is_shown(field))


def is_shown(field: Field) -> bool:
    """Tell whether Slack has an input for this field."""
    if field.kind is Kind.CASCADE:
        outer = field.allowed
        sizes = [len(outer), *(len(each.inner) for each in outer)]
        return bool(outer) and max(sizes) <= _CASCADE_LIMIT
    needs_choices = field.kind in (Kind.ONE_OF, Kind.RADIO, Kind.SOME_OF, Kind.CHECKS)
    return field.kind is not Kind.OTHER and (bool(field.allowed) or not needs_choices)


def _is_asked(product: Product, field: Field) -> bool:
    if field.id in FILLED or field.id in PLACED or _given(product, field):
        return False
    return field.required or field.id in product.form


def _given(product: Product, field: Field) -> bool:
    return field.id in product.fields
