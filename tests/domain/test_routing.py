"""Which rotations serve a product's area, in which order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from domain.rotation_profile import KeptRotation, Profile, Rank, Service
from domain.routing import areas_named, serving

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HISTORY = begin(Rotation(("U0ELSA",), Kind.WEEKLY, 1, datetime(2026, 1, 5, 10), "UTC"))  # noqa: DTZ001


def serves(key: str, *services: Service, rank: Rank = Rank.PRIMARY) -> KeptRotation:
    """Return a rotation that serves these."""
    return KeptRotation(key, Profile(key, rank=rank, serves=services), HISTORY)


SHOP = serves("shop", Service("shop"))
PAYMENT = serves("payment", Service("shop", "Payment"), Service("shop", "Checkout"))
BACKUP = serves("backup", Service("shop"), Service("shop", "Search"), rank=Rank.SECONDARY)
PAY = serves("pay", Service("pay"))
ALL = (SHOP, PAYMENT, BACKUP, PAY)


def keys(area: str | None, rank: Rank = Rank.PRIMARY) -> list[str]:
    """Return which rotations serve an area of the shop."""
    return [each.key for each in serving(ALL, "shop", area, NOW, rank)]


def test_what_names_the_area_comes_first() -> None:
    """Its own rotation, then that of the whole product; other areas and none go to the product's."""
    assert keys("Payment") == ["payment", "shop"]
    assert keys("Search") == keys(None) == ["shop"]
    assert keys("Search", Rank.SECONDARY) == ["backup"]


def test_what_has_ended_serves_nothing() -> None:
    """From the instant of its end on a rotation is not asked any more, nor are its areas named."""
    over = replace(PAYMENT, profile=replace(PAYMENT.profile, ended_at=NOW))
    assert [each.key for each in serving([SHOP, over], "shop", "Payment", NOW)] == ["shop"]
    assert areas_named([over], "shop", NOW) == []
    assert areas_named([over], "shop", NOW - timedelta(seconds=1)) == ["Checkout", "Payment"]


def test_areas_are_those_of_primary_rotations() -> None:
    """A backup's areas are no lines of their own, nor are those of another product."""
    assert areas_named(ALL, "shop", NOW) == ["Checkout", "Payment"]
    assert areas_named(ALL, "pay", NOW) == []
