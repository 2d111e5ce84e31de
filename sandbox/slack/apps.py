"""apps.connections.open: an address for one Socket Mode connection."""

from sandbox.cast import APP
from sandbox.slack.arguments import Refused
from sandbox.slack.installed import Kind, Mode
from sandbox.slack.model import JSON
from sandbox.slack.pacing import Tier
from sandbox.slack.web import Ask, Method


def _open(ask: Ask) -> JSON:
    if ask.slack.app.mode is not Mode.SOCKET:
        raise Refused("socket_mode_not_enabled")
    base = ask.slack.core.base_url.replace("http", "ws", 1)
    ticket = ask.slack.delivery.sockets.ticket()
    return {"url": f"{base}/slack/socket?ticket={ticket}&app_id={APP.id}"}


METHODS = (Method("apps.connections.open", _open, Tier.FOUR, ("connections:write",), (Kind.APP,)),)
