"""Control of the app and the workspace: tokens, scopes, delivery, sockets, sharing, people."""

from dataclasses import asdict, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.cast import APP
from sandbox.control import ControlError, read_object
from sandbox.slack import group_settings, shapes
from sandbox.slack.installed import Mode
from sandbox.slack.membership import change_id, join, leave, rename, share, unshare
from sandbox.slack.model import JSON
from sandbox.slack.shapes import Sight
from sandbox.slack.state import Slack

_MANAGED = ("groups_managed_by", "topics_set_by", "pins_made_by")
_TEXTS = ("bot_token", "app_token", "user_token", "signing_secret", *_MANAGED)
_FLAGS = ("limits", "new_blocks", "paid")
_LISTS = ("scopes", "user_scopes", "events")


def routes(slack: Slack) -> list[BaseRoute]:
    """Return the control routes for the app and the workspace."""

    async def read_app(_: Request) -> Response:
        return JSONResponse(_shown(slack))

    async def set_app(request: Request) -> Response:
        verified = await _set_app(slack, await read_object(request))
        return JSONResponse({**_shown(slack), **verified})

    async def people(_: Request) -> Response:
        groups = [asdict(group) for group in slack.groups.values()]
        return JSONResponse({"people": [asdict(one) for one in slack.people.values()], "groups": groups})

    async def set_person(request: Request) -> Response:
        return JSONResponse(_set_person(slack, request.path_params["user"], await read_object(request)))

    async def channels(_: Request) -> Response:
        shown = [
            {
                **shapes.channel(one, member=APP.bot_user in one.members),
                "members": one.members,
                "pins": [pin["ts"] for pin in one.pins if one.message(pin["ts"])],
            }
            for one in slack.channels.values()
        ]
        return JSONResponse({"channels": shown})

    async def set_channel(request: Request) -> Response:
        return JSONResponse(_set_channel(slack, request.path_params["channel"], await read_object(request)))

    async def sockets(request: Request) -> Response:
        asked = await read_object(request)
        reason = asked.get("reason")
        if reason not in (None, "warning", "refresh_requested", "link_disabled"):
            raise ControlError(
                "Give a reason Slack has (warning, refresh_requested, link_disabled), or none to cut."
            )
        held = slack.delivery.sockets
        return JSONResponse({"closed": await (held.ask_to_leave(reason) if reason else held.cut())})

    return [
        Route("/control/slack/app", read_app),
        Route("/control/slack/app", set_app, methods=["POST"]),
        Route("/control/slack/people", people),
        Route("/control/slack/people/{user}", set_person, methods=["POST"]),
        Route("/control/slack/channels", channels),
        *group_settings.routes(slack),
        Route("/control/slack/channel/{channel}", set_channel, methods=["POST"]),
        Route("/control/slack/sockets", sockets, methods=["POST"]),
    ]


def _shown(slack: Slack) -> JSON:
    app = slack.app
    return {
        **slack.connection(),
        "scopes": sorted(app.scopes),
        "user_scopes": sorted(app.user_scopes),
        "events": sorted(app.events),
        "delivery": app.mode.value,
        "request_url": app.request_url,
        "limits": app.limits,
        "new_blocks": app.new_blocks,
        "commands": None if app.commands is None else sorted(app.commands),
        "shortcuts": app.shortcuts,
        "features": app.features,
        "retry_delays": list(app.retry_delays),
        **{name: getattr(app, name) for name in _MANAGED},
        "paid": app.paid,
        "sockets": slack.delivery.sockets.count,
    }


