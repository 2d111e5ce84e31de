"""Reading what bugle.toml says of customers: what they have in common, where issues go, who sends them."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.rotation_config import read_working_hours
from bot.toml_patterns import CHANNEL, CHANNEL_FIX, KEY, KEY_FIX, TRIAGER, TRIAGER_FIX
from bot.toml_reader import Table
from domain.config import LANGUAGES, Config
from domain.customer_config import Asleep, CustomerRules, Form, HelpDesk, Route, Source
from domain.help_desks import Field, fault_of
from domain.wall_clock import UnknownZoneError, zone_named

_TEXT = re.compile(r"\S(.{0,148}\S)?")
_TEXT_FIX = "give names of 1 to 150 characters"
_ZONES = re.compile(r"[A-Za-z]+(/[A-Za-z0-9_+-]+){0,2}(/\*)?")
_ZONES_FIX = "give zones such as Europe/Madrid, or all of a continent, such as Europe/*"
_DAYS = re.compile(r"[1-9][0-9]{0,4}d")
_DAYS_FIX = "give days, such as 730d"
_CURRENCY = re.compile(r"[A-Z]{3}")
_CURRENCY_FIX = "give a currency of three letters, such as EUR"
_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?")
_SCALE = re.compile(r"(-?[0-9]{1,4})\.\.(-?[0-9]{1,4})")
_SCALE_FIX = "give the worst score and the best, such as 1..5"
_LANGUAGE_FIX = "give languages such as es, or zh_Hant"


def read_customers(table: Table | None) -> CustomerRules:
    """Return [customers]; its defaults where it is left out."""
    if table is None:
        return CustomerRules()
    kept = table.text("keep_text", _DAYS, _DAYS_FIX, default="")
    low = table.number("low_satisfaction", default=-1)
    if table.has("low_satisfaction") and low not in range(101):
        table.problem("low_satisfaction", f"is {low}", "give a number from 0 to 100, of 100")
    return CustomerRules(
        tiers=table.texts("tiers", _TEXT, _TEXT_FIX),
        currency=table.text("currency", _CURRENCY, _CURRENCY_FIX, default=""),
        keep_text=timedelta(days=int(kept[:-1])) if _DAYS.fullmatch(kept) else None,
        issue_links_outside=table.flag("issue_links_outside"),
        low_satisfaction=low if low >= 0 else None,
        editors=table.texts("editors", TRIAGER, TRIAGER_FIX),
    )


def read_route(table: Table) -> Route:
    """Return one of [[routes]]."""
    effort = table.number("effort", default=0)
    if effort not in range(8):
        table.problem("effort", f"is {effort}", "give the least effort of customers, 1 to 7")
    hours = table.table_if_there("hours")
    language = table.choice("language", LANGUAGES, "en")
    return Route(
        name=table.text("name"),
        channel=table.text("channel", CHANNEL, CHANNEL_FIX),
        products=table.texts("products", KEY, KEY_FIX),
        areas=table.texts("areas", _TEXT, _TEXT_FIX),
        tiers=table.texts("tiers", _TEXT, _TEXT_FIX),
        regions=table.texts("regions", _TEXT, _TEXT_FIX),
        languages=table.texts("languages", _LANGUAGE, _LANGUAGE_FIX),
        zones=table.texts("zones", _ZONES, _ZONES_FIX),
        effort=effort,
        form=Form(table.choice("form", tuple(Form), Form.EACH)),
        hours=read_working_hours(hours) if hours is not None else None,
        zone=_zone(table),
        asleep=Asleep(table.choice("asleep", tuple(Asleep), Asleep.WAIT)),
        rotation=table.text("rotation", KEY, KEY_FIX, default="") or None,
        language=language if table.has("language") else None,
    )


def read_source(table: Table) -> Source:
    """Return one of [[intake]]."""
    return Source(
        key=table.text("key", KEY, KEY_FIX),
        kind=HelpDesk(table.choice("kind", tuple(HelpDesk), HelpDesk.JSON)),
        product=table.text("product", KEY, KEY_FIX),
        paths=_paths(table),
        scale=_scale(table),
        language=table.text("language", _LANGUAGE, _LANGUAGE_FIX, default="") or None,
    )


def _paths(table: Table) -> dict[str, str]:
    paths = table.names("paths", re.compile(r"[^=]+"), "")
    for name, path in paths.items():
        if name not in tuple(Field):
            fix = table.nearest(name, tuple(Field), f"known here: {', '.join(Field)}")
            table.problem(f"paths.{name}", "is not known", fix)
        if fault := fault_of(path):
            table.problem(f"paths.{name}", f"is {path!r}", fault)
    return {name: path for name, path in paths.items() if name in tuple(Field)}


def _scale(table: Table) -> tuple[int, int] | None:
    given = table.text("scale", _SCALE, _SCALE_FIX, default="")
    found = _SCALE.fullmatch(given)
    return (int(found[1]), int(found[2])) if found else None


def cross_check_customers(config: Config, top: Table) -> None:
    """Note what routes and intakes name that is defined nowhere."""
    products = {product.key for product in config.products}
    rotations = {entry.key for entry in config.rotations}
    tiers = set(config.customers.tiers)
    for number, route in enumerate(config.routes):
        at = f"routes[{number}]"
        _all_known(top, f"{at}.products", route.products, products, "add a [[products]] with that key")
        _all_known(top, f"{at}.tiers", route.tiers, tiers, "name it in tiers of [customers]")
        named = (route.rotation,) if route.rotation else ()
        _all_known(top, f"{at}.rotation", named, rotations, "add a [[rotations]] with that key")
        if route.language is not None and route.language != config.channel_language(route.channel):
            what = f"is {route.language}, and {route.channel} has {config.channel_language(route.channel)}"
            top.problem(f"{at}.language", what, "give a channel one language")
    for number, source in enumerate(config.intakes):
        at = f"intake[{number}].product"
        _all_known(top, at, (source.product,), products, "add a [[products]] with that key")


def _all_known(top: Table, at: str, named: tuple[str, ...], known: set[str], otherwise: str) -> None:
    for each in named:
        if each not in known:
            top.problem(at, f"names {each!r}, which is defined nowhere", top.nearest(each, known, otherwise))


def _zone(table: Table) -> ZoneInfo:
    name = table.text("zone", default="UTC")
    try:
        return zone_named(name)
    except UnknownZoneError:
        table.problem("zone", f"is {name!r}", "give a zone such as Europe/Madrid")
        return ZoneInfo("UTC")
