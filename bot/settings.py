"""Settings: secrets and addresses, from the environment or a `.env` file; the real environment wins.

A secret never shows: not in a repr, not in a log, not in an error.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.problems import Problem, SetupError
from domain.customer_config import HelpDesk, Source


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
    # By the names of their settings: bugle.toml says which there are.
    intake_secrets: Mapping[str, Secret] = field(default_factory=dict)

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached by Socket Mode (an app token is set) rather than by signed HTTP."""
        return bool(self.slack_app_token)

    def secrets(self) -> tuple[str, ...]:
        """Return what must never show, longest first; of the database's address that is its password."""
        values = {str(value) for name in self.__slots__ if isinstance(value := getattr(self, name), Secret)}
        values |= {str(value) for value in self.intake_secrets.values()}
        written = _PASSWORD.match(self.database_url)
        passwords = {str(make_url(self.database_url).password or ""), written[1] if written else ""}
        return tuple(sorted(values - {str(self.database_url), ""} | passwords - {""}, key=len, reverse=True))


def environment(env_file: Path = Path(".env")) -> dict[str, str]:
    """Return the settings people gave: those of the `.env` file, overridden by the real environment.

    A name that the real environment has empty is not set, whatever the file says.
    """
    try:
        from_file = {name: value for name, value in dotenv_values(env_file).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(str(env_file), f"cannot be read ({type(error).__name__})", "save it as UTF-8 text")
        raise SetupError([problem]) from None
    return from_file | dict(os.environ)


def read_settings(env: Mapping[str, str]) -> Settings:
    """Return the settings found in an environment; SetupError with every problem found in them."""
    settings, problems = usable_settings(env)
    if problems:
        raise SetupError(problems)
    return settings


def usable_settings(env: Mapping[str, str]) -> tuple[Settings, list[Problem]]:
    """Return the settings that can be used, and what is wrong with the others.

    What is wrong or missing is as if not set: the default, or empty where there is none. For a look at a
    set-up that is not complete; a program that is to run takes `read_settings`.
    """
    given = {name.lower(): value.strip() for name, value in env.items() if value.strip()}
    problems = [problem for check in _CHECKS for problem in check(given)]
    wrong = {problem.where.lower() for problem in problems}
    types: dict[str, type] = {
        name: kind for name, kind in Settings.__annotations__.items() if kind in (Secret, int, Path)
    }
    values = {
        name: types.get(name, str)(given[name])
        for name in Settings.__dataclass_fields__
        if name in given and name not in wrong
    }
    intakes = {name.upper(): Secret(value) for name, value in given.items() if name.startswith(_INTAKE)}
    needed = {"slack_bot_token": Secret(), "jira_url": ""}
    return Settings(**{**needed, **values, "intake_secrets": intakes}), problems


def intake_problems(settings: Settings, sources: Iterable[Source]) -> list[Problem]:
    """Return what is wrong with the secrets of the [[intake]] of bugle.toml."""
    problems = []
    for source in sources:
        secret = settings.intake_secrets.get(source.setting, Secret())
        if not secret:
            what = f"is not set, and [[intake]] {source.key} needs it"
            problems.append(Problem(source.setting, what, _SECRET_FIXES[source.kind]))
        elif len(secret) < _SECRET_LENGTH:
            fix = f"give at least {_SECRET_LENGTH} characters, such as those of: openssl rand -hex 32"
            problems.append(Problem(source.setting, "is so short that it can be guessed", fix))
    return problems


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


_CLOUD_LOGIN = {
    "jira_email": "give the e-mail of Bugle's Jira account; with Data Center set JIRA_PAT instead",
    "jira_api_token": "make one at https://id.atlassian.com, Security, API tokens; with Data Center set"
    " JIRA_PAT instead",
}


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
    elif "jira_pat" not in given:
        problems += [
            Problem(name.upper(), "is not set", fix)
            for name, fix in _CLOUD_LOGIN.items()
            if name not in given
        ]
    return problems


def _addresses(given: Mapping[str, str]) -> list[Problem]:
    problems = [
        Problem(name.upper(), "is not an address", "write it whole, beginning with https://")
        for name in ("slack_api_url", "jira_url", "public_url", "bugle_clock_url")
        if name in given and not _is_address(given[name])
    ]
    if "database_url" in given and not _is_database(given["database_url"]):
        problems.append(
            Problem(
                "DATABASE_URL",
                "is not a database Bugle knows",
                "write sqlite:///bugle.db or postgresql://user:password@host/name",
            )
        )
    port = given.get("http_port", "8080")
    if not (port.isascii() and port.isdecimal() and len(port) < 6 and 1 <= int(port) <= 65535):
        problems.append(Problem("HTTP_PORT", "is not a port", "give a number from 1 to 65535"))
    return problems


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no such port or host can be
        return False


def _is_database(text: str) -> bool:
    try:
        return make_url(text).drivername in _DATABASES
    except (ArgumentError, ValueError):
        return False


def _logs(given: Mapping[str, str]) -> list[Problem]:
    problems = []
    if given.get("log_format", "text") not in ("text", "json"):
        problems.append(Problem("LOG_FORMAT", "is not a format Bugle knows", "set it to text or json"))
    if given.get("log_level", "INFO").upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        problems.append(Problem("LOG_LEVEL", "is not a level", "set it to DEBUG, INFO, WARNING or ERROR"))
    return problems


_INTAKE = "intake_secret_"
_SECRET_LENGTH = 16
_MADE = "make one with openssl rand -hex 32, and give it to the help desk too"
_SECRET_FIXES = {
    HelpDesk.ZENDESK: "copy the signing secret: Admin Center, Webhooks, the webhook, Reveal secret",
    HelpDesk.INTERCOM: "copy the client secret of your app: Developer Hub, the app, Basic information",
    HelpDesk.FRONT: "copy the signing key of your app's webhook, or for a rule's webhook the app's secret",
    HelpDesk.FRESHDESK: _MADE,
    HelpDesk.JSON: _MADE,
}
_PASSWORD = re.compile(r"[^:]+://[^:/]*:([^@]*)@")  # of a database, as it stands in its address
_DATABASES = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
_CHECKS = (_slack, _jira, _addresses, _logs)
