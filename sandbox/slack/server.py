"""What the pretend Slack answers under /slack: the Web API, sockets, response URLs, files and permalinks."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from sandbox.core import Core
from sandbox.slack import (
    apps,
    auth,
    bookmarks,
    chat,
    conversations,
    files,
    pins,
    reactions,
    team,
    usergroups,
    users,
    views,
)
from sandbox.slack.answers import show_answer
from sandbox.slack.arguments import Refused
from sandbox.slack.state import Slack
from sandbox.slack.web import WebAPI

METHODS = (
    *apps.METHODS,
    *auth.METHODS,
    *bookmarks.METHODS,
    *chat.METHODS,
    *conversations.METHODS,
    *files.METHODS,
    *pins.METHODS,
    *reactions.METHODS,
    *team.METHODS,
    *usergroups.METHODS,
    *users.METHODS,
    *views.METHODS,
)


def routes(_core: Core, slack: Slack) -> list[BaseRoute]:
    """Return the routes of the pretend Slack."""
    api = WebAPI(slack, METHODS)

    async def socket(websocket: WebSocket) -> None:
        await slack.delivery.sockets.serve(websocket)

    async def respond(request: Request) -> Response:
        return await _respond(slack, request)

    async def archive(request: Request) -> Response:
        channel, name = request.path_params["channel"], request.path_params["ts"]
        return RedirectResponse(f"/#/slack/{channel}/{name}")

    return [
        Route("/slack/api/{method}", api.endpoint, methods=["GET", "POST"]),
        WebSocketRoute("/slack/socket", socket),
        Route("/slack/response/{name}", respond, methods=["POST"]),
        Route("/slack/archives/{channel}/{ts}", archive),
        *files.routes(slack),
    ]


async def _respond(slack: Slack, request: Request) -> Response:
    """Take what an app answers through a response URL."""
    reply = slack.reply_urls.use(request.path_params["name"])
    if isinstance(reply, str):
        return JSONResponse({"ok": False, "error": reply}, 404)
    try:
        payload = json.loads(await request.body())
    except ValueError:
        return PlainTextResponse("invalid_payload", 400)
    if not isinstance(payload, dict):
        return PlainTextResponse("invalid_payload", 400)
    try:
        show_answer(slack, reply, payload)
    except Refused as refused:
        return PlainTextResponse(refused.error, 400)
    return PlainTextResponse("ok")
