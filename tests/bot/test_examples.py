import re
import tomllib
from typing import Any

import pytest
from dotenv import dotenv_values

from bot.config import parse_config, read_config
from bot.problems import SetupError
from bot.settings import Settings, usable_settings
from domain.config import LANGUAGES
from domain.report import Impact, Workaround
from domain.rotation import Kind
from domain.severity import DEFAULT_SCALE
from domain.working_hours import DAYS
from tests.bot.stage import ROOT

ENV = ROOT / ".env.example"
TOML = ROOT / "bugle.example.toml"
NEEDED = {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "JIRA_URL", "JIRA_EMAIL", "JIRA_API_TOKEN"}


def test_the_example_of_settings_has_every_setting() -> None:
    """.env.example has each setting once: those to fill in as lines, the others as comments."""
    named = re.findall(r"^(# )?([A-Z_]+)=", ENV.read_text(), re.MULTILINE)
    of_sources = {name for _, name in named if name.startswith("INTAKE_SECRET_")}
    assert of_sources == {source.setting for source in read_config(TOML).intakes}
    fields = {name.upper() for name in Settings.__dataclass_fields__} - {"INTAKE_SECRETS"}
    assert sorted(name for _, name in named) == sorted(fields | of_sources)
    assert {name for comment, name in named if not comment} == NEEDED


def test_the_defaults_in_the_example_of_settings_are_true() -> None:
    """A value given in a comment of .env.example is the default."""
    settings, _ = usable_settings({})
    for name, value in re.findall(r"^# ([A-Z_]+)=(.*)$", ENV.read_text(), re.MULTILINE):
        assert str(getattr(settings, name.lower(), "")) == value, name


def test_the_example_of_settings_can_be_filled_in() -> None:
    """Filled in, .env.example is a sound file of settings for Socket Mode and Jira Cloud."""
    given = {name: value or "filled" for name, value in dotenv_values(ENV).items()}
    settings, problems = usable_settings(given)
    assert problems == []
    assert settings.socket_mode


STRANGE = "¤"
FREE = ("people", "products.fields", "time_off.ical", "intake.paths", "follow_up.stand_ins")  # keys are names


def _tables(data: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Return every table of parsed TOML that a key is looked for in, with its path without list numbers."""
    if isinstance(data, list):
        return [found for each in data for found in _tables(each, path)]
    if not isinstance(data, dict) or path in FREE:
        return []
    inner = [_tables(value, f"{path}.{key}".strip(".")) for key, value in data.items()]
    return [(path, data), *(found for tables in inner for found in tables)]


def test_the_example_of_the_config_has_every_key() -> None:
    """bugle.example.toml shows each key that Bugle looks for, and none besides."""
    data = tomllib.loads(TOML.read_text())
    shown: dict[str, set[str]] = {}
    for path, table in _tables(data):
        shown.setdefault(path, set()).update(table)
        table[STRANGE] = 1
    with pytest.raises(SetupError) as refused:
        parse_config(data, "example")
    looked_for: dict[str, set[str]] = {}
    for problem in refused.value.problems:
        path = (
            re.sub(r"\[\d+\]", "", problem.where.removeprefix("example: ")).removesuffix(STRANGE).strip(".")
        )
        looked_for[path] = set(problem.fix.removeprefix("known here: ").split(", "))
    assert looked_for == shown


def test_the_example_of_the_config_has_every_word() -> None:
    """Each word that a key takes is named in bugle.example.toml."""
    text = TOML.read_text()
    for words in (LANGUAGES, Kind, Impact, Workaround, DAYS):
        for word in words:
            assert re.search(rf"\b{word}\b", text), word


def test_the_example_of_the_config_is_sound() -> None:
    """bugle.example.toml parses, and its severities are those that count when the section is left out."""
    config = read_config(TOML)
    assert [product.rotation for product in config.products] == ["shop-bugs"]
    assert config.severities == DEFAULT_SCALE
