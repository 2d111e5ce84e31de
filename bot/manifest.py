"""The Slack app's manifest, made from what the features say they need: exactly the scopes in use."""

import json
from typing import Any

from handlers.features import FEATURES

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


def scopes() -> list[str]:
    """Return the bot token's scopes."""
    return sorted({*SCOPES, *(scope for feature in FEATURES for scope in feature.scopes)})


def manifest(prefix: str = "", public_url: str = "") -> dict[str, Any]:
    """Return the manifest; with a public address for HTTP, without for Socket Mode."""
    address = f"{public_url.rstrip('/')}/slack/events"
    url = {"url": address} if public_url else {}
    request_url = {"request_url": address} if public_url else {}
    options_url = {"message_menu_options_url": address} if public_url else {}
    commands = [command for feature in FEATURES for command in feature.commands]
    shortcuts = [shortcut for feature in FEATURES for shortcut in feature.shortcuts]
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Bugle",
            "description": "Customers' bugs, from Slack to Jira and back",
        },
        "features": {
            "bot_user": {"display_name": "bugle", "always_online": True},
            "slash_commands": [
                {
                    "command": f"/{prefix}{command.name}",
                    "description": command.description,
                    "usage_hint": command.usage,
                    "should_escape": True,
                    **url,
                }
                for command in commands
            ],
            "shortcuts": [
                {
                    "name": shortcut.name,
                    "type": shortcut.kind,
                    "callback_id": shortcut.callback_id,
                    "description": shortcut.description,
                }
                for shortcut in shortcuts
            ],
        },
        "oauth_config": {"scopes": {"bot": scopes()}},
        "settings": {
            "event_subscriptions": {
                "bot_events": sorted({event for feature in FEATURES for event in feature.events}),
                **request_url,
            },
            "interactivity": {"is_enabled": True, **request_url, **options_url},
            "socket_mode_enabled": not public_url,
            "org_deploy_enabled": False,
            "token_rotation_enabled": False,
        },
    }


def manifest_text(prefix: str = "", public_url: str = "") -> str:
    """Return the manifest as JSON, which Slack's page for app manifests takes as it is."""
    return json.dumps(manifest(prefix, public_url), indent=2) + "\n"
