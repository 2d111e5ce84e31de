"""The sandbox put together: one Starlette application on one port."""

import importlib
import socket
import threading
from importlib.util import find_spec
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox import control
from sandbox.connection import CuttableHTTP, CuttableWebSocket
from sandbox.core import Core

KEEP_ALIVE = 75
STOP_SECONDS = 1
START_SECONDS = 20


async def _not_found(request: Request, _: Exception) -> Response:
    if request.url.path.startswith("/control/"):
        sentence = f"There is no {request.method} {request.url.path}; docs/sandbox.md lists the control API."
        return JSONResponse({"error": sentence}, 404)
    return PlainTextResponse("Not Found", 404)


class Sandbox:
    """A pretend Slack and Jira, built but not started; options are those of each side.

    *deployment* is `cloud` or `server` (Jira Data Center); *index_delay* is how many seconds of business time
    Jira's search lags behind.
    """

    def __init__(self, *, deployment: str = "cloud", index_delay: float = 0.0) -> None:
        self.core = Core()
        self.slack: Any = None
        self.jira: Any = None
        routes: list[Any] = []
        if find_spec("sandbox.slack.server"):  # pragma: no cover - until both sides are there
            slack = importlib.import_module("sandbox.slack.server")
            self.slack = importlib.import_module("sandbox.slack.state").Slack(self.core)
            routes += slack.routes(self.core, self.slack)
            routes += importlib.import_module("sandbox.slack.control").routes(self.core, self.slack)
        if find_spec("sandbox.jira") and find_spec("sandbox.jira.server"):
            jira = importlib.import_module("sandbox.jira.server")
            self.jira = importlib.import_module("sandbox.jira.state").Jira(
                self.core, deployment=deployment, index_delay=index_delay
            )
            routes += jira.routes(self.core, self.jira)
            routes += importlib.import_module("sandbox.jira.control").routes(self.core, self.jira)
        sides = {"slack": self.slack, "jira": self.jira}
        connections = {name: side.connection for name, side in sides.items() if side is not None}
        self.app = Starlette(
            routes=[*control.routes(self.core, connections), *routes],
            exception_handlers={control.ControlError: control.control_error, 404: _not_found},
        )
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where the sandbox listens, without a trailing slash; empty before it is started."""
        return self.core.base_url

    def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen on *port* (0: any free one) and return when it answers; OSError where it is taken."""
        listener = socket.create_server((host, port))
        self.core.base_url = f"http://{host}:{listener.getsockname()[1]}"
        self._server = uvicorn.Server(
            uvicorn.Config(
                self.app, http=CuttableHTTP, ws=CuttableWebSocket, lifespan="off", log_level="warning",
                timeout_keep_alive=KEEP_ALIVE, timeout_graceful_shutdown=STOP_SECONDS,
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
        self._server.should_exit = True
        self.core.close()
        self._thread.join()
        self._server = self._thread = None
