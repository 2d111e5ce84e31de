"""Whether each line of the routing table can have anything: areas that exist, no earlier line that has it."""

from collections.abc import Iterator

from bot.checks.findings import Finding
from bot.problems import Problem
from domain.config import Config, Product
from domain.effects import Outcome
from domain.route_filters import unreachable
from gateways.jira import Jira


def check_lines(config: Config, file: str) -> Iterator[Finding]:
    """Yield the lines that never have anything."""
    for line, earlier in unreachable(config.routes):
        what = f"never has anything: routes[{earlier - 1}] has it all for the same channel"
        yield Problem(f"{file}: routes[{line - 1}]", what, "put the narrower line first, or take it out")


def check_areas(jira: Jira, config: Config, file: str) -> Iterator[Finding]:
    """Yield the areas of lines that none of their products has as a component."""
    named = [(number, route) for number, route in enumerate(config.routes) if route.areas]
    if not named:
        return
    known = {product.key: _components(jira, product) for product in config.products}
    for number, route in named:
        sold = [known[key] for key in (route.products or known) if key in known]
        if any(names is None for names in sold):  # which has its own finding
            continue
        there = {name.casefold(): name for names in sold for name in names or ()}
        for area in route.areas:
            if area.casefold() not in there:
                what = f"has {area!r}, which is no component of its products in Jira"
                fix = f"choose from {', '.join(sorted(there.values()))}" if there else "take it out"
                yield Problem(f"{file}: routes[{number}].areas", what, fix)


def _components(jira: Jira, product: Product) -> list[str] | None:
    """Return the components of a product; None where Jira does not tell them."""
    try:
        return [each.name for each in jira.screen(product.project, product.issue_type).components]
    except Outcome:
        return None
