"""The Slack app's manifest, made from what the features say they need: exactly the scopes in use."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from bot.problems import Problem, SetupError
from domain.config import Config
from handlers.features import FEATURES, features
from views import menus
from views.surface_notes import SCOPES as SURFACES
from views.text import translator

# What the program needs apart from any one feature: posting and editing; direct messages; looking for a post
# whose answer was lost; knowing channels and people.
SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
)
# What it takes to show who is on duty in a user group, a topic and a pinned message. Which of these a
# rotation uses is set in Slack, long after the app was installed; a team with rotations has them all, so that
# nobody has to install it anew for a tick in a form.
DUTY_SCOPES = tuple(scope for needed in SURFACES.values() for scope in needed)
COMMAND_LENGTH = 32  # Slack's limit, with the slash


def scopes(config: Config | None = None) -> list[str]:
    """Return the bot token's scopes for a team that decided this; what all teams need without it."""
    duty = DUTY_SCOPES if config is not None and config.rotations else ()
    return sorted({*SCOPES, *duty, *(scope for feature in features(config) for scope in feature.scopes)})


def manifest(prefix: str = "", public_url: str = "", config: Config | None = None) -> dict[str, Any]:
    """Return the manifest; with a public address for HTTP, without for Socket Mode.

    Its words are in the admins' language, since Slack shows everybody the same.
    """
    wanted = features(config)
    t = translator(config.admins.language if config else "en")
    address = f"{public_url.rstrip('/')}/slack/events"
    url = {"url": address} if public_url else {}
    request_url = {"request_url": address} if public_url else {}
    options_url = {"message_menu_options_url": address} if public_url else {}
    commands = [command for feature in wanted for command in feature.commands]
    shortcuts = [shortcut for feature in wanted for shortcut in feature.shortcuts]
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Bugle",
            "description": menus.about_bugle(t),
        },
        "features": {
            # Without its Messages tab an app cannot write to people: no ping, no confirmation.
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "bugle", "always_online": True},
            "slash_commands": [
                {
                    "command": f"/{prefix}{command.name}",
                    "description": command.description(t),
                    "usage_hint": command.usage(t),
                    "should_escape": True,
                    **url,
                }
                for command in commands
            ],
            "shortcuts": [
                {
                    "name": shortcut.name(t),
                    "type": shortcut.kind,
                    "callback_id": shortcut.callback_id,
                    "description": shortcut.description(t),
                }
                for shortcut in shortcuts
            ],
        },
        "oauth_config": {"scopes": {"bot": scopes(config)}},
        "settings": {
            "event_subscriptions": {
                "bot_events": sorted({event for feature in wanted for event in feature.events}),
                **request_url,
            },
            "interactivity": {"is_enabled": True, **request_url, **options_url},
            "socket_mode_enabled": not public_url,
            "org_deploy_enabled": False,
            "token_rotation_enabled": False,
        },
    }


def manifest_text(prefix: str = "", public_url: str = "", config: Config | None = None) -> str:
    """Return the manifest as JSON, which Slack's page for app manifests takes as it is.

    SetupError where Slack would refuse a command with this *prefix*, or an address.
    """
    problems = []
    longest = max(len(command.name) for feature in FEATURES for command in feature.commands)
    if not re.fullmatch(rf"[a-z0-9_-]{{0,{COMMAND_LENGTH - longest - 1}}}", prefix):
        fix = f"use at most {COMMAND_LENGTH - longest - 1} small letters, digits, hyphens and underscores"
        problems.append(Problem("--prefix", f"is {prefix!r}", fix))
    if public_url and not (urlsplit(public_url).scheme == "https" and urlsplit(public_url).netloc):
        fix = "give an address beginning with https://, or leave it out for Socket Mode"
        problems.append(Problem("--public-url", f"is {public_url!r}", fix))
    if problems:
        raise SetupError(problems)
    return json.dumps(manifest(prefix, public_url, config), indent=2) + "\n"
