import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.config import read_config
from bot.manifest import DUTY_SCOPES, manifest, scopes
from domain.config import LANGUAGES, Admins, Config
from handlers.features import FEATURES, features
from tests.bot.stage import ROOT, bugle

SPOKEN = [manifest(config=Config(Admins("C0ADMINS", language), ())) for language in LANGUAGES]
VARIANTS = pytest.mark.parametrize("made", [manifest("acme-", "https://bugle.example/"), *SPOKEN])


@VARIANTS
def test_names_are_within_slack_s_limits(made: dict[str, Any]) -> None:
    """No name or description is longer than Slack takes it, nor empty."""
    features, shown = made["features"], made["display_information"]
    limited = [(shown["name"], 35), (shown["description"], 140), (features["bot_user"]["display_name"], 80)]
    for command in features["slash_commands"]:
        limited += [(command["command"], 32), (command["description"], 2000)]
        assert re.fullmatch(r"/[a-z0-9_-]+", command["command"])
        assert len(command["usage_hint"]) <= 1000
    for shortcut in features["shortcuts"]:
        limited += [(shortcut["name"], 24), (shortcut["description"], 150), (shortcut["callback_id"], 255)]
        assert shortcut["type"] in ("global", "message")
    for text, most in limited:
        assert 0 < len(text) <= most, text
    assert len(features["slash_commands"]) <= 50
    assert len(features["shortcuts"]) <= 10


def test_menus_are_in_the_admins_language() -> None:
    """Slack shows everybody the same words: those of the language that the admins read."""
    said = [made["features"]["slash_commands"][0]["description"] for made in SPOKEN]
    assert said == ["Report a bug", "Informar de un error", "回報錯誤"]


@VARIANTS
def test_names_are_unique(made: dict[str, Any]) -> None:
    """No two features ask for the same command or shortcut."""
    features = made["features"]
    commands = [command["command"] for command in features["slash_commands"]]
    shortcuts = [shortcut["callback_id"] for shortcut in features["shortcuts"]]
    assert len(set(commands)) == len(commands)
    assert len(set(shortcuts)) == len(shortcuts)


def test_every_feature_is_in_the_manifest() -> None:
    """What features listen to and need is asked of Slack, each scope and event once."""
    made = manifest()
    asked = made["oauth_config"]["scopes"]["bot"]
    events = made["settings"]["event_subscriptions"]["bot_events"]
    assert asked == sorted(set(asked)) == scopes()
    assert events == sorted(set(events))
    for feature in features(None):
        assert set(feature.scopes) <= set(asked)
        assert set(feature.events) <= set(events)
        assert {command.name for command in feature.commands} <= {
            command["command"].removeprefix("/") for command in made["features"]["slash_commands"]
        }


def test_user_groups_are_read_only_where_they_decide_something() -> None:
    """The scope and the event for user groups are asked for by teams whose bugle.toml names some."""
    assert "usergroups:read" not in scopes()
    config = replace(read_config(ROOT / "bugle.example.toml"), rotations=())
    made = manifest(config=config)
    assert set(made["oauth_config"]["scopes"]["bot"]) == {*scopes(), "usergroups:read"} == {*scopes(config)}
    assert "subteam_members_changed" in made["settings"]["event_subscriptions"]["bot_events"]
    assert features(config) == FEATURES


def test_who_is_on_duty_is_shown_where_there_are_rotations() -> None:
    """The scopes for user groups, topics and pins are asked for by teams with rotations, and by no other."""
    asked = set(scopes(read_config(ROOT / "bugle.example.toml")))
    assert asked - set(scopes()) == {"usergroups:read", *DUTY_SCOPES}
    assert not set(DUTY_SCOPES) & set(scopes())


def test_people_can_be_written_to() -> None:
    """The app has its Messages tab, without which Slack refuses its direct messages."""
    assert manifest()["features"]["app_home"]["messages_tab_enabled"] is True


def test_socket_mode_needs_no_address() -> None:
    """Without a public address everything comes by Socket Mode and no address is in the manifest."""
    made = manifest()
    assert made["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(made)
    assert made["settings"]["interactivity"] == {"is_enabled": True}


def test_http_names_one_address_everywhere() -> None:
    """With a public address commands, events, interactions and options all come to /slack/events."""
    made = manifest(public_url="https://bugle.example/")
    address = "https://bugle.example/slack/events"
    settings = made["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == address
    assert settings["interactivity"] == {
        "is_enabled": True,
        "request_url": address,
        "message_menu_options_url": address,
    }
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}


def test_the_command_prints_what_slack_takes(tmp_path: Path) -> None:
    """`bugle manifest` needs no settings and prints the manifest as JSON, with the prefix before commands."""
    said = bugle("manifest", "--prefix", "acme-", "--public-url", "https://bugle.example", folder=tmp_path)
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out) == manifest("acme-", "https://bugle.example")
    assert '"/acme-bug"' in said.out


def test_a_prefix_or_address_slack_refuses_is_told_of(tmp_path: Path) -> None:
    """What Slack would refuse when the manifest is pasted there is said before, with the fix for each."""
    said = bugle("manifest", "--prefix", "Acme ", "--public-url", "http://bugle.example", folder=tmp_path)
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines() == [
        "--prefix is 'Acme ': use at most 17 small letters, digits, hyphens and underscores",
        (
            "--public-url is 'http://bugle.example':"
            " give an address beginning with https://, or leave it out for Socket Mode"
        ),
    ]


def test_the_longest_prefix_fits(tmp_path: Path) -> None:
    """The longest prefix that is taken makes a command of Slack's greatest length."""
    said = bugle("manifest", "--prefix", "a" * 17, folder=tmp_path)
    assert max(len(one["command"]) for one in json.loads(said.out)["features"]["slash_commands"]) == 32
    assert bugle("manifest", "--prefix", "a" * 18, folder=tmp_path).code == 1
