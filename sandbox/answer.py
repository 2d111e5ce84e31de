"""How each call is answered: troubles first, then the real handler, and all of it in the call log."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from sandbox.connection import cut
from sandbox.core import Core
from sandbox.trouble import Kind, Trouble

LONGEST_SHOWN = 50_000


@dataclass(frozen=True)
class Reply:
    """An answer before it becomes HTTP: `body` is JSON, `content` raw bytes instead; neither is empty.

    `outcome` (ok or the status where not given) and `scope` go to the call log.
    """

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    media_type: str = "application/json;charset=UTF-8"
    outcome: str = ""
    scope: str | None = None

    def named_outcome(self) -> str:
        """Return what the call log calls the outcome."""
        return self.outcome or ("ok" if self.status < 400 else str(self.status))

    def response(self) -> Response:
        """Return the HTTP response."""
        content = self.content
        if content is None and self.body is not None:
            content = json.dumps(self.body, ensure_ascii=False).encode()
        response = Response(content, self.status, media_type=None if content is None else self.media_type)
        for name, value in self.headers.items():
            response.headers[name] = value
        return response


Handler = Callable[[Request], Awaitable[Reply]]
Refusal = Callable[[Trouble], Reply]


_CUTS = (Kind.DOWN.value, Kind.CUT_BEFORE.value, Kind.CUT_AFTER.value)


@dataclass(frozen=True)
class Side:
    """One of the services (`name` is slack or jira); `refusal` gives troubles the shape that service uses."""

    core: Core
    name: str
    refusal: Refusal

    async def answer(self, method: str, request: Request, handler: Handler) -> Response:
        """Answer *request* by *handler* unless a trouble says otherwise, and log it as *method*.

        The whole body is read first, so that troubles can match it and the log can show it. A handler runs to
        its end even when the caller has gone. What it raises is logged as `crashed` and raised on.
        """
        started, at = time.perf_counter(), datetime.now(UTC)
        body = await request.body()
        outcome, reply = "crashed", Reply()
        try:
            outcome, reply = await self._outcome(method, request, handler, body)
        finally:
            call = self.core.calls.add(
                service=self.name, method=method, at=at, request=_readable(request, body),
                response=_shown(reply),
                outcome=outcome, milliseconds=(time.perf_counter() - started) * 1000, scope=reply.scope,
            )  # fmt: skip
            self.core.live.publish("call", call.headline())
        if outcome in _CUTS:
            await cut(request.scope)
        return reply.response()

    async def _outcome(
        self, method: str, request: Request, handler: Handler, body: bytes
    ) -> tuple[str, Reply]:
        """Let the troubles have their way; return the outcome's name and the reply."""
        taken = self.core.troubles.take(self.name, method, body.decode(errors="replace"))
        trouble = next((one for one in taken if one.kind is not Kind.SLOW), None)
        kind = trouble.kind if trouble else None
        if kind in (Kind.DOWN, Kind.CUT_BEFORE):
            return kind.value, Reply()
        await asyncio.sleep(sum(one.delay for one in taken if one.kind is Kind.SLOW))
        if trouble and kind in (Kind.RATE_LIMIT, Kind.ERROR, Kind.AUTH):
            reply = self.refusal(trouble)
            return reply.named_outcome(), reply
        reply = await handler(request)
        if trouble and kind is Kind.ERROR_AFTER:
            reply = self.refusal(trouble)
        return (kind.value if kind is Kind.CUT_AFTER else reply.named_outcome()), reply


def _shown(reply: Reply) -> Any:
    """Return an answer as the log keeps it: long ones only as their size."""
    if reply.content is not None:
        return f"<{len(reply.content)} bytes>"
    size = len(json.dumps(reply.body))
    return reply.body if size <= LONGEST_SHOWN else f"<{size} characters of JSON>"


def _readable(request: Request, body: bytes) -> Any:
    """Return the request's parameters and body as JSON for the log: files as their size, no tokens."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    shown: dict[str, Any] = dict(request.query_params)
    if request.path_params:
        shown["path"] = request.url.path
    if not body:
        pass
    elif kind == "application/x-www-form-urlencoded":
        shown |= dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    elif kind == "application/json" and isinstance(parsed := _json(body), dict):
        shown |= parsed
    else:
        shown["body"] = f"<{len(body)} bytes of {kind or 'no named kind'}>"
    shown.pop("token", None)
    return shown


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
