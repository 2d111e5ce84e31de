"""`bugle routes`: the routing table, and what it does with a customer issue of given facts."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.config import read_config
from bot.problems import Problem, SetupError
from bot.settings import environment, usable_settings
from domain.config import Config
from domain.customer_routing import decide
from domain.route_filters import Facts
from domain.wall_clock import UnknownZoneError, zone_named
from views import route_table


def routes(asked: Mapping[str, Any]) -> int:
    """Write the routing table; with a product, what each line does with what is asked, and where it goes."""
    settings, _ = usable_settings(environment())  # nothing but the file is needed
    config = read_config(settings.bugle_config)
    if asked["product"] is None:
        _refuse_facts(asked)
        sys.stdout.write(route_table.table(config))
        return 0
    facts = _facts(config, asked)
    own = config.product(facts.product).channel
    decision = decide(config.routes, facts, _instant(asked["at"]), own)
    sys.stdout.write(route_table.decided(config, decision))
    return 0


def _facts(config: Config, asked: Mapping[str, Any]) -> Facts:
    keys = [product.key for product in config.products]
    if asked["product"] not in keys:
        fix = f"choose from {', '.join(keys)}"
        raise SetupError([Problem("--product", f"is {asked['product']!r}, which is no product", fix)])
    if asked["zone"] is not None:
        try:
            zone_named(asked["zone"])
        except UnknownZoneError as error:
            raise SetupError([Problem("--zone", "cannot be used", str(error))]) from error
    return Facts(**{name: asked[name] for name in Facts.__dataclass_fields__})


def _refuse_facts(asked: Mapping[str, Any]) -> None:
    given = [name for name in (*Facts.__dataclass_fields__, "at") if asked[name] is not None]
    if given:
        fix = f"add --product: what {', '.join(f'--{name}' for name in given)} is about"
        raise SetupError([Problem("--product", "is missing", fix)])


def _instant(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        fix = "give a time such as 2026-11-23T10:00+01:00"
        raise SetupError([Problem("--at", f"is {text!r}", fix)]) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)
