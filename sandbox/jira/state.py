"""Jira's state and how it changes: always through `changed`, which keeps log, index and listeners."""

import itertools
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sandbox.core import Core
from sandbox.jira import seed
from sandbox.jira.hooks import Webhooks
from sandbox.jira.index import SearchIndex
from sandbox.jira.model import Account, Change, Deployment, Issue, Link, Project

GLOBAL_PERMISSIONS = frozenset({"ADMINISTER", "SYSTEM_ADMIN"})
PROJECT_PERMISSIONS = frozenset(
    {
        "ADD_COMMENTS", "ADMINISTER_PROJECTS", "ASSIGNABLE_USER", "ASSIGN_ISSUES", "BROWSE_PROJECTS",
        "CLOSE_ISSUES", "CREATE_ATTACHMENTS", "CREATE_ISSUES", "DELETE_ALL_COMMENTS", "DELETE_ISSUES",
        "DELETE_OWN_COMMENTS", "EDIT_ALL_COMMENTS", "EDIT_ISSUES", "EDIT_OWN_COMMENTS", "LINK_ISSUES",
        "MANAGE_WATCHERS", "MODIFY_REPORTER", "RESOLVE_ISSUES", "SCHEDULE_ISSUES", "TRANSITION_ISSUES",
        "VIEW_VOTERS_AND_WATCHERS",
    }
)  # fmt: skip
_WITHHELD = ("ADMINISTER_PROJECTS", "DELETE_ISSUES", "DELETE_ALL_COMMENTS", "EDIT_ALL_COMMENTS")
ATTACHMENT_LIMIT = 10 * 1024 * 1024

Listener = Callable[[str, Account, dict[str, Any]], None]


class Jira:
    """A Jira site: accounts, projects, issues and what is needed to reach it.

    *deployment* is `cloud` or `server`; *index_delay* is in seconds of the business clock.
    """

    def __init__(self, core: Core, *, deployment: str = "cloud", index_delay: float = 0.0) -> None:
        self.core = core
        self.deployment = Deployment(deployment)
        self.index_delay = timedelta(seconds=index_delay)
        self.email = seed.SERVICE_EMAIL
        self.token = seed.CLOUD_TOKEN
        self.pat = seed.SERVER_TOKEN
        self.attachment_limit = ATTACHMENT_LIMIT
        self.accounts = {account.id: account for account in seed.accounts()}
        self.service = next(iter(self.accounts.values()))
        self.projects = seed.projects(self._lead().id)
        for project in self.projects:
            project.revoked.update(_WITHHELD)
        self.issues: dict[str, Issue] = {}
        self.links: list[Link] = []
        self.index = SearchIndex()
        self.webhooks = Webhooks()
        self.listener: Listener | None = None
        self._ids: dict[str, itertools.count[int]] = {}

    @property
    def cloud(self) -> bool:
        """Tell whether this is Jira Cloud."""
        return self.deployment is Deployment.CLOUD

    @property
    def url(self) -> str:
        """Where this Jira is, without a trailing slash."""
        return f"{self.core.base_url}/jira"

    def connection(self) -> dict[str, Any]:
        """Return what a bot needs to connect: address and credentials of the present deployment."""
        login = {"email": self.email, "api_token": self.token} if self.cloud else {"pat": self.pat}
        return {"url": self.url, "deployment": self.deployment.value, **login}

    def now(self) -> datetime:
        """Return the business time to the millisecond, as Jira keeps it."""
        now = self.core.clock.now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def next_id(self, kind: str, start: int = 10000) -> str:
        """Return a fresh id among those of its *kind*."""
        return str(next(self._ids.setdefault(kind, itertools.count(start))))

    def find_issue(self, id_or_key: str) -> Issue | None:
        """Return the issue with this id or key (in any case), or that had the key before it was moved."""
        if id_or_key in self.issues:
            return self.issues[id_or_key]
        wanted = id_or_key.upper()
        return next((one for one in self.issues.values() if wanted in (one.key, *one.former_keys)), None)

    def find_project(self, id_or_key: str) -> Project | None:
        """Return the project with this id or key."""
        return next((one for one in self.projects if id_or_key in (one.id, one.key)), None)

    def find_account(self, who: str) -> Account | None:
        """Return the account with this accountId, user name, user key or e-mail address."""
        return next(
            (one for one in self.accounts.values() if who in (one.id, one.name, one.key, one.email)), None
        )  # fmt: skip

    def allowed(self, account: Account, project: Project | None, permission: str) -> bool:
        """Tell whether *account* has *permission*: people have most of a project's, the service some."""
        if permission in GLOBAL_PERMISSIONS:
            return False
        if project is not None and permission == "ASSIGNABLE_USER" and account.id in project.unassignable:
            return False
        if account != self.service or project is None:
            return True
        return permission not in project.revoked

    def changed(
        self, issue: Issue, author: Account, items: Iterable[dict[str, Any]], event: str, **extra: Any
    ) -> None:
        """Record that *author* changed *issue*: changelog, update time, index, live stream and webhooks.

        *event* is Jira's issue event name (issue_created, issue_updated, …) and *extra* goes to the webhooks.
        """
        issue.updated = self.now()
        change = Change(self.next_id("change"), author.id, issue.updated, tuple(items))
        if change.items:
            issue.changes.append(change)
        self.index.note(issue, issue.updated)
        self.tell(event, author, issue=issue, change=change if change.items else None, **extra)

    def tell(self, event: str, author: Account, **about: Any) -> None:
        """Tell the live stream and the webhooks of something that happened."""
        issue = about.get("issue")
        self.core.live.publish("jira", {"event": event, "key": issue.key if issue else None})
        if self.listener is not None:
            self.listener(event, author, about)

    def _lead(self) -> Account:
        return next(one for one in self.accounts.values() if one.name == "iris")
