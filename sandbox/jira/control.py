"""The control API's Jira side."""

from starlette.routing import BaseRoute

from sandbox.core import Core
from sandbox.jira.state import Jira


def routes(core: Core, jira: Jira) -> list[BaseRoute]:  # noqa: ARG001 - all parts are mounted alike
    """Return Jira's control routes."""
    return []
