"""The Slack part of the control API: set up the app, act as a person, read what a person sees."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.cast import Person
from sandbox.control import ControlError, read_number, read_object
from sandbox.core import Core
from sandbox.slack import forms, gestures, screens, settings, writing
from sandbox.slack.acts import Act
from sandbox.slack.inputs import Place
from sandbox.slack.model import JSON
from sandbox.slack.screens import Surface
from sandbox.slack.state import Slack

Deed = Callable[[Slack, Person, JSON, Request], Awaitable[Act]]
Look = Callable[[Slack, Person, Request], JSON]
LONGEST_WAIT = 60.0


def routes(_core: Core, slack: Slack) -> list[BaseRoute]:
    """Return the Slack side's control routes."""

    def deed(path: str, do: Deed) -> BaseRoute:
        async def endpoint(request: Request) -> Response:
            who = screens.person(slack, request.path_params["user"])
            act = await do(slack, who, await read_object(request), request)
            return JSONResponse(act.as_json())

        return Route(f"/control/slack/as/{{user}}/{path}", endpoint, methods=["POST"])

    def look(path: str, see: Look) -> BaseRoute:
        async def endpoint(request: Request) -> Response:
            who = screens.person(slack, request.path_params["user"])
            await _wait(slack, request)
            return JSONResponse({"revision": slack.revision, **see(slack, who, request)})

        return Route(f"/control/slack/as/{{user}}/{path}", endpoint)

    return [
        *settings.routes(slack),
        *[deed(path, do) for path, do in DEEDS.items()],
        *[look(path, see) for path, see in LOOKS.items()],
    ]


async def _wait(slack: Slack, request: Request) -> None:
    """Hold a read with ?after=R until the revision is beyond R, at most ?timeout seconds."""
    if "after" not in request.query_params:
        return
    after = int(read_number(request.query_params["after"], 0, "after"))
    seconds = read_number(request.query_params.get("timeout"), 25.0, "timeout")
    await slack.changed.wait(lambda: slack.revision > after, min(seconds, LONGEST_WAIT))


def text(asked: JSON, name: str, default: str | None = None) -> str:
    """Return the text *name* of a request; *default* None makes it required."""
    value = asked.get(name, default)
    if not isinstance(value, str):
        raise ControlError(f'Give "{name}" as text.')
    return value


def _place(asked: JSON) -> Place:
    return Place(text(asked, "block_id"), text(asked, "action_id"))


def _surface(slack: Slack, who: Person, asked: JSON) -> Surface:
    if "view_id" in asked:
        return screens.on_view(slack, who, text(asked, "view_id"))
    return screens.on_message(slack, who, text(asked, "channel"), text(asked, "ts"))


async def _command(slack: Slack, who: Person, asked: JSON, _: Request) -> Act:
    thread = asked.get("thread_ts")
    return await gestures.command(
        slack,
        who,
        text(asked, "command"),
        text(asked, "text", ""),
        channel_id=text(asked, "channel"),
        thread_ts=thread,
    )


async def _shortcut(slack: Slack, who: Person, asked: JSON, _: Request) -> Act:
    return await gestures.shortcut(slack, who, text(asked, "callback_id"))


async def _message_shortcut(slack: Slack, who: Person, asked: JSON, _: Request) -> Act:
    message = screens.message(slack, who, text(asked, "channel"), text(asked, "ts"))
    return await gestures.shortcut(slack, who, text(asked, "callback_id"), message)


async def _message(slack: Slack, who: Person, asked: JSON, _: Request) -> Act:
    message = writing.write(
        slack, who, screens.channel(slack, who, text(asked, "channel")), text(asked, "text", ""),
        thread_ts=asked.get("thread_ts"), files=asked.get("files"), broadcast=bool(asked.get("broadcast")),
    )  # fmt: skip
    return Act(message=screens.seen_message(slack, message))


def _named(slack: Slack, who: Person, asked: JSON) -> Any:
    return screens.message(slack, who, text(asked, "channel"), text(asked, "ts"))


async def _edit(slack: Slack, who: Person, asked: JSON, _: Request) -> Act:
    message = _named(slack, who, asked)
    writing.edit(slack, who, message, text(asked, "text"))
    return Act(message=screens.seen_message(slack, message))


async def _delete(slack: Slack, who: Person, asked: JSON, _: Request) -> Act:
    writing.delete(slack, who, _named(slack, who, asked))
    return Act()


async def _react(slack: Slack, who: Person, asked: JSON, _: Request) -> Act:
    message = _named(slack, who, asked)
    writing.react(slack, who.id, message, text(asked, "name"), remove=bool(asked.get("remove")))
    return Act(message=screens.seen_message(slack, message))


async def _action(slack: Slack, who: Person, asked: JSON, request: Request) -> Act:
    if "view" in request.path_params:
        asked = {**asked, "view_id": request.path_params["view"]}
    confirmed = bool(asked.get("confirmed"))
    surface = _surface(slack, who, asked)
    return await gestures.press(slack, who, surface, _place(asked), asked.get("value"), confirmed=confirmed)


async def _options(slack: Slack, who: Person, asked: JSON, _: Request) -> Act:
    surface = _surface(slack, who, asked)
    return await gestures.options(slack, who, surface, _place(asked), text(asked, "query", ""))


async def _home(slack: Slack, who: Person, asked: JSON, _: Request) -> Act:
    return gestures.open_home(slack, who, text(asked, "tab", "home"))


async def _set(slack: Slack, who: Person, asked: JSON, request: Request) -> Act:
    surface = screens.on_view(slack, who, request.path_params["view"])
    return await forms.fill(slack, who, surface, _place(asked), asked.get("value"))


async def _submit(slack: Slack, who: Person, _: JSON, request: Request) -> Act:
    return await forms.submit(slack, who, screens.view(slack, who, request.path_params["view"]))


async def _close(slack: Slack, who: Person, asked: JSON, request: Request) -> Act:
    view = screens.view(slack, who, request.path_params["view"])
    return await forms.close(slack, who, view, whole_stack=bool(asked.get("all")))


DEEDS: dict[str, Deed] = {
    "command": _command,
    "shortcut": _shortcut,
    "message_shortcut": _message_shortcut,
    "message": _message,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "action": _action,
    "options": _options,
    "home": _home,
    "view/{view}/set": _set,
    "view/{view}/action": _action,
    "view/{view}/submit": _submit,
    "view/{view}/close": _close,
}


def _channels(slack: Slack, who: Person, _: Request) -> JSON:
    return {"channels": screens.seen_channels(slack, who)}


def _messages(slack: Slack, who: Person, request: Request) -> JSON:
    channel, thread = request.path_params["channel"], request.path_params.get("ts")
    return {"messages": screens.seen_messages(slack, who, channel, thread)}


def _views(slack: Slack, who: Person, _: Request) -> JSON:
    return {"views": [screens.seen_view(view) for view in slack.views.shown(who.id)]}


def _home_view(slack: Slack, who: Person, _: Request) -> JSON:
    home = slack.views.home(who.id)
    return {"view": screens.seen_view(home) if home else None}


LOOKS: dict[str, Look] = {
    "channels": _channels,
    "channel/{channel}/messages": _messages,
    "channel/{channel}/thread/{ts}": _messages,
    "views": _views,
    "home": _home_view,
}
