"""Control of user groups: who is in them, as admins see and change it in Slack."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.control import ControlError, read_object
from sandbox.slack import shapes
from sandbox.slack.model import JSON
from sandbox.slack.state import Slack
from sandbox.slack.usergroups import enable, hold


def routes(slack: Slack) -> list[BaseRoute]:
    """Return the control routes for user groups."""

    async def groups(_: Request) -> Response:
        return JSONResponse({"groups": [shapes.group(one, users=True) for one in slack.groups.values()]})

    async def set_group(request: Request) -> Response:
        return JSONResponse(_set(slack, request.path_params["group"], await read_object(request)))

    return [
        Route("/control/slack/groups", groups),
        Route("/control/slack/group/{group}", set_group, methods=["POST"]),
    ]


def _set(slack: Slack, group_id: str, asked: JSON) -> JSON:
    """Change a group: {"members": users}, {"disabled": true or false}."""
    group = slack.groups.get(group_id)
    if group is None:
        raise ControlError(f"There is no user group {group_id}.", 404)
    if unknown := sorted(set(asked) - {"members", "disabled"}):
        raise ControlError(f"Leave out {', '.join(unknown)}; known are members, disabled.")
    members = asked.get("members", group.members)
    if any(user not in slack.people for user in members) or not members:
        raise ControlError('Give "members" as ids of people; GET /control/slack/people lists them.')
    if "members" in asked:
        hold(slack, group, members)
    if "disabled" in asked:
        enable(slack, group, on=not asked["disabled"])
    return shapes.group(group, users=True)
