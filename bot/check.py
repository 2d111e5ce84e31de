"""`bugle check`: everything that is wrong with this set-up, each thing with the one fix for it.

All that can be checked is checked, whatever else is wrong: a missing Jira login does not keep the Slack
channels from being looked at.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from bot.checks.database import check_database
from bot.checks.findings import Finding, Fine, Note
from bot.checks.jira import check_jira
from bot.checks.routes import check_lines
from bot.checks.slack import check_slack
from bot.config import read_config
from bot.logs import without_secrets
from bot.problems import Problem, SetupError
from bot.settings import Settings, environment, intake_problems, usable_settings
from domain.config import Config

_HERE = ("localhost", "127.0.0.1", "::1")


def check(out: TextIO) -> int:
    """Write each finding to *out*, a line each, as it is found; return 1 when a problem is among them."""
    settings, problems = usable_settings(environment())
    secrets = settings.secrets()
    failed = False
    for finding in _findings(settings, problems):
        failed |= isinstance(finding, Problem)
        out.write(" ".join(without_secrets(str(finding), secrets).split()) + "\n")
        out.flush()
    return 1 if failed else 0


def _findings(settings: Settings, problems: list[Problem]) -> Iterator[Finding]:
    yield from problems
    if not problems:
        yield Fine("settings", "all that are needed are there")
    config, faults = _config(settings.bugle_config)
    yield from faults
    if config is not None:
        yield from check_lines(config, str(settings.bugle_config))
    yield from intake_problems(settings, config.intakes if config is not None else ())
    yield from _clock(settings)
    wrong = {problem.where for problem in problems}
    if "SLACK_API_URL" not in wrong:
        yield from check_slack(settings, config)
    if settings.jira_url and (settings.jira_pat or (settings.jira_email and settings.jira_api_token)):
        yield from check_jira(settings, config)
    if "DATABASE_URL" not in wrong:
        yield from check_database(settings, config)


def _config(path: Path) -> tuple[Config | None, list[Finding]]:
    try:
        return read_config(path), [Fine(str(path), "can be read")]
    except SetupError as error:
        return None, list(error.problems)


def _clock(settings: Settings) -> Iterator[Finding]:
    if not settings.bugle_clock_url:
        return
    if urlsplit(settings.bugle_clock_url).hostname in _HERE:
        yield Note("BUGLE_CLOCK_URL", "is set: business time is that of a sandbox on this machine")
    else:
        what = "is set to another machine's clock, which is for trying Bugle out with a sandbox"
        yield Problem("BUGLE_CLOCK_URL", what, "leave it out, and Bugle goes by the real time")
