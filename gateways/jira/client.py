"""Jira as Bugle uses it, Cloud and Data Center alike, through REST version 2.

Every method raises an Outcome (domain/effects.py) when it does not succeed. What makes something new is told
by *doubt* that an earlier try may have made it, and then looks for it first.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import IO, Any
from urllib.parse import urlsplit

from domain.effects import Doubt, Never, Outcome, TryAgain
from domain.files import Loss, Lost, free_name
from domain.steps import Step
from domain.tracking import Version
from gateways.jira.changes import READ as CHANGED
from gateways.jira.changes import Page, Told, ask_changes, ask_last_change, told_from, version_from
from gateways.jira.comments import Comment, delete_comment, detach, edit_comment, read_comments
from gateways.jira.connection import MYSELF, Connection
from gateways.jira.errors import Call, is_about_no_field, is_missing, is_too_large
from gateways.jira.fields import CreateScreen
from gateways.jira.issues import OPTIONAL, TOLD, Issue, NewIssue, issue_from, payload
from gateways.jira.people import Account, account_from, active, sole_match
from gateways.jira.screens import ask_screen
from gateways.jira.search import attachments, find_attachment, find_comment, find_issue, property_of
from gateways.jira.steps import DUPLICATES, linked_to, step_from
from gateways.memory import Memory
from gateways.observing import Observer, unobserved

SCREEN_SECONDS = 15 * 60.0
LIMIT_SECONDS = 15 * 60.0
ACCOUNT_SECONDS = 3600.0
# Scoped tokens speak to this host, which shows people nothing.
API_ONLY_HOST = "api.atlassian.com"
PERMISSIONS = (
    "BROWSE_PROJECTS",
    "CREATE_ISSUES",
    "EDIT_ISSUES",
    "ASSIGN_ISSUES",
    "MODIFY_REPORTER",
    "ADD_COMMENTS",
    "EDIT_OWN_COMMENTS",
    "DELETE_OWN_COMMENTS",
    "CREATE_ATTACHMENTS",
    "LINK_ISSUES",
    "TRANSITION_ISSUES",
)

CREATE = Call("POST issue", repeatable=False, permission="CREATE_ISSUES")
READ = Call("GET issue")
ASSIGN = Call("PUT issue/assignee", permission="ASSIGN_ISSUES")
COMMENT = Call("POST issue/comment", repeatable=False, permission="ADD_COMMENTS")
LINK = Call("POST issue/remotelink", permission="LINK_ISSUES")
ATTACH = Call("POST issue/attachments", repeatable=False, permission="CREATE_ATTACHMENTS")
EDIT = Call("PUT issue", permission="EDIT_ISSUES")
STEPS = Call("GET issue/transitions", permission="TRANSITION_ISSUES")
TRANSITION = Call("POST issue/transitions", repeatable=False, permission="TRANSITION_ISSUES")
LINK_ISSUES = Call("POST issueLink", permission="LINK_ISSUES")
ATTACHING = Call("GET attachment/meta")
USER = Call("GET user", permission="USER_PICKER")
USERS = Call("GET user/search", permission="USER_PICKER")
MY_PERMISSIONS = Call("GET mypermissions")
VERSIONS = Call("GET project/versions")


class Jira:
    """Speaks to Jira for the account Bugle has there; thread-safe, one per process.

    Either *email* and *api_token* (Cloud) or *pat* (Data Center). *timeout* is seconds to connect and to wait
    for the answer. *observe* hears of every call, *elapsed* tells monotonic seconds. Before the first call
    nothing is asked of Jira, and its library is not loaded.
    """

    def __init__(
        self,
        *,
        url: str,
        email: str | None = None,
        api_token: str | None = None,
        pat: str | None = None,
        timeout: tuple[float, float] = (5.0, 20.0),
        observe: Observer = unobserved,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._jira = Connection(url, _login(email, api_token, pat), timeout, observe)
        self._screens: Memory[tuple[str, str], CreateScreen] = Memory(
            SCREEN_SECONDS, elapsed, stale_when_down=True
        )
        self._accounts: Memory[str, Account | None] = Memory(ACCOUNT_SECONDS, elapsed)
        self._limits: Memory[None, int] = Memory(LIMIT_SECONDS, elapsed)
        self._us: Memory[None, Account] = Memory(ACCOUNT_SECONDS, elapsed)

    def create_issue(self, new: NewIssue, *, label: str, doubt: Doubt | None) -> str:
        """Make an issue once and return its key; *label* is unique to it and free of spaces.

        In doubt: Unsure until ten minutes have passed in which Jira's search could have shown it.
        """
        found = find_issue(self._jira, label, doubt) if doubt else None
        return found or self._create(self._settable(new), label)

    def screen(self, project: str, issue_type: str, *, fresh: bool = False) -> CreateScreen:
        """Return what Jira asks for a new issue; known for 15 min, and for longer while Jira is down."""
        key = (project, issue_type)
        return self._screens.recall(key, lambda: ask_screen(self._jira, project, issue_type), fresh=fresh)

    def account(self, *, email: str) -> Account | None:
        """Return the one active account with this visible e-mail, or None; known for an hour."""
        return self._accounts.recall(email.casefold(), lambda: self._ask_account(email))

    def account_named(self, account_id: str) -> Account:
        """Return the account with this `id`; Never where there is none that we may see."""
        cloud = self._jira.is_cloud()
        query = {"accountId" if cloud else "username": account_id}
        return account_from(self._jira.send(USER, "GET", "user", **query), cloud=cloud)

    def issue(self, key: str) -> Issue:
        """Return an issue as it is now."""
        raw: dict[str, Any] = self._jira.call(READ, lambda jira: jira.issue(key, fields=TOLD).raw)
        return issue_from(raw, self.browse_url(raw["key"]), cloud=self._jira.is_cloud())

    def assign(self, key: str, account: Account | None) -> None:
        """Make an issue somebody's, or nobody's."""
        body = {"accountId" if self._jira.is_cloud() else "name": account.id if account else None}
        self._jira.send(ASSIGN, "PUT", f"issue/{key}/assignee", body)

    def set_priority(self, key: str, name: str) -> bool:
        """Give an issue a priority by its name; False where the project's edit screen does not have it."""
        try:
            self._jira.send(EDIT, "PUT", f"issue/{key}", {"fields": {"priority": {"name": name}}})
        except Never as refusal:
            if refusal.refused.keys() != {"priority"}:
                raise
            return False
        return True

    def steps(self, key: str) -> tuple[Step, ...]:
        """Return the steps of the workflow that lead from where an issue is."""
        answer = self._jira.send(STEPS, "GET", f"issue/{key}/transitions", expand="transitions.fields")
        return tuple(step_from(raw) for raw in answer["transitions"])

    def transition(self, key: str, step: str, *, resolution: str | None = None) -> None:
        """Take a step by its id, with a resolution by its id where the step's screen has one.

        TryAgain where somebody moved the issue meanwhile: it no longer has the step it had.
        """
        fields = {"resolution": {"id": resolution}} if resolution else {}
        body = {"transition": {"id": step}, **({"fields": fields} if fields else {})}
        try:
            self._jira.send(TRANSITION, "POST", f"issue/{key}/transitions", body)
        except Never as refusal:
            if not is_about_no_field(refusal.__cause__) or step in {each.id for each in self.steps(key)}:
                raise
            raise TryAgain(f"{TRANSITION.name}: somebody moved the issue meanwhile") from refusal

    def link_duplicate(self, key: str, original: str) -> None:
        """Link an issue to the one that it duplicates; where it is linked so already, nothing changes."""
        raw: dict[str, Any] = self._jira.call(READ, lambda jira: jira.issue(key, fields="issuelinks").raw)
        if linked_to(raw, original):
            return
        ends = {"inwardIssue": {"key": key}, "outwardIssue": {"key": original}}
        self._jira.send(LINK_ISSUES, "POST", "issueLink", {"type": {"name": DUPLICATES}, **ends})

    def people(self, text: str) -> tuple[Account, ...]:
        """Return the active accounts, 20 at most, whose name or visible e-mail begins with this."""
        query = {"query" if self._jira.is_cloud() else "username": text, "maxResults": 20}
        found = self._jira.send(USERS, "GET", "user/search", **query)
        return active(found, cloud=self._jira.is_cloud())

    def add_label(self, key: str, label: str) -> None:
        """Give an issue a label (without spaces) beside those that it has."""
        self._jira.send(EDIT, "PUT", f"issue/{key}", {"update": {"labels": [{"add": label}]}})

    def comment(self, key: str, body: str, *, marker: str, doubt: Doubt | None) -> str:
        """Add a comment (wiki markup) once and return its id; *marker* is opaque, and unique to it."""
        found = find_comment(self._jira, key, marker, doubt.since) if doubt else None
        if found:
            return found
        request = {"body": body, "properties": [{"key": property_of(marker), "value": True}]}
        return str(self._jira.send(COMMENT, "POST", f"issue/{key}/comment", request)["id"])

    def find_comment(self, key: str, *, marker: str, since: datetime) -> str | None:
        """Return the id of the comment with this marker made after a time (real, aware UTC), or None."""
        return find_comment(self._jira, key, marker, since)

    def comments(self, key: str) -> tuple[Comment, ...]:
        """Return all comments of an issue that our account sees, oldest first."""
        return read_comments(self._jira, key)

    def edit_comment(self, key: str, comment: str, body: str) -> bool:
        """Replace the text of a comment of ours; False where it is gone."""
        return edit_comment(self._jira, key, comment, body)

    def delete_comment(self, key: str, comment: str) -> None:
        """Remove a comment of ours; one that is gone is fine."""
        delete_comment(self._jira, key, comment)

    def detach(self, attachment: str) -> None:
        """Remove a file of ours from its issue; one that is gone is fine."""
        detach(self._jira, attachment)

    def link_back(self, key: str, *, url: str, title: str, global_id: str) -> None:
        """Link an issue to its thread in Slack; the same *global_id* again changes that link."""
        body = {
            "globalId": global_id,
            "application": {"type": "com.slack", "name": "Slack"},
            "object": {"url": url, "title": title},
        }
        self._jira.send(LINK, "POST", f"issue/{key}/remotelink", body)

    def attachment_limit(self) -> int:
        """Return how many bytes a file may have; Never where Jira takes none. Known for 15 min."""
        return self._limits.recall(None, self._ask_attachment_limit)

    def attach(self, key: str, filename: str, content: IO[bytes], size: int, *, doubt: Doubt | None) -> str:
        """Attach a file of *size* bytes once and return its id; *content* is streamed from its start.

        A number is put behind a name that the issue has already. In doubt, a new file of this name and size
        is taken for it. Lost where the file is empty or larger than Jira takes.
        """
        if not size:
            raise Lost(f"{ATTACH.name}: the file is empty", Loss.EMPTY, filename)
        there = attachments(self._jira, key)
        found = find_attachment(there, filename, size, doubt.since) if doubt else None
        return found or self._attach(key, free_name(filename, {one.name for one in there}), content)

    def permissions(self, project: str) -> frozenset[str]:
        """Return which of PERMISSIONS the account has in a project."""
        asked = ",".join(PERMISSIONS)
        answer: dict[str, Any] = self._jira.call(
            MY_PERMISSIONS, lambda jira: jira.my_permissions(projectKey=project, permissions=asked)
        )
        held = {key for key, one in answer["permissions"].items() if one["havePermission"]}
        return frozenset(held & set(PERMISSIONS))

    def browse_url(self, key: str) -> str:
        """Return the address of an issue for people; asks Jira for it (once) where ours is for programs."""
        base = self._jira.url
        if urlsplit(base).hostname == API_ONLY_HOST:
            base = str(self._jira.server_info()["baseUrl"])
        return f"{base}/browse/{key}"

    def known_url(self, key: str) -> str | None:
        """Return the address of an issue for people without asking Jira; None while it is not known."""
        if urlsplit(self._jira.url).hostname == API_ONLY_HOST and not self._jira.is_connected():
            return None
        return self.browse_url(key)

    def changes(
        self, project: str, *, since: datetime | None, only_open: bool = False, after: str | None = None
    ) -> Page:
        """Return a page of a project's issues by when they changed, from *since* on (None: all of them).

        *after* continues the search of the page it comes from.
        """
        return ask_changes(self._jira, project, since=since, only_open=only_open, after=after)

    def told(self, key: str) -> Told | None:
        """Return an issue as a search would tell it, read now; None where there is none that we may see."""
        try:
            answer: dict[str, Any] = self._jira.send(READ, "GET", f"issue/{key}", fields=CHANGED)
        except Never as refusal:
            if not is_missing(refusal.__cause__):
                raise
            return None
        return told_from(answer, cloud=self._jira.is_cloud())

    def versions(self, project: str) -> tuple[Version, ...]:
        """Return the versions of a project, and which of them are released."""
        answer = self._jira.send(VERSIONS, "GET", f"project/{project}/versions")
        return tuple(map(version_from, answer))

    def last_change(self, project: str) -> datetime | None:
        """Return when any issue of a project changed last, by Jira's clock; None where it has no issue."""
        return ask_last_change(self._jira, project)

    def myself(self) -> Account:
        """Return the account Bugle has."""
        raw: dict[str, Any] = self._jira.call(MYSELF, lambda jira: jira.myself())
        return account_from(raw, cloud=self._jira.is_cloud())

    def us(self) -> Account:
        """Return the account Bugle has, known for an hour."""
        return self._us.recall(None, self.myself)

    def probe(self) -> bool:
        """Tell whether Jira accepts the login now."""
        try:
            self.myself()
        except Outcome:
            return False
        return True

    def close(self) -> None:
        """Close the kept connections; the gateway is not used afterwards."""
        self._jira.close()

    def _settable(self, new: NewIssue) -> NewIssue:
        """Leave out what the create screen does not let us set; any knowledge of it will do."""
        known = self._screens.known((new.project, new.issue_type))
        if known is None and new.reporter is None and new.assignee is None:
            return new
        screen = known or self.screen(new.project, new.issue_type)
        return replace(
            new,
            reporter=new.reporter if screen.has("reporter") else None,
            assignee=new.assignee if screen.has("assignee") else None,
            components=new.components if screen.has("components") else (),
            versions=new.versions if screen.has("versions") else (),
            environment=new.environment if screen.has("environment") else None,
        )

    def _create(self, new: NewIssue, label: str) -> str:
        """Make the issue; where Jira refuses only what it can do without, make it without that."""
        fields = payload(new, label, cloud=self._jira.is_cloud())
        try:
            return self._post(fields)
        except Never as refusal:
            refused = refusal.refused.keys()
            if not refused or not refused <= OPTIONAL & set(fields):
                raise
        return self._post({name: value for name, value in fields.items() if name not in refused})

    def _post(self, fields: dict[str, Any]) -> str:
        return str(self._jira.call(CREATE, lambda jira: jira.create_issue(fields, prefetch=False).key))

    def _attach(self, key: str, filename: str, content: IO[bytes]) -> str:
        try:
            made = self._jira.call(
                ATTACH, lambda jira: jira.add_attachment(key, content, filename=filename).id
            )
        except Never as refusal:
            if is_too_large(refusal.__cause__):
                raise Lost(refusal.reason, Loss.TOO_LARGE, filename) from refusal
            raise
        return str(made)

    def _ask_attachment_limit(self) -> int:
        told = self._jira.send(ATTACHING, "GET", "attachment/meta")
        if not told["enabled"]:
            raise Never(f"{ATTACHING.name}: attachments are turned off in Jira")
        return int(told["uploadLimit"])

    def _ask_account(self, email: str) -> Account | None:
        cloud = self._jira.is_cloud()
        query = {"query" if cloud else "user": email}
        found: list[Any] = self._jira.call(USERS, lambda jira: jira.search_users(**query))
        return sole_match((user.raw for user in found), email, cloud=cloud)


def _login(email: str | None, api_token: str | None, pat: str | None) -> tuple[str, str] | str:
    """Return the one login given; ValueError where it is none, both or half of one."""
    if pat and not email and not api_token:
        return pat
    if email and api_token and not pat:
        return email, api_token
    raise ValueError("Jira needs either an e-mail with an API token or a personal access token")