async def _set_app(slack: Slack, asked: JSON) -> JSON:
    """Change the app as *asked*; tell whether a new request URL was verified."""
    app = slack.app
    known = {
        *_TEXTS,
        *_FLAGS,
        *_LISTS,
        "manifest",
        "delivery",
        "request_url",
        "retry_delays",
        "revoke",
        "restore",
    }
    if unknown := sorted(set(asked) - known):
        raise ControlError(f"Leave out {', '.join(unknown)}; known are {', '.join(sorted(known))}.")
    if "manifest" in asked:
        app.follow(asked["manifest"])
    for name in _TEXTS + _FLAGS:
        if name in asked:
            setattr(app, name, asked[name])
    for name in _LISTS:
        if name in asked:
            setattr(app, name, frozenset(asked[name]))
    app.revoked |= set(asked.get("revoke", ()))
    app.revoked -= set(asked.get("restore", ()))
    app.retry_delays = tuple(asked.get("retry_delays", app.retry_delays))
    if "delivery" in asked:
        app.mode = _mode(asked["delivery"])
    if "limits" in asked:
        slack.pacer.forget()
    slack.touch("app", {})
    if not asked.get("request_url"):
        return {}
    app.request_url = asked["request_url"]
    return {"verified": await slack.delivery.verify(asked["request_url"])}


def _mode(name: str) -> Mode:
    try:
        return Mode(name)
    except ValueError as error:
        raise ControlError('Give "delivery" as socket or http.') from error


def _set_person(slack: Slack, user: str, asked: JSON) -> JSON:
    """Change a person's settings and tell the app."""
    person = slack.person(user)
    if person is None:
        raise ControlError(f"There is no person {user}; GET /control/slack/people lists them.", 404)
    known = (
        "name", "title", "locale", "zone", "email", "admin", "guest", "deactivated", "status_emoji",
        "status_expiration",
    )  # fmt: skip
    if unknown := sorted(set(asked) - set(known)):
        raise ControlError(f"Leave out {', '.join(unknown)}; a person has {', '.join(known)}.")
    try:
        ZoneInfo(asked.get("zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ControlError('Give "zone" as an IANA name such as Europe/Madrid.') from error
    changed = replace(person, **asked)
    slack.put_person(changed)
    sight = Sight("users:read.email" in slack.app.scopes, locale=True)
    event = {"type": "user_change", "user": shapes.user(changed, sight), "cache_ts": slack.now()}
    slack.events.emit("user_change", event)
    return asdict(changed)


def _set_channel(slack: Slack, channel_id: str, asked: JSON) -> JSON:
    """Change a channel: {"join": user}, {"leave": user}, {"share": team}, {"unshare": team}, {"new_id": id}.

    {"name": name} renames it, {"topic": text} gives it a topic, {"unpin": ts} unpins a message. A user may
    be "app"; sharing puts the other company's people in.
    """
    channel = slack.channels.get(channel_id)
    if channel is None:
        raise ControlError(f"There is no channel {channel_id}.", 404)
    known = ("join", "leave", "share", "unshare", "new_id", "name", "archived", "topic", "unpin")
    if unknown := sorted(set(asked) - set(known)):
        raise ControlError(f"Leave out {', '.join(unknown)}; known are {', '.join(known)}.")
    for deed, act in (("join", join), ("leave", leave)):
        if deed in asked:
            act(slack, channel, APP.bot_user if asked[deed] == "app" else _user(slack, asked[deed]))
    if "share" in asked:
        team = asked["share"]
        share(slack, channel, team, [one.id for one in slack.people.values() if one.team == team])
    if "unshare" in asked:
        unshare(slack, channel, asked["unshare"])
    if "new_id" in asked:
        change_id(slack, channel, asked["new_id"])
    if "name" in asked:
        rename(slack, channel, asked["name"])
    channel.topic = str(asked.get("topic", channel.topic))
    channel.pins = [pin for pin in channel.pins if pin["ts"] != asked.get("unpin")]
    channel.archived = bool(asked.get("archived", channel.archived))
    return shapes.channel(channel, member=APP.bot_user in channel.members, count=True)


def _user(slack: Slack, user: str) -> str:
    if user not in slack.people:
        raise ControlError(f"There is no person {user}; GET /control/slack/people lists them.", 404)
    return user
