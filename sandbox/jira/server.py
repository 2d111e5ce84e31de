"""Jira over HTTP: its routes, each behind authentication, troubles and the call log."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.answer import Reply, Side
from sandbox.core import Core
from sandbox.jira import (
    attachments,
    comments,
    issues,
    links,
    meta,
    people,
    projects,
    properties,
    search,
    site,
    workflow,
)
from sandbox.jira.access import authenticated
from sandbox.jira.ask import Ask, Endpoint, Upload
from sandbox.jira.errors import JiraError, trouble_reply, unauthorized, unknown_route
from sandbox.jira.state import Jira
from sandbox.jira.webhooks import Messenger

ENDPOINTS: tuple[Endpoint, ...] = (
    *site.ENDPOINTS,
    *search.ENDPOINTS,
    *meta.ENDPOINTS,
    *issues.ENDPOINTS,
    *comments.ENDPOINTS,
    *workflow.ENDPOINTS,
    *attachments.ENDPOINTS,
    *links.ENDPOINTS,
    *properties.ENDPOINTS,
    *people.ENDPOINTS,
    *projects.ENDPOINTS,
)
VERBS = ["GET", "POST", "PUT", "DELETE", "PATCH"]


def routes(core: Core, jira: Jira) -> list[BaseRoute]:
    """Return Jira's routes; an address it does not have is answered as Jira does, and logged as unknown."""
    jira.listener = Messenger(jira).heard
    side = Side(core, "jira", lambda trouble: trouble_reply(trouble, cloud=jira.cloud))

    async def unknown(request: Request) -> Response:
        method = f"{request.method} {request.path_params['rest']}"
        return await side.answer(method, request, _unknown)

    async def browse(request: Request) -> Response:
        return RedirectResponse(f"/?issue={request.path_params['key']}")

    return [
        *(
            Route(
                f"/jira/rest/api/{{version}}/{endpoint.path}",
                _endpoint(side, jira, endpoint),
                methods=[endpoint.verb],
            )
            for endpoint in ENDPOINTS
        ),
        Route(f"/jira/{attachments.FILE.path}", _endpoint(side, jira, attachments.FILE)),
        Route("/jira/browse/{key}", browse),
        Route("/jira/{rest:path}", unknown, methods=VERBS),
    ]


async def _unknown(request: Request) -> Reply:
    return unknown_route(str(request.url))


def _endpoint(side: Side, jira: Jira, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Reply:
        version = _version(jira, request.path_params.get("version", "2"))
        if version is None or jira.deployment not in endpoint.deployments:
            return unknown_route(str(request.url))
        account = authenticated(jira, request)
        known = account is not None or (endpoint.open and _may_be_anonymous(jira, request))
        if not known:
            return unauthorized(cloud=jira.cloud)
        try:
            ask = Ask(
                jira, account or jira.service, version, path=request.path_params, query=_query(request),
                headers=request.headers, body=await _body(request), uploads=await _uploads(request),
            )  # fmt: skip
            reply = endpoint.handler(ask)
        except JiraError as error:
            return error.reply()
        return reply

    async def respond(request: Request) -> Response:
        response = await side.answer(endpoint.method, request, handle)
        reason = "OK" if authenticated(jira, request) else "AUTHENTICATED_FAILED"
        response.headers["X-Seraph-LoginReason"] = reason
        return response

    return respond


def _version(jira: Jira, said: str) -> int | None:
    """Return the REST version a path names; Data Center has no 3."""
    return {"2": 2, "latest": 2, "3": 3 if jira.cloud else None}.get(said)


def _may_be_anonymous(jira: Jira, request: Request) -> bool:
    """Tell whether an open route answers: on Cloud even to wrong credentials, on Data Center to none."""
    return jira.cloud or "authorization" not in request.headers


def _query(request: Request) -> dict[str, list[str]]:
    return {name: request.query_params.getlist(name) for name in request.query_params}


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _body(request: Request) -> Any:
    """Return the JSON sent, None where nothing or a form was; JiraError where it is something else."""
    body = await request.body()
    kind = _kind(request)
    if not body or kind == "multipart/form-data" or request.method == "GET":
        return None
    if kind != "application/json":
        raise JiraError(415, f"The content type '{kind}' is not supported; send application/json.")
    try:
        return json.loads(body)
    except ValueError as error:
        raise JiraError(400, f"Unexpected character or end of input in the JSON sent: {error}") from error


async def _uploads(request: Request) -> tuple[Upload, ...]:
    """Return the files sent in the form's `file` fields."""
    if _kind(request) != "multipart/form-data":
        return ()
    async with request.form() as form:
        files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
        return tuple(
            [
                Upload(
                    one.filename or "file", one.content_type or "application/octet-stream", await one.read()
                )
                for one in files
            ]
        )
