"""The control API of what both sides share: clock, troubles, call log, live stream, connection details."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from sandbox.core import Core
from sandbox.trouble import Kind, Trouble

Connection = Callable[[], dict[str, Any]]
Endpoint = Callable[[Request], Awaitable[Response]]
LONGEST_WAIT = 60.0


class ControlError(Exception):
    """A control request that cannot be done; the message is a sentence that says what to do."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


async def control_error(_: Request, error: Exception) -> Response:
    """Answer a ControlError as JSON."""
    assert isinstance(error, ControlError)
    return JSONResponse({"error": str(error)}, error.status)


async def read_object(request: Request) -> dict[str, Any]:
    """Return the request's body, which must be a JSON object; an empty body is an empty object."""
    body = await request.body()
    try:
        parsed = json.loads(body or b"{}")
    except ValueError as error:
        raise ControlError(f"Send a JSON object as the body: {error}.") from error
    if not isinstance(parsed, dict):
        raise ControlError("Send a JSON object as the body.")
    return parsed


def read_number(text: str | None, default: float, name: str) -> float:
    """Return the number a query parameter *name* holds, or *default* where it is absent."""
    try:
        return default if text is None else float(text)
    except ValueError as error:
        raise ControlError(f"Give {name} as a number.") from error


def routes(core: Core, connections: dict[str, Connection]) -> list[BaseRoute]:
    """Return the core's control routes; *connections* tell per service how a bot connects to it."""

    async def health(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def app(_: Request) -> Response:
        parts = {service: describe() for service, describe in connections.items()}
        return JSONResponse({"url": core.base_url, **parts})

    return [
        Route("/control/health", health),
        Route("/control/app", app),
        *_clock_routes(core),
        *_trouble_routes(core),
        *_log_routes(core),
    ]


def _clock_routes(core: Core) -> list[BaseRoute]:
    def shown() -> Response:
        clock = core.clock
        return JSONResponse(
            {
                "now": clock.now().isoformat(),
                "offset": clock.offset.total_seconds(),
                "version": clock.version,
            }
        )

    async def read(request: Request) -> Response:
        if "after" in request.query_params:
            after = int(read_number(request.query_params["after"], 0, "after"))
            seconds = read_number(request.query_params.get("timeout"), 25.0, "timeout")
            await core.clock.wait(after, min(seconds, LONGEST_WAIT))
        return shown()

    async def move(request: Request) -> Response:
        by = _movement(await read_object(request), core.clock.now())
        try:
            core.clock.move(by)
        except ValueError as error:
            raise ControlError(f"{error}: give a positive advance, or a time to come.") from error
        core.live.publish("clock", {"now": core.clock.now().isoformat(), "version": core.clock.version})
        return shown()

    return [Route("/control/clock", read), Route("/control/clock", move, methods=["POST"])]


def _movement(asked: dict[str, Any], now: datetime) -> timedelta:
    """Return how far *asked* moves the clock: {"advance": seconds} or {"to": an ISO time with its offset}."""
    if set(asked) == {"advance"} and isinstance(asked["advance"], int | float):
        return timedelta(seconds=asked["advance"])
    if set(asked) == {"to"} and isinstance(asked["to"], str):
        try:
            to = datetime.fromisoformat(asked["to"])
        except ValueError as error:
            raise ControlError('Give "to" as an ISO time such as 2026-11-23T09:00:00+00:00.') from error
        if to.tzinfo is None:
            raise ControlError('Give "to" with its offset, such as 2026-11-23T09:00:00+00:00.')
        return to.astimezone(UTC) - now
    raise ControlError('Send {"advance": seconds} or {"to": "an ISO time"}.')


def _trouble_routes(core: Core) -> list[BaseRoute]:
    async def read(_: Request) -> Response:
        return JSONResponse({"troubles": [trouble.as_json() for trouble in core.troubles.all()]})

    async def add(request: Request) -> Response:
        return JSONResponse(_start_trouble(core, await read_object(request)).as_json(), 201)

    async def clear(_: Request) -> Response:
        core.troubles.clear()
        return Response(status_code=204)

    async def remove(request: Request) -> Response:
        number = request.path_params["id"]
        if not core.troubles.remove(number):
            raise ControlError(f"There is no trouble {number}; GET /control/troubles lists them.", 404)
        return Response(status_code=204)

    return [
        Route("/control/troubles", read),
        Route("/control/troubles", add, methods=["POST"]),
        Route("/control/troubles", clear, methods=["DELETE"]),
        Route("/control/troubles/{id:int}", remove, methods=["DELETE"]),
    ]


_NUMBERS = ("times", "seconds", "delay", "retry_after", "status")


def _start_trouble(core: Core, asked: dict[str, Any]) -> Trouble:
    known = {field.name for field in fields(Trouble)} - {"id"}
    if unknown := sorted(set(asked) - known):
        raise ControlError(f"Leave out {', '.join(unknown)}; a trouble has {', '.join(sorted(known))}.")
    if asked.get("service") not in ("slack", "jira", "bot", "*"):
        raise ControlError('Give "service" as slack, jira, bot or *.')
    if asked.get("kind") not in [kind.value for kind in Kind]:
        raise ControlError(f'Give "kind" as one of {", ".join(Kind)}.')
    for name, value in asked.items():
        if name in _NUMBERS and not (isinstance(value, int | float) and value >= 0):
            raise ControlError(f'Give "{name}" as a number, 0 or more.')
        if name not in _NUMBERS and not isinstance(value, str):
            raise ControlError(f'Give "{name}" as a string.')
    if not 100 <= asked.get("status", 500) <= 599:
        raise ControlError('Give "status" as an HTTP status, such as 503.')
    return core.troubles.add(**asked)


def _log_routes(core: Core) -> list[BaseRoute]:
    async def calls(request: Request) -> Response:
        after = int(read_number(request.query_params.get("after"), 0, "after"))
        found = core.calls.since(after)
        return JSONResponse({"calls": [call.as_json() for call in found], "last": core.calls.last})

    async def live(_: Request) -> Response:
        return StreamingResponse(
            _server_sent(core), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    return [Route("/control/calls", calls), Route("/control/live", live)]


async def _server_sent(core: Core) -> AsyncIterator[str]:
    """Yield what happens as server-sent events named by kind."""
    async for happening in core.live.subscribe():
        yield f"event: {happening.kind}\ndata: {json.dumps(happening.data, ensure_ascii=False)}\n\n"
