"""Who is asking: Cloud knows people by e-mail and API token, Data Center by personal access token."""

import base64
import binascii

from starlette.requests import Request

from sandbox.jira.model import Account
from sandbox.jira.state import Jira


def authenticated(jira: Jira, request: Request) -> Account | None:
    """Return the account whose valid credentials came with *request*, or None."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if jira.cloud:
        right = scheme.lower() == "basic" and _decoded(credentials) == f"{jira.email}:{jira.token}"
    else:
        right = scheme.lower() == "bearer" and credentials == jira.pat
    return jira.service if right else None


def _decoded(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
