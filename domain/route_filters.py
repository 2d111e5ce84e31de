"""What lines of the routing table choose by: which filter lets a customer issue through, which does not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.customer_config import Asleep, Route

Fits = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a customer issue that lines choose by; None: not known, which no filter lets through.

    `product` is a key, `area` the name of a component; `tier`, `region` and `zone` (IANA) are the customer's,
    `language` that of what they said, `effort` 1 to 7.
    """

    product: str
    area: str | None = None
    tier: str | None = None
    region: str | None = None
    language: str | None = None
    zone: str | None = None
    effort: int | None = None


class Filter(StrEnum):
    """What a line can choose by, in the order it is asked; each is called as the fact that it is about."""

    PRODUCT = "product"
    AREA = "area"
    TIER = "tier"
    REGION = "region"
    LANGUAGE = "language"
    ZONE = "zone"
    EFFORT = "effort"


def misfit(route: Route, facts: Facts) -> tuple[Filter, tuple[str, ...]] | None:
    """Return the first filter that does not let *facts* through, with what it wants; None where all do."""
    for each, wanted in _filters(route).items():
        known = getattr(facts, each)
        if not _among(str(known) if known else None, wanted, _FITS.get(each, _same)):
            return each, wanted
    return None


def unreachable(routes: Sequence[Route]) -> Iterator[tuple[int, int]]:
    """List the lines, numbered from 1, that never have anything, each with an earlier one that has it all."""
    for line, route in enumerate(routes, 1):
        for earlier, before in enumerate(routes[: line - 1], 1):
            if _takes_all(before, route):
                yield line, earlier
                break


def _takes_all(before: Route, route: Route) -> bool:
    """Tell whether an earlier line for the same channel has all that a line fits, whatever the hour."""
    if before.channel != route.channel or (before.asleep is Asleep.NEXT and before.hours is not None):
        return False
    wider, narrower = _filters(before), _filters(route)
    return all(
        not wanted
        or (narrower[each] and all(_among(one, wanted, _FITS.get(each, _same)) for one in narrower[each]))
        for each, wanted in wider.items()
    )


def _filters(route: Route) -> dict[Filter, tuple[str, ...]]:
    return {
        Filter.PRODUCT: route.products,
        Filter.AREA: route.areas,
        Filter.TIER: route.tiers,
        Filter.REGION: route.regions,
        Filter.LANGUAGE: route.languages,
        Filter.ZONE: route.zones,
        Filter.EFFORT: (str(route.effort),) if route.effort else (),
    }


def _among(value: str | None, wanted: Sequence[str], fits: Fits) -> bool:
    return not wanted or (value is not None and any(fits(value, each) for each in wanted))


def _same(value: str, wanted: str) -> bool:
    return value.strip().casefold() == wanted.casefold()


def _speaks(language: str, wanted: str) -> bool:
    """Tell whether a language is the wanted one or a kind of it: es-MX is es, and es is not es-MX."""
    plain, whole = (each.replace("-", "_").casefold() for each in (language, wanted))
    return plain == whole or plain.startswith(f"{whole}_")


def _lies_in(zone: str, wanted: str) -> bool:
    return zone.startswith(wanted[:-1]) if wanted.endswith("/*") else zone == wanted


def _at_least(effort: str, least: str) -> bool:
    return int(effort) >= int(least)


_FITS: dict[Filter, Fits] = {
    Filter.LANGUAGE: _speaks,
    Filter.ZONE: _lies_in,
    Filter.EFFORT: _at_least,
}
