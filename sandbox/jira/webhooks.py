"""What Jira tells webhooks: signed and repeated as Cloud does it, plain and once on Data Center."""

import asyncio
import hashlib
import hmac
import json
import uuid
from typing import Any

from sandbox.delivery import Delivered, deliver
from sandbox.jira.hooks import Webhook
from sandbox.jira.issue_shapes import IssueShapes
from sandbox.jira.model import Account, Comment, Issue, Link, Project, Version
from sandbox.jira.state import Jira

TIMEOUT = 10.0
RETRIED = frozenset({408, 409, 425, 429, *range(500, 600)})
_ISSUE_EVENTS = {"issue_created": "jira:issue_created", "issue_deleted": "jira:issue_deleted"}
_COMMENTED = {
    "comment_created": "issue_commented",
    "comment_updated": "issue_comment_edited",
    "comment_deleted": "issue_comment_deleted",
}


class Messenger:
    """Tells the registered webhooks what happens in *jira*."""

    def __init__(self, jira: Jira) -> None:
        self._jira = jira
        self._sending: set[asyncio.Task[None]] = set()

    def heard(self, event: str, author: Account, about: dict[str, Any]) -> None:
        """Send what happened to everybody who wants to be told of it; called on the event loop."""
        for payload in _payloads(self._jira, event, author, about):
            for hook in self._jira.webhooks.hooks:
                if payload["webhookEvent"] in hook.events:
                    task = asyncio.get_running_loop().create_task(self._send(hook, payload))
                    self._sending.add(task)
                    task.add_done_callback(self._sending.discard)

    async def _send(self, hook: Webhook, payload: dict[str, Any]) -> None:
        """Deliver one payload, on Cloud again and again while the receiver has trouble."""
        core, cloud = self._jira.core, self._jira.cloud
        body = json.dumps(payload, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Atlassian Webhook HTTP Client",
            "X-Atlassian-Webhook-Identifier": str(uuid.uuid4()),
        }
        if cloud and hook.secret is not None:
            signature = hmac.new(hook.secret.encode(), body, hashlib.sha256).hexdigest()
            headers["X-Hub-Signature"] = f"sha256={signature}"
        for number, delay in enumerate((0.0, *self._jira.webhooks.retry_delays) if cloud else (0.0,)):
            await asyncio.sleep(delay)
            if core.closed:
                return
            if number:
                headers["X-Atlassian-Webhook-Retry"] = str(number)
            delivered = await deliver(
                core, f"jira {payload['webhookEvent']}", hook.url, body,
                headers=headers, seconds=TIMEOUT, shown=payload,
            )  # fmt: skip
            if not _worth_repeating(delivered):
                return


def _worth_repeating(delivered: Delivered) -> bool:
    return bool(delivered.failure) or delivered.status in RETRIED


def _payloads(jira: Jira, event: str, author: Account, about: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what Jira says of an event: one payload, two for a comment on Data Center."""
    shapes = IssueShapes(jira, 2, author)
    stamp = {"timestamp": int(jira.now().timestamp() * 1000)}
    if "link" in about:
        return [stamp | {"webhookEvent": event, "issueLink": _link(shapes, about["link"])}]
    if "release" in about:
        release: Version = about["release"]
        project: Project = about["project"]
        return [stamp | {"webhookEvent": f"jira:{event}", "version": shapes.release(release, project)}]
    issue: Issue = about["issue"]
    if event in _COMMENTED:
        return [stamp | one for one in _comment_payloads(shapes, event, issue, about["comment"])]
    payload = stamp | _issue_payload(shapes, event, issue)
    if about.get("change") is not None:
        change = about["change"]
        payload["changelog"] = {"id": change.id, "items": list(change.items)}
    return [payload]


def _issue_payload(shapes: IssueShapes, event: str, issue: Issue) -> dict[str, Any]:
    return {
        "webhookEvent": _ISSUE_EVENTS.get(event, "jira:issue_updated"),
        "issue_event_type_name": event,
        "user": shapes.user(shapes.reader.id),
        "issue": shapes.issue(issue),
    }


def _comment_payloads(
    shapes: IssueShapes, event: str, issue: Issue, comment: Comment
) -> list[dict[str, Any]]:
    shown = shapes.comment(issue, comment)
    brief = shapes.brief(issue)
    brief["fields"] |= {"project": shapes.project(issue.project), "assignee": shapes.field(issue, "assignee")}
    told = {"webhookEvent": event, "comment": shown, "issue": brief, "eventType": "primaryAction"}
    if shapes.jira.cloud:
        return [told]
    return [told, _issue_payload(shapes, _COMMENTED[event], issue) | {"comment": shown}]


def _link(shapes: IssueShapes, link: Link) -> dict[str, Any]:
    kind = shapes.link_type(link.type)
    return {
        "id": int(link.id),
        "sourceIssueId": int(link.inward),
        "destinationIssueId": int(link.outward),
        "issueLinkType": {
            "id": int(link.type.id),
            "name": kind["name"],
            "outwardName": kind["outward"],
            "inwardName": kind["inward"],
            "isSubTaskLinkType": False,
            "isSystemLinkType": False,
        },
        "systemLink": False,
    }
