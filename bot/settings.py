"""Settings: secrets and addresses, from the environment or a `.env` file; the real environment wins.

A secret never shows: not in a repr, not in a log, not in an error.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.problems import Problem, SetupError


class Secret(str):
    """A string that says nothing of itself when shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(…)" if self else "Secret()"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, checked. Empty strings mean "not set"."""

    slack_bot_token: Secret
    jira_url: str
    slack_app_token: Secret = Secret()
    slack_signing_secret: Secret = Secret()
    slack_api_url: str = "https://slack.com/api/"
    jira_email: str = ""
    jira_api_token: Secret = Secret()
    jira_pat: Secret = Secret()
    jira_webhook_secret: Secret = Secret()
    database_url: Secret = Secret("sqlite:///bugle.db")
    http_host: str = "127.0.0.1"
    http_port: int = 8080
    public_url: str = ""
    bugle_config: Path = Path("bugle.toml")
    log_format: str = "text"
    log_level: str = "INFO"
    bugle_clock_url: str = ""

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached by Socket Mode (an app token is set) rather than by signed HTTP."""
        return bool(self.slack_app_token)

    def secrets(self) -> tuple[str, ...]:
        """Return what must never show in a log, longest first; a database password among them."""
        password = make_url(self.database_url).password
        values = [getattr(self, name) for name in self.__slots__]
        found = {str(value) for value in values if isinstance(value, Secret) and "://" not in value}
        found.add(str(password or ""))
        return tuple(sorted(found - {""}, key=len, reverse=True))


def environment(env_file: Path = Path(".env")) -> dict[str, str]:
    """Return the settings people gave: those of the `.env` file, overridden by the real environment."""
    from_file = {name: value for name, value in dotenv_values(env_file).items() if value is not None}
    return from_file | dict(os.environ)


def read_settings(env: Mapping[str, str]) -> Settings:
    """Return the settings found in an environment; SetupError with every problem found in them."""
    given = {name.lower(): value.strip() for name, value in env.items() if value.strip()}
    problems = [problem for check in _CHECKS for problem in check(given)]
    if problems:
        raise SetupError(problems)
    types: dict[str, type] = {
        name: kind for name, kind in Settings.__annotations__.items() if kind in (Secret, int, Path)
    }
    values = {
        name: types.get(name, str)(given[name]) for name in Settings.__dataclass_fields__ if name in given
    }
    return Settings(**values)


def _slack(given: Mapping[str, str]) -> list[Problem]:
    problems = []
    if "slack_bot_token" not in given:
        problems.append(
            Problem(
                "SLACK_BOT_TOKEN",
                "is not set",
                "copy the Bot User OAuth Token (xoxb-…) from your Slack app, OAuth & Permissions",
            )
        )
    elif not given["slack_bot_token"].startswith("xoxb-"):
        problems.append(
            Problem(
                "SLACK_BOT_TOKEN",
                "is not a bot token",
                "it begins with xoxb-; an xapp- token belongs in SLACK_APP_TOKEN",
            )
        )
    if "slack_app_token" not in given and "slack_signing_secret" not in given:
        problems.append(
            Problem(
                "SLACK_APP_TOKEN",
                "is not set, nor is SLACK_SIGNING_SECRET",
                "set an app-level token (xapp-…, scope connections:write) for Socket Mode,"
                " or the signing secret for HTTP",
            )
        )
    if "slack_app_token" in given and not given["slack_app_token"].startswith("xapp-"):
        problems.append(
            Problem(
                "SLACK_APP_TOKEN",
                "is not an app-level token",
                "create one that begins with xapp- in Basic Information, App-Level Tokens",
            )
        )
    return problems


def _jira(given: Mapping[str, str]) -> list[Problem]:
    problems = []
    if "jira_url" not in given:
        problems.append(
            Problem("JIRA_URL", "is not set", "give the address of your Jira, https://you.atlassian.net")
        )
    cloud = {"jira_email", "jira_api_token"} & given.keys()
    if "jira_pat" in given and cloud:
        problems.append(
            Problem(
                "JIRA_PAT",
                "is set beside JIRA_EMAIL or JIRA_API_TOKEN",
                "keep JIRA_PAT for Data Center, or the other two for Cloud",
            )
        )
    elif "jira_pat" not in given and len(cloud) < 2:
        missing = " and ".join(name.upper() for name in ("jira_email", "jira_api_token") if name not in given)
        problems.append(
            Problem(missing, "not set", "set both for Jira Cloud, or JIRA_PAT alone for Data Center")
        )
    return problems


def _addresses(given: Mapping[str, str]) -> list[Problem]:
    problems = []
    for name in ("slack_api_url", "jira_url", "public_url", "bugle_clock_url"):
        parts = urlsplit(given.get(name, "https://unset"))
        if parts.scheme not in ("http", "https") or not parts.netloc:
            problems.append(
                Problem(name.upper(), "is not an address", "write it whole, beginning with https://")
            )
    if "database_url" in given:
        try:
            backend = make_url(given["database_url"]).get_backend_name()
        except ArgumentError:
            backend = ""
        if backend not in ("sqlite", "postgresql"):
            problems.append(
                Problem(
                    "DATABASE_URL",
                    "is not a database Bugle knows",
                    "write sqlite:///bugle.db or postgresql://user:password@host/name",
                )
            )
    if not given.get("http_port", "1").isdigit() or int(given.get("http_port", "1")) > 65535:
        problems.append(Problem("HTTP_PORT", "is not a port", "give a number from 1 to 65535"))
    return problems


def _logs(given: Mapping[str, str]) -> list[Problem]:
    problems = []
    if given.get("log_format", "text") not in ("text", "json"):
        problems.append(Problem("LOG_FORMAT", "is not a format Bugle knows", "set it to text or json"))
    if given.get("log_level", "INFO").upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        problems.append(Problem("LOG_LEVEL", "is not a level", "set it to DEBUG, INFO, WARNING or ERROR"))
    return problems


_CHECKS = (_slack, _jira, _addresses, _logs)
