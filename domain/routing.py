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


def _serves(rotation: KeptRotation, product: str, area: str | None) -> bool:
    return any(each.product == product and each.area == area for each in rotation.profile.serves)
