"""The control API's Jira side: looking at everything, setting things up, and acting as a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.control import ControlError, read_object
from sandbox.core import Core
from sandbox.jira import deeds, setup, workflow
from sandbox.jira.ask import Ask
from sandbox.jira.errors import JiraError
from sandbox.jira.model import Account, Issue
from sandbox.jira.state import Jira


def routes(core: Core, jira: Jira) -> list[BaseRoute]:  # noqa: ARG001 - every part is mounted alike
    """Return Jira's control routes."""
    return [*_views(jira), *_acts(jira), *_setup(jira), *_webhooks(jira)]


def everything(jira: Jira, issue: Issue) -> dict[str, Any]:
    """Return an issue with all there is to know of it."""
    ask = Ask(jira, jira.service)
    shapes = ask.shapes
    return shapes.issue(issue) | {
        "creator": shapes.user(issue.creator),
        "changelog": [shapes.change(change) for change in issue.changes],
        "remoteLinks": [shapes.remote_link(issue, one) for one in issue.remote_links],
        "properties": issue.properties,
        "watchers": [shapes.user(one) for one in issue.watchers],
        "transitions": [
            {"id": one.id, "name": one.name, "to": one.to.name, "resolves": one.resolves}
            for one in workflow.possible(issue)
        ],
        "browse": f"{jira.url}/browse/{issue.key}",
    }


def _issue(jira: Jira, request: Request) -> Issue:
    key = request.path_params["key"]
    issue = jira.find_issue(key)
    if issue is None:
        raise ControlError(f"There is no issue {key}; GET /control/jira/issues lists them.", 404)
    return issue


def _account(jira: Jira, request: Request) -> Account:
    who = request.path_params["account"]
    account = jira.find_account(who)
    if account is None:
        raise ControlError(f"{who} has no Jira account; GET /control/jira lists who has.", 404)
    return account


def _views(jira: Jira) -> list[BaseRoute]:
    async def settings(_: Request) -> Response:
        return JSONResponse(setup.settings(jira))

    async def issues(_: Request) -> Response:
        newest_first = sorted(jira.issues.values(), key=lambda issue: int(issue.id), reverse=True)
        return JSONResponse({"issues": [everything(jira, issue) for issue in newest_first]})

    async def issue(request: Request) -> Response:
        return JSONResponse(everything(jira, _issue(jira, request)))

    async def attachment(request: Request) -> Response:
        wanted = request.path_params["id"]
        for held in jira.issues.values():
            for one in held.attachments:
                if one.id == wanted:
                    return Response(one.content, media_type=one.media_type)
        raise ControlError(f"There is no attachment {wanted}.", 404)

    return [
        Route("/control/jira", settings),
        Route("/control/jira/issues", issues),
        Route("/control/jira/issues/{key}", issue),
        Route("/control/jira/attachments/{id}", attachment),
    ]


def _acts(jira: Jira) -> list[BaseRoute]:
    async def create(request: Request) -> Response:
        asked = await read_object(request)
        with _refusals():
            issue = deeds.create(Ask(jira, _account(jira, request)), asked)
        return JSONResponse(everything(jira, issue), 201)

    async def act(request: Request) -> Response:
        account, issue = _account(jira, request), _issue(jira, request)
        deed = deeds.DEEDS.get(request.path_params["deed"])
        if deed is None:
            raise ControlError(f"A person can {', '.join(deeds.DEEDS)}.", 404)
        asked = await read_object(request)
        with _refusals():
            deed(Ask(jira, account, path={"issue": issue.id}), issue, asked)
        gone = issue.id not in jira.issues
        return JSONResponse({"deleted": issue.key} if gone else everything(jira, issue))

    return [
        Route("/control/jira/as/{account}/issues", create, methods=["POST"]),
        Route("/control/jira/as/{account}/issues/{key}/{deed}", act, methods=["POST"]),
    ]


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn Jira's refusals into the control API's."""
    try:
        yield
    except JiraError as error:
        reasons = [*error.messages, *(f"{name}: {text}" for name, text in error.errors.items())]
        raise ControlError("Jira refuses: " + " ".join(reasons)) from error


def _setup(jira: Jira) -> list[BaseRoute]:
    async def change(request: Request) -> Response:
        setup.change(jira, await read_object(request))
        return JSONResponse(setup.settings(jira))

    async def project(request: Request) -> Response:
        key = request.path_params["key"]
        found = jira.find_project(key)
        if found is None:
            known = ", ".join(one.key for one in jira.projects)
            raise ControlError(f"There is no project {key}; there are {known}.", 404)
        setup.change_project(jira, found, await read_object(request))
        return JSONResponse(setup.project(jira, found))

    return [
        Route("/control/jira", change, methods=["POST"]),
        Route("/control/jira/projects/{key}", project, methods=["POST"]),
    ]


def _webhooks(jira: Jira) -> list[BaseRoute]:
    async def listed(_: Request) -> Response:
        return JSONResponse({"webhooks": [hook.as_json() for hook in jira.webhooks.hooks]})

    async def add(request: Request) -> Response:
        return JSONResponse(setup.add_webhook(jira, await read_object(request)).as_json(), 201)

    async def remove(request: Request) -> Response:
        number = request.path_params["id"]
        if not jira.webhooks.remove(number):
            raise ControlError(f"There is no webhook {number}; GET /control/jira/webhooks lists them.", 404)
        return Response(status_code=204)

    return [
        Route("/control/jira/webhooks", listed),
        Route("/control/jira/webhooks", add, methods=["POST"]),
        Route("/control/jira/webhooks/{id:int}", remove, methods=["DELETE"]),
    ]
