"""The HTTP side: health, figures, and Slack's requests where it reaches us by HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import uvicorn
from slack_bolt import BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.app import Bugle
from bot.health import readiness
from handlers.intake import Intake
from handlers.jira_webhook import is_secret, is_signed, receive
from views.calendar import CONTENT_TYPE
from workflows.calendars import CalendarFile, published


def web_app(bugle: Bugle) -> Starlette:
    """Return the HTTP application; its life is the program's: it starts and stops all parts."""

    def healthz(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    def readyz(_: Request) -> Response:
        parts = readiness(bugle)
        return JSONResponse(parts, 200 if set(parts.values()) == {"ok"} else 503)

    def metrics(_: Request) -> Response:
        return Response(bugle.metrics.page(), media_type="text/plain; version=0.0.4")

    async def slack_events(request: Request) -> Response:
        raw = (await request.body()).decode("utf-8", "replace")
        # Bolt's own adapter would dispatch on the event loop and hold everybody up.
        return await run_in_threadpool(_dispatch, bugle, raw, dict(request.headers))

    def calendar(request: Request) -> Response:
        found = published(bugle.context, request.path_params["token"])
        return PlainTextResponse("There is no such calendar.\n", 404) if found is None else _file(found)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(bugle.start)
        yield
        await run_in_threadpool(bugle.stop)

    routes = [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        Route("/calendar/{token}.ics", calendar),
        *Intake(bugle.context, bugle.settings.intake_secrets, bugle.acks.give_way).routes(),
    ]
    if bugle.settings.jira_webhook_secret:
        routes.append(Route("/jira/webhook", _jira_webhook(bugle), methods=["POST"]))
    if not bugle.settings.socket_mode:
        routes.append(Route("/slack/events", slack_events, methods=["POST"]))
    return Starlette(routes=routes, lifespan=life)


def serve(bugle: Bugle) -> None:
    """Run until SIGTERM or SIGINT, then stop in order."""
    settings = bugle.settings
    config = uvicorn.Config(
        web_app(bugle),
        host=settings.http_host,
        port=settings.http_port,
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run()


def _jira_webhook(bugle: Bugle) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers Jira: Cloud signs what it sends, for Data Center the address holds the secret."""
    secret = bugle.settings.jira_webhook_secret

    async def answer(request: Request) -> Response:
        body = await request.body()
        signature, given = request.headers.get("X-Hub-Signature"), request.query_params.get("secret", "")
        if not (is_signed(body, signature, secret) if signature else is_secret(given, secret)):
            return PlainTextResponse("Neither its signature nor its address has our secret.\n", 401)
        taken = await run_in_threadpool(receive, bugle.context, body)
        return Response(status_code=204) if taken else PlainTextResponse("Send a JSON object.\n", 400)

    return answer


def _file(found: CalendarFile) -> Response:
    # Whoever knows the address may read it; nothing between us and them should keep it.
    kept = {
        "Cache-Control": "private, max-age=300",
        "Content-Disposition": f'inline; filename="{found.name}"',
    }
    return Response(found.data, media_type=CONTENT_TYPE, headers=kept)


def _dispatch(bugle: Bugle, raw: str, headers: dict[str, str | Sequence[str]]) -> Response:
    with bugle.acks.answering("http"):
        answer = bugle.bolt.dispatch(BoltRequest(body=raw, headers=headers))
    sent = {name: values[0] for name, values in answer.headers.items() if values}
    return Response(answer.body, answer.status, sent)
