"""Serves the page and its modules; everything the page knows and does goes through the control API."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sandbox.core import Core

FILES = Path(__file__).parent / "static"
# Images may come from anywhere, as they do in Slack's messages; everything else is ours.
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob: http: https:",
}


class _Files(StaticFiles):
    """The page's files, asked for anew each time so that a changed one is seen at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file with the page's headers."""
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS)
        return response


def routes(_core: Core) -> list[BaseRoute]:
    """Return the page at `/` and its files under `/page`."""

    async def page(_: Request) -> Response:
        return FileResponse(FILES / "index.html", headers=HEADERS)

    return [Route("/", page), Mount("/page", _Files(directory=FILES))]
