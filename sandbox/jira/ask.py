"""One request to Jira, parsed at the door: who asks, of which resource, with what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.answer import Reply
from sandbox.jira.errors import NO_ISSUE, JiraError
from sandbox.jira.issue_shapes import IssueShapes
from sandbox.jira.model import Account, Deployment, Issue, Project
from sandbox.jira.state import Jira


@dataclass(frozen=True)
class Upload:
    """A file sent with a request."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Ask:
    """What a handler gets; `body` is the parsed JSON, None where there was none."""

    jira: Jira
    account: Account
    version: int = 2
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    uploads: tuple[Upload, ...] = ()

    @property
    def shapes(self) -> IssueShapes:
        """Return what shapes the answer."""
        return IssueShapes(self.jira, self.version, self.account)

    def object(self) -> dict[str, Any]:
        """Return the body, which must be a JSON object."""
        if not isinstance(self.body, dict):
            raise JiraError(
                400, "Invalid request payload. Refer to the REST API documentation and try again."
            )
        return self.body

    def one(self, name: str) -> str | None:
        """Return the query parameter *name*, or None."""
        values = self.query.get(name)
        return values[-1] if values else None

    def many(self, name: str) -> list[str]:
        """Return the values of *name*, given repeatedly or separated by commas."""
        return [part for value in self.query.get(name, []) for part in value.split(",") if part]

    def number(self, name: str, default: int) -> int:
        """Return the query parameter *name* as a number that is not negative."""
        value = self.one(name)
        if value is None:
            return default
        if not value.lstrip("-").isdigit():
            raise JiraError(404, f"The value '{value}' of '{name}' is not a number.")
        return max(int(value), 0)

    def page(self, default: int = 50) -> tuple[int, int]:
        """Return where the wanted page starts and how long it is at most."""
        return self.number("startAt", 0), self.number("maxResults", default)

    def issue(self) -> Issue:
        """Return the issue the path names; 404 where there is none that the account may see."""
        issue = self.jira.find_issue(self.path["issue"])
        if issue is None or not self.may("BROWSE_PROJECTS", issue.project):
            raise JiraError(404, NO_ISSUE if self.jira.cloud else "Issue Does Not Exist")
        return issue

    def project(self) -> Project:
        """Return the project the path names; 404 where there is none that the account may see."""
        named = self.path["project"]
        project = self.jira.find_project(named)
        if project is None or not self.may("BROWSE_PROJECTS", project):
            kind = "id" if named.isdigit() else "key"
            raise JiraError(404, f"No project could be found with {kind} '{named}'.")
        return project

    def may(self, permission: str, project: Project | None = None) -> bool:
        """Tell whether the account has *permission*."""
        return self.jira.allowed(self.account, project, permission)

    def require(self, permission: str, project: Project, message: str, status: int = 403) -> None:
        """Refuse with *message* unless the account has *permission*."""
        if not self.may(permission, project):
            raise JiraError(status, message)


Handler = Callable[[Ask], Reply]
BOTH = frozenset(Deployment)
CLOUD = frozenset({Deployment.CLOUD})
SERVER = frozenset({Deployment.SERVER})


@dataclass(frozen=True)
class Endpoint:
    """A route of the REST API: its verb and path under /rest/api/<version>/, and which Jira has it.

    `open` ones answer without credentials.
    """

    verb: str
    path: str
    handler: Handler
    deployments: frozenset[Deployment] = BOTH
    open: bool = False

    @property
    def method(self) -> str:
        """Return the name the call log and troubles use, such as `POST issue/{issue}/comment`."""
        return f"{self.verb} {self.path}"
