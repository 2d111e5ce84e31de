"""What help desks send by HTTP: `POST /intake/{source}`.

Who sends it is asked before anything is read in it, and 2xx is only answered when it is in the database: help
desks send again what was not, under the same id, and get the same answer. Answers are JSON, in English: who
connects a help desk reads them in its log.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from domain.customer_config import Source
from domain.intake import Hello, Reason, Refused, read
from domain.webhook_signatures import is_genuine
from handlers.intake_document import document
from storage.database import DatabaseError
from workflows.context import Context
from workflows.taking_in import take

MOST = 1_000_000  # bytes of a body
PATIENCE = 10.0  # seconds for a body to arrive
RETRY_AFTER = 30  # seconds
AT_A_TIME = 4  # what people press in Slack has the other threads

log = logging.getLogger(__name__)


class TooMuch(Exception):
    """A body that is longer than it may be."""


class Intake:
    """Answers help desks. `secrets` are those of the sources, by their settings."""

    def __init__(self, ctx: Context, secrets: Mapping[str, str], give_way: Callable[[], None]) -> None:
        self._ctx = ctx
        self._secrets = secrets
        self._give_way = give_way
        self._sources = {source.key: source for source in ctx.config.intakes}
        self._threads = CapacityLimiter(AT_A_TIME)

    def routes(self) -> list[BaseRoute]:
        """Return the route and the one of its document; none where bugle.toml has no [[intake]]."""
        if not self._sources:
            return []
        return [
            Route("/intake/{source}", self._receive, methods=["POST", "HEAD"]),
            Route("/openapi.json", self._document),
        ]

    async def _document(self, _: Request) -> Response:
        return JSONResponse(document(self._sources.values(), self._ctx.public_url))

    async def _receive(self, request: Request) -> Response:
        source = self._sources.get(request.path_params["source"])
        if source is None:
            return _refusal(404, Reason("$", "no [[intake]] of bugle.toml has this key"))
        if request.method == "HEAD":  # Intercom asks so whether somebody is there
            return Response(status_code=200)
        try:
            body = await asyncio.wait_for(_body(request), PATIENCE)
        except TooMuch:
            return _refusal(413, Reason("$", f"is longer than {MOST} bytes"), Connection="close")
        except (TimeoutError, ClientDisconnect):
            return _refusal(408, Reason("$", "did not arrive in time"), Connection="close")
        headers = {name.lower(): value for name, value in reversed(request.headers.items())}
        return await to_thread.run_sync(self._answer, source, headers, body, limiter=self._threads)

    def _answer(self, source: Source, headers: Mapping[str, str], body: bytes) -> Response:
        secret = self._secrets.get(source.setting, "")
        if not is_genuine(source.kind, secret, headers, body, datetime.now(UTC)):
            reason = Reason("$", "is not signed with the secret of this source, or too long ago")
            return _refusal(401, reason, **{"WWW-Authenticate": f'Bearer realm="{source.key}"'})
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            return _refusal(415, Reason("$", "is not application/json"))
        try:
            incoming = read(_parsed(body), source, self._ctx.config.products)
        except Hello:
            return JSONResponse({"challenge": headers.get("x-front-challenge", "")})
        except Refused as error:
            return _refusal(422, *error.reasons)
        self._give_way()
        try:
            kept = take(self._ctx, source, incoming)
        except DatabaseError:
            log.exception("What %s sent could not be kept; it was told to send it again", source.key)
            again = Reason("$", "cannot be kept at this moment: send it again")
            return _refusal(503, again, **{"Retry-After": str(RETRY_AFTER)})
        left_out = [asdict(each) for each in incoming.left_out]
        return JSONResponse({"id": kept.id, "left_out": left_out}, 201 if kept.is_new else 200)


async def _body(request: Request) -> bytes:
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > MOST:
        raise TooMuch
    body = bytearray()
    async for chunk in request.stream():  # it may come without a length
        body += chunk
        if len(body) > MOST:
            raise TooMuch
    return bytes(body)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(Reason("$", "cannot be read as JSON in UTF-8")) from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _refusal(status: int, *reasons: Reason, **headers: str) -> Response:
    return JSONResponse({"reasons": [asdict(each) for each in reasons]}, status, headers)
