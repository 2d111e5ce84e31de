"""What a person has on the screen: conversations, messages, modals and Home, and where one can click."""

from dataclasses import dataclass

from sandbox.cast import APP, Person
from sandbox.control import ControlError
from sandbox.slack import shapes
from sandbox.slack.inputs import Fields, Place, places
from sandbox.slack.interactions import message_origin, view_origin
from sandbox.slack.modals import OpenView
from sandbox.slack.model import JSON, Channel, Message
from sandbox.slack.state import Slack


@dataclass(frozen=True)
class Surface:
    """Something with fields and buttons that a person looks at: a message or a view."""

    blocks: list[JSON]
    fields: Fields
    view: OpenView | None = None
    message: Message | None = None

    def element(self, place: Place) -> JSON:
        """Return the element at *place*."""
        found = places(self.blocks).get(place)
        if found is None:
            known = [f"{one.block_id}/{one.action_id}" for one in places(self.blocks)]
            raise ControlError(f"There is no {place.block_id}/{place.action_id} here; there is {known}.", 404)
        return found

    def origin(self, slack: Slack, person: Person) -> JSON:
        """Return how payloads name the surface."""
        if self.view is not None:
            return view_origin(slack, person, self.view)
        assert self.message is not None
        return message_origin(slack, person, self.message, self.fields)


def person(slack: Slack, user: str) -> Person:
    """Return the person with this id."""
    found = slack.person(user)
    if found is None:
        raise ControlError(f"There is no person {user}; GET /control/slack/people lists them.", 404)
    return found


def channel(slack: Slack, who: Person, channel_id: str) -> Channel:
    """Return a conversation that *who* is in; `app` is their DM with the app."""
    if channel_id in ("app", f"D{who.id[1:]}"):
        return slack.direct(who.id)
    found = slack.channels.get(channel_id)
    if found is None or who.id not in found.members:
        mine = [one.id for one in slack.channels.values() if who.id in one.members]
        raise ControlError(f"{who.id} is not in {channel_id}; they are in {', '.join(mine)}.", 404)
    return found


def message(slack: Slack, who: Person, channel_id: str, ts: str) -> Message:
    """Return a message that *who* sees."""
    place = channel(slack, who, channel_id)
    found = place.messages.find(ts)
    if found is None or found.only_for not in (None, who.id):
        raise ControlError(f"There is no message {ts} in {channel_id} that {who.id} sees.", 404)
    return found


def view(slack: Slack, who: Person, view_id: str) -> OpenView:
    """Return a view that *who* has open."""
    found = slack.views.find(view_id)
    if found is None or found.user != who.id:
        raise ControlError(f"{who.id} has no view {view_id} open.", 404)
    return found


def on_message(slack: Slack, who: Person, channel_id: str, ts: str) -> Surface:
    """Return a message as something to click on."""
    found = message(slack, who, channel_id, ts)
    return Surface(found.blocks, slack.fields_on(found, who.id), message=found)


def on_view(slack: Slack, who: Person, view_id: str) -> Surface:
    """Return a view as something to click on."""
    found = view(slack, who, view_id)
    return Surface(found.blocks, found.fields, view=found)


def seen_view(one: OpenView) -> JSON:
    """Return a view as its reader sees it: with what was typed and the errors under fields."""
    return {**one.as_json(), "errors": one.errors}


def seen_message(slack: Slack, one: Message) -> JSON:
    """Return a message as a reader sees it."""
    author = slack.person(one.user)
    return {
        **shapes.message(slack, one, metadata=True),
        "channel": one.channel,
        "ephemeral": one.only_for is not None,
        "author": author.name if author else APP.name,
        "permalink": shapes.permalink(slack, one),
    }


def seen_messages(slack: Slack, who: Person, channel_id: str, thread_ts: str | None = None) -> list[JSON]:
    """Return the messages that *who* sees, oldest first: of a thread, or outside threads."""
    place = channel(slack, who, channel_id)
    return [
        seen_message(slack, one)
        for one in place.messages
        if one.only_for in (None, who.id) and _belongs(one, thread_ts)
    ]


def _belongs(one: Message, thread_ts: str | None) -> bool:
    if thread_ts is not None:
        return thread_ts in {one.ts, one.thread_ts}
    return not one.is_reply or one.broadcast


def seen_channels(slack: Slack, who: Person) -> list[JSON]:
    """Return the conversations *who* is in."""
    return [
        {
            "id": one.id,
            "name": APP.name if one.peer else one.name,
            "kind": one.kind,
            "topic": one.topic,
            "external": bool(one.shared_with),
            "members": one.members,
            "app_is_in": APP.bot_user in one.members,
            "latest": one.messages.latest(),
        }
        for one in slack.channels.values()
        if who.id in one.members and not one.archived
    ]
