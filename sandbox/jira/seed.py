"""What Jira starts with: accounts of the cast, two projects, one workflow, its lists of values."""

import itertools

from sandbox.cast import PEOPLE, JiraAccount
from sandbox.jira.model import (
    Account,
    Category,
    Component,
    LinkType,
    Named,
    Project,
    Status,
    Version,
)

SERVICE_EMAIL = "bugle@harbor.example"
CLOUD_TOKEN = "sandbox-jira-token"  # noqa: S105 - the sandbox's secrets are public
SERVER_TOKEN = "sandbox-jira-pat"  # noqa: S105 - as above

TO_DO = Status("10000", "To Do", Category.NEW)
IN_PROGRESS = Status("10001", "In Progress", Category.INDETERMINATE)
IN_REVIEW = Status("10002", "In Review", Category.INDETERMINATE)
DONE = Status("10003", "Done", Category.DONE)
STATUSES = (TO_DO, IN_PROGRESS, IN_REVIEW, DONE)

PRIORITIES = (
    Named("1", "Highest", "Stops everything else."),
    Named("2", "High", "Serious; needs attention soon."),
    Named("3", "Medium", "Has the potential to affect progress."),
    Named("4", "Low", "Minor or easily worked around."),
    Named("5", "Lowest", "Trivial, with little or no impact."),
)
DEFAULT_PRIORITY = "3"
RESOLUTIONS = (
    Named("10000", "Fixed", "A fix has been made."),
    Named("10001", "Won't Do", "It will not be worked on."),
    Named("10002", "Duplicate", "Another issue describes the same problem."),
    Named("10003", "Cannot Reproduce", "It could not be made to happen again."),
)
ISSUE_TYPES = (
    Named("10004", "Bug", "A problem which impairs or prevents the functions of the product."),
    Named("10005", "Task", "A small piece of work."),
)
LINK_TYPES = (
    LinkType("10000", "Blocks", "is blocked by", "blocks"),
    LinkType("10001", "Cloners", "is cloned by", "clones"),
    LinkType("10002", "Duplicate", "is duplicated by", "duplicates"),
    LinkType("10003", "Relates", "relates to", "relates to"),
)
AFFECTED_REGION = "customfield_10050"
REGIONS = (Named("10120", "Europe"), Named("10121", "Americas"), Named("10122", "Asia"))
CHANNELS = (Named("10130", "Web"), Named("10131", "App"), Named("10132", "Counter"))
CONTRACTS = (Named("10140", "Trial"), Named("10141", "Standard"), Named("10142", "Enterprise"))
DEVICES = (Named("10150", "Phone"), Named("10151", "Tablet"), Named("10152", "Desktop"))
PLACES = (Named("10160", "Spain"), Named("10161", "Taiwan"), Named("10162", "Elsewhere"))
TOWNS = {
    "10160": (Named("10163", "Madrid"), Named("10164", "Sevilla")),
    "10161": (Named("10165", "Taipei"), Named("10166", "Tainan")),
}

_CREATE_SCREEN = (
    "summary", "issuetype", "project", "description", "priority", "components", "versions", "labels",
    "assignee", "reporter", "environment", "duedate", "attachment", "issuelinks",
)  # fmt: skip
_EDIT_SCREEN = (*_CREATE_SCREEN, "fixVersions", "comment")


def accounts() -> list[Account]:
    """Return the service account first, then the people who have one."""
    service = Account(
        "712020:00000000-0000-4000-8000-000000000001", "bugle", "JIRAUSER10100", "Bugle", SERVICE_EMAIL,
        "Europe/Madrid", "en_US",
    )  # fmt: skip
    people = [
        Account(
            f"712020:00000000-0000-4000-8000-{number:012d}", person.handle, f"JIRAUSER{10100 + number}",
            person.name, person.email, person.zone, person.locale.replace("-", "_"),
            email_hidden=person.jira is JiraAccount.HIDDEN_EMAIL,
        )
        for number, person in enumerate(PEOPLE, 2)
        if person.jira is not JiraAccount.NONE
    ]  # fmt: skip
    return [service, *people]


def projects(lead: str) -> list[Project]:
    """Return the two projects; in PAY the affected region is required and nobody may set the reporter."""
    ids = itertools.count(10200)
    shop = _project(
        ids, "10010", "SHOP", "Shop", lead,
        components=("Catalogue", "Checkout", "Payment", "Search", "Accounts", "Mobile app"),
        versions=(("2026.8", True), ("2026.9", True), ("2026.10", False)),
    )  # fmt: skip
    pay = _project(
        ids, "10011", "PAY", "Pay", lead,
        components=("Invoices", "Refunds", "Terminals", "Reports"),
        versions=(("5.1", True), ("5.2", False)),
    )  # fmt: skip
    pay.create_screen.append(AFFECTED_REGION)
    pay.edit_screen.append(AFFECTED_REGION)
    pay.required.add(AFFECTED_REGION)
    pay.revoked.add("MODIFY_REPORTER")
    return [shop, pay]


def _project(
    ids: "itertools.count[int]",
    *identity: str,
    components: tuple[str, ...],
    versions: tuple[tuple[str, bool], ...],
) -> Project:
    id_, key, name, lead = identity
    return Project(
        id=id_, key=key, name=name, lead=lead, issue_types=ISSUE_TYPES,
        components=[Component(str(next(ids)), component) for component in components],
        versions=[Version(str(next(ids)), version, released=released) for version, released in versions],
        create_screen=list(_CREATE_SCREEN), edit_screen=list(_EDIT_SCREEN),
        required={"summary", "issuetype", "project"},
    )  # fmt: skip
