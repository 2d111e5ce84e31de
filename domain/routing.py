"""Which rotations serve a product's area, and in which order they are asked."""

from collections.abc import Iterable
from datetime import datetime

from domain.rotation_profile import KeptRotation, Rank


def serving(
    rotations: Iterable[KeptRotation],
    product: str,
    area: str | None,
    at: datetime,
    rank: Rank = Rank.PRIMARY,
) -> tuple[KeptRotation, ...]:
    """List the rotations of *rank* that serve *area* of a product at *at*, first those that name the area.

    Several are how regions follow the sun: the first one with somebody on duty counts.
    """
    able = [each for each in rotations if each.profile.rank is rank and not each.has_ended(at)]
    named = [each for each in able if area is not None and _serves(each, product, area)]
    return (*named, *(each for each in able if each not in named and _serves(each, product, None)))


def areas_named(rotations: Iterable[KeptRotation], product: str, at: datetime) -> list[str]:
    """List, sorted, the areas of a product that a primary rotation serves by name at *at*."""
    able = (each for each in rotations if each.profile.rank is Rank.PRIMARY and not each.has_ended(at))
    served = (service for each in able for service in each.profile.serves if service.product == product)
    return sorted({service.area for service in served if service.area is not None})


def _serves(rotation: KeptRotation, product: str, area: str | None) -> bool:
    return any(each.product == product and each.area == area for each in rotation.profile.serves)
