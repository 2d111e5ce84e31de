"""People: reading one, and finding some by name or by e-mail address that is not hidden."""

from sandbox.answer import Reply
from sandbox.jira.ask import Ask, Endpoint
from sandbox.jira.errors import NO_ISSUE, JiraError
from sandbox.jira.model import Account


def read(ask: Ask) -> Reply:
    """Return the account with an accountId (Cloud) or a user name or key (Data Center)."""
    names = ("accountId",) if ask.jira.cloud else ("username", "key")
    wanted = next((value for name in names if (value := ask.one(name))), None)
    if wanted is None:
        raise JiraError(400, f"Specify the user by the query parameter '{names[0]}'.")
    for account in ask.jira.accounts.values():
        if wanted in ((account.id,) if ask.jira.cloud else (account.name, account.key)):
            return Reply(ask.shapes.user(account.id))
    said = "Specified user does not exist or you do not have required permissions"
    raise JiraError(404, said if ask.jira.cloud else f"The user named '{wanted}' does not exist")


def _found(ask: Ask) -> list[Account]:
    """Return the active accounts that match the search the deployment understands."""
    name = "query" if ask.jira.cloud else "username"
    wanted = ask.one(name)
    if wanted is None and ask.jira.cloud and ask.one("accountId") is not None:
        return [one for one in ask.jira.accounts.values() if one.id == ask.one("accountId")]
    if wanted is None:
        said = (
            "Specify the 'query' or 'accountId' query parameter."
            if ask.jira.cloud
            else "The username query parameter was not provided"
        )
        raise JiraError(400, said)
    return [one for one in ask.jira.accounts.values() if one.active and _matches(one, wanted.lower())]


def _matches(account: Account, wanted: str) -> bool:
    """Tell whether a name or the visible e-mail address begins with *wanted*."""
    names = [account.name, account.display_name, *account.display_name.split()]
    if not account.email_hidden:
        names.append(account.email)
    return any(name.lower().startswith(wanted) for name in names)


def _page(ask: Ask, accounts: list[Account]) -> Reply:
    start, length = ask.page()
    return Reply([ask.shapes.user(one.id) for one in accounts[start : start + min(length, 1000)]])


def search(ask: Ask) -> Reply:
    """Return the people found."""
    return _page(ask, _found(ask))


def search_assignable(ask: Ask) -> Reply:
    """Return the people found to whom issues of a project can be assigned; all without a search."""
    if issue_named := ask.one("issueKey"):
        issue = ask.jira.find_issue(issue_named)
        if issue is None:
            raise JiraError(404, NO_ISSUE)
        project = issue.project
    else:
        named = ask.one("project") or ""
        found = ask.jira.find_project(named)
        if found is None:
            raise JiraError(404, f"No project could be found with key '{named}'.")
        project = found
    searched = any(ask.one(name) is not None for name in ("query", "username", "accountId"))
    people = _found(ask) if searched else list(ask.jira.accounts.values())
    return _page(ask, [one for one in people if ask.jira.allowed(one, project, "ASSIGNABLE_USER")])


ENDPOINTS = (
    Endpoint("GET", "user", read),
    Endpoint("GET", "user/search", search),
    Endpoint("GET", "user/assignable/search", search_assignable),
    Endpoint("GET", "user/viewissue/search", search),
)
