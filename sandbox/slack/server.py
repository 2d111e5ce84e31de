"""What the pretend Slack answers under /slack: the Web API, sockets, response URLs, files and permalinks."""

import json
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from sandbox.answer import Reply
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
    topics,
    usergroups,
    users,
    views,
)
from sandbox.slack.answers import show_answer
from sandbox.slack.arguments import Refused
from sandbox.slack.state import Slack
from sandbox.slack.web import WebAPI, plain, slack_side

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
    *topics.METHODS,
    *usergroups.METHODS,
    *users.METHODS,
    *views.METHODS,
)


def routes(_core: Core, slack: Slack) -> list[BaseRoute]:
    """Return the routes of the pretend Slack."""
    api, side = WebAPI(slack, METHODS), slack_side(slack.core)

    async def socket(websocket: WebSocket) -> None:
        await slack.delivery.sockets.serve(websocket)

    async def respond(request: Request) -> Response:
        return await side.answer("response_url", request, lambda one: _respond(slack, one))

    async def archive(request: Request) -> Response:
        return RedirectResponse(_page_of(request))

    return [
        Route("/slack/api/{method}", api.endpoint, methods=["GET", "POST"]),
        WebSocketRoute("/slack/socket", socket),
        Route("/slack/response/{name}", respond, methods=["POST"]),
        Route("/slack/archives/{channel}/{ts}", archive),
        *files.routes(slack),
    ]


def _page_of(request: Request) -> str:
    """Return where the page for people shows the message of a permalink."""
    name = request.path_params["ts"].removeprefix("p")
    asked = {"channel": request.path_params["channel"], "ts": f"{name[:-6]}.{name[-6:]}"}
    return f"/?{urlencode({**asked, **request.query_params})}"


async def _respond(slack: Slack, request: Request) -> Reply:
    """Take what an app answers through a response URL."""
    reply = slack.reply_urls.use(request.path_params["name"])
    if isinstance(reply, str):
        return Reply({"ok": False, "error": reply}, 404, outcome=reply)
    try:
        payload = json.loads(await request.body())
    except ValueError:
        return plain("invalid_payload", 400)
    if not isinstance(payload, dict):
        return plain("invalid_payload", 400)
    try:
        show_answer(slack, reply, payload)
    except Refused as refused:
        return plain(refused.error, 400)
    return plain("ok")
