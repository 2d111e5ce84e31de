"""bookmarks.*: links in a channel's header."""

from sandbox.cast import APP, HARBOR
from sandbox.slack.arguments import Refused
from sandbox.slack.model import JSON
from sandbox.slack.pacing import Tier
from sandbox.slack.rooms import joined
from sandbox.slack.web import Ask, Method


def _add(ask: Ask) -> JSON:
    channel = joined(ask.slack, ask.args.required("channel_id"))
    if ask.args.required("type") != "link":
        raise Refused("invalid_bookmark_type")
    link = ask.args.required("link")
    if not link.startswith(("http://", "https://")):
        raise Refused("invalid_link")
    bookmark = {
        "id": ask.slack.new_id("Bk"),
        "channel_id": channel.id,
        "title": ask.args.required("title"),
        "link": link,
        "emoji": ask.args.text("emoji"),
        "icon_url": "",
        "type": "link",
        "date_created": ask.slack.now(),
        "date_updated": 0,
        "rank": "i",
        "last_updated_by_user_id": ask.token.user,
        "last_updated_by_team_id": HARBOR.id,
        "app_id": APP.id,
    }
    channel.bookmarks.append(bookmark)
    ask.slack.touch("channel", {"channel": channel.id})
    return {"bookmark": bookmark}


def _list(ask: Ask) -> JSON:
    return {"bookmarks": joined(ask.slack, ask.args.required("channel_id")).bookmarks}


METHODS = (
    Method("bookmarks.add", _add, Tier.TWO, ("bookmarks:write",)),
    Method("bookmarks.list", _list, Tier.THREE, ("bookmarks:read",)),
)
