"""Refusals in Jira's shapes and words."""

from collections.abc import Mapping
from http import HTTPStatus

from sandbox.answer import Reply
from sandbox.trouble import Kind, Trouble

NO_ISSUE = "Issue does not exist or you do not have permission to see it."
CONFLICT = (
    "It seems that you have tried to perform a workflow operation that is not valid for the current state of "
    "this issue. The likely cause is that somebody has changed the issue recently, please look at the issue "
    "history for details."
)


class JiraError(Exception):
    """A request Jira refuses: an HTTP status, messages, and errors by field."""

    def __init__(self, status: int, *messages: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(status, messages, errors)
        self.status = status
        self.messages = messages
        self.errors = dict(errors or {})

    def reply(self) -> Reply:
        """Return the answer that says so."""
        return Reply({"errorMessages": list(self.messages), "errors": self.errors}, self.status)


def wrong_field(field: str, message: str) -> JiraError:
    """Return the refusal of one field's value."""
    return JiraError(400, errors={field: message})


def unauthorized(*, cloud: bool) -> Reply:
    """Return the answer to wrong or missing credentials."""
    message = "Client must be authenticated to access this resource."
    headers = {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}
    if cloud:
        headers["WWW-Authenticate"] = 'OAuth realm="sandbox"'
        return Reply(
            None, 401, headers, content=message.encode(), media_type="text/html;charset=UTF-8"
        )  # fmt: skip
    return Reply({"message": message, "status-code": 401}, 401, headers)


def unknown_route(url: str) -> Reply:
    """Return the answer to an address Jira does not have."""
    return Reply({"message": f"null for uri: {url}", "status-code": 404}, 404, outcome="unknown")


def trouble_reply(trouble: Trouble, *, cloud: bool) -> Reply:
    """Return the shape Jira gives a trouble that was asked for."""
    if trouble.kind is Kind.AUTH:
        return unauthorized(cloud=cloud)
    if trouble.kind is Kind.RATE_LIMIT:
        headers = {"Retry-After": str(trouble.retry_after)}
        if cloud:
            headers |= {"X-RateLimit-Remaining": "0", "RateLimit-Reason": "jira-burst-based"}
        message = "Rate limit exceeded."
        return Reply({"errorMessages": [message], "errors": {}}, 429, headers, outcome="ratelimited")
    if trouble.status == 409:
        return JiraError(409, CONFLICT).reply()
    phrase = HTTPStatus(trouble.status).phrase if trouble.status in list(HTTPStatus) else "Error"
    if trouble.status >= 500:
        page = f"<html><head><title>{trouble.status}</title></head><body><h1>{phrase}</h1></body></html>"
        return Reply(None, trouble.status, content=page.encode(), media_type="text/html;charset=UTF-8")
    return JiraError(trouble.status, phrase).reply()
