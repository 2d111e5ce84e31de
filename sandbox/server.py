"""The sandbox put together: one Starlette application on one port."""

import asyncio
import importlib
import socket
import threading
from contextlib import suppress
from importlib.util import find_spec

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute

from sandbox import control
from sandbox.connection import CuttableHTTP, CuttableWebSocket
from sandbox.core import Core
from sandbox.help_desks import control as help_desk_control
from sandbox.help_desks.sending import HelpDesks
from sandbox.jira import control as jira_control
from sandbox.jira import server as jira_server
from sandbox.jira.state import Jira
from sandbox.slack import control as slack_control
from sandbox.slack import server as slack_server
from sandbox.slack.state import Slack

KEEP_ALIVE = 75
STOP_SECONDS = 1
START_SECONDS = 20


async def _not_found(request: Request, _: Exception) -> Response:
    if request.url.path.startswith("/control/"):
        sentence = f"There is no {request.method} {request.url.path}; docs/sandbox.md lists the control API."
        return JSONResponse({"error": sentence}, 404)
    return PlainTextResponse("Not Found", 404)


def _page_routes(core: Core) -> list[BaseRoute]:
    """Return the routes of the page for people, where it is part of this sandbox."""
    if find_spec("sandbox.page") is None:
        return []
    routes: list[BaseRoute] = importlib.import_module("sandbox.page.server").routes(core)
    return routes


class _Server(uvicorn.Server):
    """uvicorn without its pauses of a tenth of a second: a suite of tests stops hundreds of sandboxes."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and to be told to stop."""
        self._loop, self._told = asyncio.get_running_loop(), asyncio.Event()
        await super().startup(sockets)

    async def main_loop(self) -> None:
        """Work until told to stop; once a second the Date header is renewed."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), timeout=1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen no more, and give the requests under way a moment to end."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._last_answers(), timeout=STOP_SECONDS)
        for task in self.server_state.tasks:
            task.cancel()

    async def _last_answers(self) -> None:
        while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.005)

    def stop(self) -> None:
        """End the loop, from any thread."""
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._told.set)


class Sandbox:
    """A pretend Slack and Jira, built but not started.

    *deployment* is `cloud` or `server` (Jira Data Center); *index_delay* is how many seconds of business time
    Jira's search lags behind; *url* is where others reach the sandbox, when that is not where it listens.
    """

    def __init__(self, *, deployment: str = "cloud", index_delay: float = 0.0, url: str = "") -> None:
        self.core = Core(base_url=url.rstrip("/"))
        self.slack = Slack(self.core)
        self.jira = Jira(self.core, deployment=deployment, index_delay=index_delay)
        self.help_desks = HelpDesks(self.core)
        connections = {
            "slack": self.slack.connection,
            "jira": self.jira.connection,
            "help_desks": self.help_desks.connection,
        }
        self.app = Starlette(
            routes=[
                *control.routes(self.core, connections),
                *slack_server.routes(self.core, self.slack),
                *slack_control.routes(self.core, self.slack),
                *jira_server.routes(self.core, self.jira),
                *jira_control.routes(self.core, self.jira),
                *help_desk_control.routes(self.help_desks),
                *_page_routes(self.core),
            ],
            exception_handlers={control.ControlError: control.control_error, 404: _not_found},
        )
        self.port = 0
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where the sandbox listens, without a trailing slash; empty before it is started."""
        return self.core.base_url

    def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen on *port* (0: any free one), once, and return when it answers; OSError where it is taken."""
        listener = socket.create_server((host, port))
        reached = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - it only names what was asked for
        self.port = listener.getsockname()[1]
        self.core.base_url = self.core.base_url or f"http://{reached}:{self.port}"
        self._server = _Server(
            uvicorn.Config(
                self.app, http=CuttableHTTP, ws=CuttableWebSocket, lifespan="off", log_level="warning",
                timeout_keep_alive=KEEP_ALIVE,
            )
        )  # fmt: skip
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(START_SECONDS / 0.01)):
            if self._server.started:
                return
            waited.wait(0.01)
        raise RuntimeError("The sandbox did not start")

    def stop(self) -> None:
        """Close every connection and return when the sandbox has ended."""
        if self._server is None or self._thread is None:
            return
        self.core.close()
        self._server.stop()
        self._thread.join()
        self._server = self._thread = None
