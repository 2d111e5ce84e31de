"""The workflow: which transitions lead from each status, and taking one."""

from dataclasses import dataclass
from typing import Any

from sandbox.answer import Reply
from sandbox.jira import meta
from sandbox.jira.ask import Ask, Endpoint
from sandbox.jira.comments import add_comment
from sandbox.jira.editing import read_edit
from sandbox.jira.errors import JiraError, wrong_field
from sandbox.jira.fields import FIELDS
from sandbox.jira.model import Category, Issue, Named, Project, Status
from sandbox.jira.reading import NOT_ON_SCREEN
from sandbox.jira.seed import DONE, IN_PROGRESS, IN_REVIEW, RESOLUTIONS, TO_DO
from sandbox.jira.values import changed_items, resolution_item, status_item


@dataclass(frozen=True)
class Transition:
    """A step of the workflow; those to Done have a screen with the resolution on it."""

    id: str
    name: str
    sources: tuple[Status, ...]
    to: Status

    @property
    def resolves(self) -> bool:
        """Tell whether it sets a resolution."""
        return self.to.category is Category.DONE


TRANSITIONS = (
    Transition("11", "Back to do", (IN_PROGRESS, IN_REVIEW), TO_DO),
    Transition("21", "Start progress", (TO_DO, IN_REVIEW), IN_PROGRESS),
    Transition("31", "Ready for review", (IN_PROGRESS,), IN_REVIEW),
    Transition("41", "Done", (TO_DO, IN_PROGRESS, IN_REVIEW), DONE),
    Transition("51", "Reopen", (DONE,), TO_DO),
)


def possible(issue: Issue) -> list[Transition]:
    """Return the transitions that lead from the issue's status in its project's workflow."""
    withheld = issue.project.withheld
    return [one for one in TRANSITIONS if issue.status in one.sources and one.name not in withheld]


def available(ask: Ask, issue: Issue, *, fields: bool = False) -> list[dict[str, Any]]:
    """Return the JSON of the transitions the account can take, with their *fields* where asked."""
    if not ask.may("TRANSITION_ISSUES", issue.project):
        return []
    shown: list[dict[str, Any]] = []
    for one in possible(issue):
        entry: dict[str, Any] = {
            "id": one.id,
            "name": one.name,
            "to": ask.shapes.status(one.to),
            "hasScreen": one.resolves,
            "isGlobal": False,
            "isInitial": False,
            "isConditional": False,
            "isAvailable": True,
        }
        if fields:
            entry["fields"] = _shown_screen(ask, issue) if one.resolves else {}
        shown.append(entry)
    return shown


def _shown_screen(ask: Ask, issue: Issue) -> dict[str, Any]:
    """Return the fields on the screen of a step to Done; a comment is never listed."""
    project = issue.project
    names = [name for name in _screen(project, resolves=True) if name not in ("comment", "resolution")]
    shown = {name: meta.describe(ask, project, issue.type, FIELDS[name]) for name in names}
    for name, field in shown.items():
        field["required"] = name in project.closing
    return {"resolution": _resolution_field(ask, project), **shown}


def _resolution_field(ask: Ask, project: Project) -> dict[str, Any]:
    return {
        "required": "resolution" in project.closing,
        "schema": {"type": "resolution", "system": "resolution"},
        "name": "Resolution",
        "key": "resolution",
        "operations": ["set"],
        "allowedValues": [ask.shapes.named("resolution", one) for one in RESOLUTIONS],
    }


def read(ask: Ask) -> Reply:
    """Return the transitions that can be taken now."""
    shown = available(ask, ask.issue(), fields="transitions.fields" in ask.many("expand"))
    wanted = ask.one("transitionId")
    kept = [one for one in shown if wanted in (None, one["id"])]
    return Reply({"expand": "transitions", "transitions": kept})


def take(ask: Ask) -> Reply:
    """Take a transition, setting the fields of its screen and adding a comment where asked."""
    issue, body = ask.issue(), ask.object()
    ask.require("TRANSITION_ISSUES", issue.project, "You do not have permission to transition this issue.")
    transition = _asked(issue, body)
    fields = dict(body.get("fields") or {})
    resolution = _resolution(transition, issue.project, fields.pop("resolution", None))
    screen = _screen(issue.project, resolves=transition.resolves)
    written = read_edit(ask, issue, {"fields": fields, "update": body.get("update")}, screen)
    if transition.resolves:
        _require_values(issue, written.values)
    comments = written.comments
    before, old_status, old_resolution = dict(issue.values), issue.status, issue.resolution
    issue.values.update(written.values)
    issue.status, issue.resolution = transition.to, resolution
    issue.resolved = ask.jira.now() if resolution else None
    items = [*changed_items(ask.jira, issue, before), status_item(old_status, issue.status)]
    if old_resolution != resolution:
        items.insert(0, resolution_item(old_resolution, resolution))
    event = "issue_resolved" if transition.resolves else "issue_generic"
    ask.jira.changed(issue, ask.account, items, event)
    for comment in comments:
        add_comment(ask, issue, comment)
    return Reply(status=204)


def _screen(project: Project, *, resolves: bool) -> list[str]:
    if not resolves:
        return ["comment"]
    usual = ["assignee", "fixVersions", "comment"]
    return [*usual, *sorted(project.closing - {*usual, "resolution"})]


def _require_values(issue: Issue, written: dict[str, Any]) -> None:
    """Refuse a step to Done whose screen requires what neither the request nor the issue has."""
    held = issue.values | written
    wanted = sorted(issue.project.closing - {"resolution"})
    if missing := [name for name in wanted if held.get(name) in (None, "", [])]:
        raise JiraError(400, errors={name: f"{FIELDS[name].name} is required." for name in missing})


def _asked(issue: Issue, body: dict[str, Any]) -> Transition:
    sent = body.get("transition")
    wanted = str(sent.get("id")) if isinstance(sent, dict) and sent.get("id") else None
    if wanted is None:
        raise JiraError(400, "Missing 'transition' identifier")
    found = next((one for one in possible(issue) if one.id == wanted), None)
    if found is not None:
        return found
    if not any(one.id == wanted for one in TRANSITIONS):
        raise JiraError(400, f"Transition id '{wanted}' is not valid for this issue.")
    name = next(one.name for one in TRANSITIONS if one.id == wanted)
    raise JiraError(
        400,
        f"It seems that you have tried to perform a workflow operation ({name}) that is not valid for the "
        f"current state of this issue {issue.key}. The likely cause is that somebody has changed the issue "
        "recently, please look at the issue history for details.",
    )


def _resolution(transition: Transition, project: Project, sent: Any) -> Named | None:
    """Return the resolution a transition sets: the one sent, Fixed where none is, none when not done."""
    if not transition.resolves:
        if sent is not None:
            raise wrong_field("resolution", f"Field 'resolution' cannot be set. {NOT_ON_SCREEN}")
        return None
    if sent is None and "resolution" in project.closing:
        raise wrong_field("resolution", "Resolution is required.")
    if sent is None:
        return RESOLUTIONS[0]
    by = "id" if isinstance(sent, dict) and "id" in sent else "name"
    value = sent.get(by) if isinstance(sent, dict) else None
    found = next((one for one in RESOLUTIONS if getattr(one, by) == value), None)
    if found is None:
        raise wrong_field("resolution", f"Resolution {by} '{value}' is not valid")
    return found


ENDPOINTS = (
    Endpoint("GET", "issue/{issue}/transitions", read),
    Endpoint("POST", "issue/{issue}/transitions", take),
)
