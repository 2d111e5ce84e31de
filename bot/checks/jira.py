"""Whether Jira lets Bugle in, and whether each product's issues can be made there as bugle.toml says."""

from collections.abc import Iterator
from contextlib import closing

from bot.app import jira_gateway
from bot.checks.findings import Finding, Fine, Note, not_checked
from bot.checks.routes import check_areas
from bot.checks.screens import check_screen
from bot.metrics import Metrics
from bot.problems import Problem
from bot.settings import Settings
from domain.config import Config, Product
from domain.effects import LockedOut, Never, Outcome, Wait
from gateways.jira import Jira
from gateways.jira.people import Account

# What Bugle does without each permission that it can do without.
WITHOUT = {
    "MODIFY_REPORTER": "the reporter is named in the description and Bugle stays Jira's reporter",
    "ASSIGN_ISSUES": "who takes a bug is shown in Slack, and Jira's assignee stays as it is",
    "ADD_COMMENTS": "nothing said in Slack reaches Jira's comments",
    "EDIT_OWN_COMMENTS": "what is edited in Slack stays as it was in Jira's comments",
    "DELETE_OWN_COMMENTS": "what is deleted in Slack, or kept there later, stays in Jira's comments",
    "LINK_ISSUES": "the issue has no link to its thread in Slack",
}
_CLOUD_FIX = "make a new API token at https://id.atlassian.com as the account of JIRA_EMAIL, and set it"
_SERVER_FIX = "make a new personal access token in the profile of Bugle's Jira account, and set it"


def check_jira(settings: Settings, config: Config | None) -> Iterator[Finding]:
    """Yield what is found about Jira, and about what *config* (None: could not be read) says of it."""
    with closing(jira_gateway(settings, Metrics())) as jira:
        try:
            us = jira.myself()
        except Outcome as outcome:
            yield _no_login(settings, outcome)
            return
        yield Fine("Jira", f"logged in as {us.name or us.id}")
        if config is not None:
            file = str(settings.bugle_config)
            for number, product in enumerate(config.products):
                yield from _product(jira, us, config, product, f"{file}: products[{number}]")
            yield from check_areas(jira, config, file)
            yield from (_account(jira, who, f"{file}: people.{user}") for user, who in config.people.items())


def _no_login(settings: Settings, outcome: Outcome) -> Finding:
    if isinstance(outcome, LockedOut):
        name, fix = ("JIRA_PAT", _SERVER_FIX) if settings.jira_pat else ("JIRA_API_TOKEN", _CLOUD_FIX)
        said = outcome.reason.partition(": ")[2]
        return Problem(name, f"is not accepted ({said})", fix)
    if isinstance(outcome, Wait):
        return not_checked("Jira", outcome)
    fix = "correct the address, or let this machine reach it"
    return Problem("JIRA_URL", f"does not answer as Jira ({outcome.reason})", fix)


def _product(jira: Jira, us: Account, config: Config, product: Product, where: str) -> Iterator[Finding]:
    try:
        held = jira.permissions(product.project)
    except Never:
        what = f"is {product.project}, which does not exist or which {us.name} may not see"
        fix = f"correct the key, or give {us.name} the permission Browse Projects there"
        yield Problem(f"{where}.project", what, fix)
        return
    except Outcome as outcome:
        yield not_checked(f"{where}.project", outcome)
        return
    if "CREATE_ISSUES" not in held:
        what = f"is {product.project}, where {us.name} may not create issues (CREATE_ISSUES)"
        fix = f"give it the permission Create Issues in {product.project}'s permission scheme in Jira"
        yield Problem(f"{where}.project", what, fix)
    else:
        yield Fine("Jira", f"{us.name} may create issues in {product.project}")
        yield from check_screen(jira, config, product, where)
    for permission, consequence in WITHOUT.items():
        if permission not in held:
            yield Note("Jira", f"without {permission} in {product.project} {consequence}")


def _account(jira: Jira, account: str, where: str) -> Finding:
    try:
        found = jira.account_named(account)
    except Never:
        fix = "give the account ID from the address of their Jira profile (Data Center: their user name)"
        return Problem(where, f"is {account!r}, which is no Jira account", fix)
    except Outcome as outcome:
        return not_checked(where, outcome)
    return Fine(where, f"{found.name or found.id} in Jira")
