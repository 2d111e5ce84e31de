"""Files on issues."""

from sandbox.answer import Reply
from sandbox.jira.ask import Ask, Endpoint
from sandbox.jira.errors import JiraError
from sandbox.jira.model import Attachment, Issue
from sandbox.jira.values import attachment_item


def create(ask: Ask) -> Reply:
    """Attach the files sent to an issue."""
    issue = ask.issue()
    if ask.headers.get("x-atlassian-token", "").lower() not in ("no-check", "nocheck"):
        return Reply(None, 403, content=b"XSRF check failed", media_type="text/html;charset=UTF-8")
    message = "You do not have permission to create attachments for this issue."
    ask.require("CREATE_ATTACHMENTS", issue.project, message)
    if not ask.uploads:
        raise JiraError(400, "No file was found in the request: send it as multipart form data named 'file'.")
    for upload in ask.uploads:
        if len(upload.content) > ask.jira.attachment_limit:
            limit = ask.jira.attachment_limit
            said = f"The file '{upload.filename}' exceeds its maximum permitted size of {limit} bytes."
            raise JiraError(413, said)
    now = ask.jira.now()
    made = [
        Attachment(
            ask.jira.next_id("attachment"), ask.account.id, upload.filename, upload.media_type,
            upload.content, now,
        )
        for upload in ask.uploads
    ]  # fmt: skip
    issue.attachments.extend(made)
    items = [attachment_item(one.id, one.filename) for one in made]
    ask.jira.changed(issue, ask.account, items, "issue_updated")
    return Reply([ask.shapes.attachment(one) for one in made])


def _find(ask: Ask) -> tuple[Issue, Attachment]:
    wanted = ask.path["attachment"]
    for issue in ask.jira.issues.values():
        for attachment in issue.attachments:
            if attachment.id == wanted and ask.may("BROWSE_PROJECTS", issue.project):
                return issue, attachment
    raise JiraError(404, f"The attachment with id '{wanted}' does not exist")


def read(ask: Ask) -> Reply:
    """Return what is known of a file."""
    attachment = _find(ask)[1]
    return Reply(ask.shapes.attachment(attachment) | {"id": int(attachment.id)})


def download(ask: Ask) -> Reply:
    """Return a file."""
    _, attachment = _find(ask)
    return Reply(None, content=attachment.content, media_type=attachment.media_type)


def delete(ask: Ask) -> Reply:
    """Remove a file from its issue."""
    issue, attachment = _find(ask)
    own = attachment.author == ask.account.id
    if not own:
        message = "You do not have permission to delete this attachment."
        ask.require("ADMINISTER_PROJECTS", issue.project, message)
    issue.attachments.remove(attachment)
    item = attachment_item(attachment.id, attachment.filename, removed=True)
    ask.jira.changed(issue, ask.account, [item], "issue_updated")
    return Reply(status=204)


ENDPOINTS = (
    Endpoint("POST", "issue/{issue}/attachments", create),
    Endpoint("GET", "attachment/content/{attachment}", download),
    Endpoint("GET", "attachment/{attachment}", read),
    Endpoint("DELETE", "attachment/{attachment}", delete),
)
FILE = Endpoint("GET", "secure/attachment/{attachment}/{filename}", download)
