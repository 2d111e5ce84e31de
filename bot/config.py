"""Reading bugle.toml into `domain.config`, with every problem named by its key path and its fix."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.customer_config import cross_check_customers, read_customers, read_route, read_source
from bot.problems import Problem, SetupError
from bot.promise_config import cross_check_promises, read_promises
from bot.rotation_config import read_rotation
from bot.settings import environment
from bot.telling_config import read_telling
from bot.toml_patterns import (
    CHANNEL,
    CHANNEL_FIX,
    KEY,
    KEY_FIX,
    PERSON,
    PERSON_FIX,
    TRIAGER,
    TRIAGER_FIX,
)
from bot.toml_reader import Table, read_table
from domain.config import (
    LANGUAGES,
    OPTIONAL_FIELDS,
    Admins,
    Config,
    Product,
    Roles,
    TimeOffSources,
)
from domain.report import Impact, Workaround
from domain.severity import DEFAULT_SCALE, Condition, Severity
from domain.tracking import FollowUp, What, Words

TARGET = re.compile(r"[1-9][0-9]?[mh]|1[0-9]{2}[mh]")
PROJECT = re.compile(r"[A-Z][A-Z0-9_]{1,}")
ENVIRONMENT = re.compile(r"\S(.{0,73}\S)?")
FORM_FIELD = re.compile(rf"{'|'.join(OPTIONAL_FIELDS)}|customfield_\d+|duedate")

_TARGET_FIX = "give minutes or hours of working time up to 199, such as 30m or 4h"
_ENVIRONMENT_FIX = "give a name of 1 to 75 characters, such as Production"
_NAMES_FIX = "give names of statuses or resolutions, each of 1 to 75 characters"
_FORM_FIX = f"choose from {', '.join(OPTIONAL_FIELDS)}, or give a Jira field ID such as customfield_10050"


def read_config(path: Path) -> Config:
    """Return what bugle.toml says; SetupError with every problem found in it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fix = "copy bugle.example.toml there, or set BUGLE_CONFIG to where it is"
        raise SetupError([Problem(str(path), "does not exist", fix)]) from None
    except OSError as error:
        fix = "make it a file that Bugle may read, or set BUGLE_CONFIG to where it is"
        raise SetupError([Problem(str(path), f"cannot be read ({error.strerror})", fix)]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError([Problem(str(path), f"cannot be read ({error})", "mend the TOML there")]) from error
    return parse_config(data, str(path))


def config_if_there() -> Config | None:
    """Return what the bugle.toml in use says, None where there is none yet; SetupError where it is wrong."""
    path = Path(environment().get("BUGLE_CONFIG") or "bugle.toml")
    return read_config(path) if path.exists() else None


def parse_config(data: dict[str, Any], name: str) -> Config:
    """Return the config in parsed TOML from a file of this name; SetupError with every problem in it."""
    with read_table(data, name) as top:
        config = Config(
            admins=_admins(top.table("admins")),
            products=tuple(_product(each) for each in top.tables("products", needed=True)),
            rotations=tuple(
                entry for each in top.tables("rotations") if (entry := read_rotation(each)) is not None
            ),
            severities=tuple(_severity(each) for each in top.tables("severities")) or DEFAULT_SCALE,
            people=top.names("people", PERSON, PERSON_FIX),
            roles=_roles(top),
            time_off=_time_off(top.table_if_there("time_off")),
            follow_up=_follow_up(top.table_if_there("follow_up")),
            promises=read_promises(top),
            customers=read_customers(top.table_if_there("customers")),
            routes=tuple(map(read_route, top.tables("routes"))),
            intakes=tuple(map(read_source, top.tables("intake"))),
        )
        _cross_check(config, top)
        cross_check_customers(config, top)
        cross_check_promises(config, top)
    return config


def _roles(top: Table) -> Roles:
    table = top.table_if_there("roles")
    if table is None:
        return Roles()
    triage, rotations = (table.texts(each, TRIAGER, TRIAGER_FIX) for each in ("triage", "rotations"))
    if not triage and not rotations:
        table.problem("triage", "is missing or empty", f"{TRIAGER_FIX}, or give rotations")
    return Roles(triage=triage, rotations=rotations)


def _time_off(table: Table | None) -> TimeOffSources:
    if table is None:
        return TimeOffSources()
    ical = table.names("ical", PERSON, PERSON_FIX)
    for person, url in ical.items():
        if not url.startswith(("https://", "http://127.0.0.1:")):
            fix = "give the secret address of a calendar of absences, which begins with https://"
            table.problem(f"ical.{person}", "is no address", fix)
    return TimeOffSources(ical, table.flag("status"))


def _follow_up(table: Table | None) -> FollowUp:
    """Read what the team's Jira calls things, in any case, and which of its news threads tell."""
    if table is None:
        return FollowUp()
    usual = FollowUp().words

    def names(key: str, otherwise: frozenset[str]) -> frozenset[str]:
        given = table.texts(key, ENVIRONMENT, _NAMES_FIX, default=tuple(sorted(otherwise)))
        return frozenset(map(str.casefold, given))

    words = Words(
        names("needs_info", usual.needs_info),
        names("wont_fix", usual.wont_fix),
        names("duplicate", usual.duplicate),
    )
    threads = table.choices("threads", tuple(What), tuple(What))
    return FollowUp(words, frozenset(map(What, threads)), read_telling(table))


def _admins(table: Table) -> Admins:
    return Admins(
        channel=table.text("channel", CHANNEL, CHANNEL_FIX),
        language=table.choice("language", LANGUAGES, "en"),
    )


def _product(table: Table) -> Product:
    return Product(
        key=table.text("key", KEY, KEY_FIX),
        name=table.text("name"),
        project=table.text("project", PROJECT, "give the key of the Jira project, such as SHOP"),
        channel=table.text("channel", CHANNEL, CHANNEL_FIX),
        issue_type=table.text("issue_type", default="Bug"),
        language=table.choice("language", LANGUAGES, "en"),
        rotation=table.text("rotation", KEY, KEY_FIX, default="") or None,
        support_channels=table.texts("support_channels", CHANNEL, CHANNEL_FIX),
        triage=table.texts("triage", TRIAGER, TRIAGER_FIX),
        fields=table.anything("fields"),
        environments=table.texts("environments", ENVIRONMENT, _ENVIRONMENT_FIX),
        form=table.texts("form", FORM_FIELD, _FORM_FIX, default=OPTIONAL_FIELDS),
    )


def _working_time(table: Table, key: str) -> timedelta | None:
    """Read an amount of working time, such as 30m or 4h; None where it is left out."""
    given = table.text(key, TARGET, _TARGET_FIX, default="")
    if not TARGET.fullmatch(given):
        return None
    amount, unit = int(given[:-1]), given[-1]
    return timedelta(minutes=amount) if unit == "m" else timedelta(hours=amount)


def _severity(table: Table) -> Severity:
    return Severity(
        key=table.text("key", KEY, KEY_FIX),
        name=table.text("name"),
        priority=table.text("priority", default="") or None,
        mark=table.text("mark", default=""),
        when=tuple(
            Condition(
                frozenset(map(Impact, each.choices("impact", tuple(Impact)))),
                frozenset(map(Workaround, each.choices("workaround", tuple(Workaround)))),
                each.number("customers", default=0),
            )
            for each in table.tables("when")
        ),
        target=_working_time(table, "target"),
        acknowledged_for=_working_time(table, "acknowledged_for"),
    )


def _cross_check(config: Config, top: Table) -> None:
    _unique(top, "products", [product.key for product in config.products])
    _unique(top, "products", [product.name for product in config.products], "name")
    _unique(top, "rotations", [entry.key for entry in config.rotations])
    _unique(top, "severities", [step.key for step in config.severities])
    _unique(top, "routes", [route.name for route in config.routes], "name")
    _unique(top, "intake", [source.key for source in config.intakes])
    known = {entry.key for entry in config.rotations}
    for number, product in enumerate(config.products):
        if len(product.environments) > 100:
            fix = "name at most 100: Slack lists no more"
            top.problem(f"products[{number}].environments", f"has {len(product.environments)}", fix)
        if len(set(product.environments)) < len(product.environments):
            top.problem(f"products[{number}].environments", "has a name twice", "name each once")
        if product.rotation is not None and product.rotation not in known:
            top.problem(
                f"products[{number}].rotation",
                f"names {product.rotation!r}, which no [[rotations]] defines",
                top.nearest(product.rotation, known, "add a [[rotations]] with that key"),
            )
    products = {product.key for product in config.products}
    for number, entry in enumerate(config.rotations):
        for service in entry.profile.serves:
            if service.product not in products:
                top.problem(
                    f"rotations[{number}].serves",
                    f"names {service.product!r}, which no [[products]] defines",
                    top.nearest(service.product, products, "add a [[products]] with that key"),
                )
    if any(not step.when for step in config.severities[:-1]):
        top.problem("severities", "has a step without `when` before the last", "only the last may have none")


def _unique(top: Table, section: str, values: list[str], field: str = "key") -> None:
    for value in sorted({value for value in values if values.count(value) > 1}):
        top.problem(section, f"has {field} {value!r} twice", "give each its own")
