"""What Jira sends when something happens there.

It only says that an issue is to be read again: so neither its order nor how often it comes matters.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from storage import reports, tracked
from storage.database import Transaction
from workflows import conversing, tracking
from workflows.context import Context

_VERSION_EVENTS = ("jira:version_released", "jira:version_unreleased", "jira:version_updated")


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Tell whether a body was signed with our secret, as Jira Cloud does it in X-Hub-Signature."""
    wanted = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), signature.encode())


def is_secret(given: str, secret: str) -> bool:
    """Tell whether an address ends in our secret: Data Center signs nothing."""
    return hmac.compare_digest(given.encode(), secret.encode())


def receive(ctx: Context, body: bytes) -> bool:
    """Take what Jira sent; False where that cannot be read. What is about no report of ours is nothing."""
    try:
        told = json.loads(body)
    except ValueError:
        return False
    if not isinstance(told, dict):
        return False
    with ctx.database.transaction() as tx:
        _heard(tx, ctx, told)
    return True


def _heard(tx: Transaction, ctx: Context, told: Mapping[str, Any]) -> None:
    if told.get("webhookEvent") in _VERSION_EVENTS:
        for product in ctx.config.products:
            tracking.version_changed(tx, ctx, product.key)
        return
    for issue in _issues(told):
        report = _report_of(tx, issue)
        if report is not None:
            tracking.read_again(tx, ctx, report)
            if "comment" in told:
                conversing.read_comments(tx, ctx, report)


def _issues(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what a payload says of issues: of one, or of both ends of a link."""
    issue = told.get("issue")
    link = told.get("issueLink")
    found: list[Mapping[str, Any]] = [issue] if isinstance(issue, dict) else []
    if isinstance(link, dict):
        found += [{"id": link.get(end)} for end in ("sourceIssueId", "destinationIssueId")]
    return found


def _report_of(tx: Transaction, issue: Mapping[str, Any]) -> str | None:
    """Find the report by Jira's id, which stays, or by the key while Jira has told nothing else yet."""
    known = tracked.of_issue(tx, str(issue.get("id")))
    if known is not None:
        return known
    report = reports.of_issue(tx, str(issue.get("key")))
    return report.id if report else None
