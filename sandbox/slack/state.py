"""Everything the pretend Slack remembers, in memory; one event loop reads and writes it."""

import itertools
import secrets

from sandbox.bell import Bell
from sandbox.cast import APP, GROUPS, HARBOR, PEOPLE, ROOMS, Person
from sandbox.core import Core
from sandbox.slack.delivery import Delivery
from sandbox.slack.events import Events
from sandbox.slack.inputs import Fields
from sandbox.slack.installed import Installed
from sandbox.slack.modals import Views
from sandbox.slack.model import JSON, Channel, Message, StoredFile, UserGroup
from sandbox.slack.pacing import Pacer
from sandbox.slack.replies import ResponseURLs


class Slack:
    """The workspace and the app in it; `revision` grows with whatever a person could see."""

    def __init__(self, core: Core) -> None:
        now = int(core.clock.now().timestamp())
        self.core = core
        self.app = Installed()
        self.people: dict[str, Person] = {person.id: person for person in PEOPLE}
        self.channels = {room.id: Channel.of(room, now) for room in ROOMS}
        self.groups = {group.id: UserGroup.of(group, now) for group in GROUPS}
        self.files: dict[str, StoredFile] = {}
        self.views = Views()
        self.fields: dict[tuple[str, str, str], Fields] = {}
        self.pacer = Pacer()
        self.reply_urls = ResponseURLs()
        self.delivery = Delivery(core, self.app)
        self.events = Events(core, self.app, self.delivery)
        self.revision = 0
        self.changed = Bell()
        self._numbers = itertools.count(1)
        self._last_ts = 0

    def connection(self) -> JSON:
        """Return what a bot needs to connect."""
        return {
            "api_url": f"{self.core.base_url}/slack/api/",
            "bot_token": self.app.bot_token,
            "app_token": self.app.app_token,
            "user_token": self.app.user_token,
            "signing_secret": self.app.signing_secret,
            "app_id": APP.id,
            "bot_user": APP.bot_user,
            "bot_id": APP.bot_id,
            "team": HARBOR.id,
        }

    def now(self) -> int:
        """Return the business time in epoch seconds."""
        return int(self.core.clock.now().timestamp())

    def ts(self) -> str:
        """Return a timestamp that no message has yet, later than all before it (business time)."""
        micros = int(self.core.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        """Return an id such as F0000001A2B3, unlike any before."""
        return f"{prefix}0{next(self._numbers):05d}{secrets.token_hex(2).upper()}"

    def touch(self, kind: str, data: JSON) -> None:
        """Note that something visible changed, and tell whoever waits or looks."""
        self.revision += 1
        self.core.live.publish(kind, {**data, "revision": self.revision})
        self.changed.ring()

    def person(self, user: str) -> Person | None:
        """Return the person with this id; None for bots and strangers."""
        return self.people.get(user)

    def put_person(self, person: Person) -> None:
        """Replace what is known of a person."""
        self.people[person.id] = person
        self.touch("person", {"user": person.id})

    def direct(self, user: str) -> Channel:
        """Return the DM between the app and *user*, made when it is first needed."""
        id_ = f"D{user[1:]}"
        if id_ not in self.channels:
            self.channels[id_] = Channel(id_, id_.lower(), [user, APP.bot_user], self.now(), peer=user)
        return self.channels[id_]

    def add_message(self, message: Message) -> Message:
        """Put *message* into its channel."""
        self.channels[message.channel].messages.add(message)
        self.show_message(message)
        return message

    def show_message(self, message: Message) -> None:
        """Tell whoever looks that *message* is new or different."""
        self.touch("message", {"channel": message.channel, "ts": message.ts, "thread_ts": message.thread_ts})

    def fields_on(self, message: Message, user: str) -> Fields:
        """Return what *user* picked and typed on *message*."""
        fields = self.fields.setdefault((message.channel, message.ts, user), Fields())
        fields.show(message.blocks)
        return fields

    def meets_app(self, user: str) -> bool:
        """Tell whether *user* is of the app's workspace or shares a channel with the app."""
        person = self.people.get(user)
        if person is None or person.team == HARBOR.id:
            return person is not None
        rooms = [channel for channel in self.channels.values() if channel.peer is None]
        return any({user, APP.bot_user} <= set(room.members) for room in rooms)
