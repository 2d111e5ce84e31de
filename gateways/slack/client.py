"""Slack as Bugle uses it: posting, editing, showing views, and knowing channels and people.

Every method raises an Outcome (domain/effects.py) when it does not succeed. Slack's Web API is documented at
docs.slack.dev; posts carry metadata by which a post whose answer was lost is found again.

Whatever people read goes through one gate, `_keep_inside`, at the last moment: what is for our own people
(`Message.audience`) is Never said where people of other companies read.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import IO, Any

from slack_sdk.web import SlackResponse, WebClient

from domain.effects import SHARED, Doubt, Gateway, Never, Outcome
from domain.files import Loss, Lost
from domain.message import Audience, Message
from gateways.memory import FOR_EVER, Memory
from gateways.observing import Observer, observed, unobserved
from gateways.slack.channels import Channel, channel_from, topic_of
from gateways.slack.errors import BLOCKS_REFUSED, FAILURES, error_code, outcome_of
from gateways.slack.files import DOWNLOAD, GONE, UPLOAD, SlackFile, fetch, file_from, is_slacks, send
from gateways.slack.groups import UserGroup, groups_from
from gateways.slack.history import Page, find_post, metadata, read_page
from gateways.slack.messages import Said, said_from
from gateways.slack.people import SOURCE_LANGUAGE, Identity, Person, identity_from, person_from
from gateways.slack.plain_views import is_of_blocks, plain_view
from gateways.slack.remarks import Activity, ThreadRead, read_activity, read_thread

CHANNEL_SECONDS = 30.0
MEMBERS_SECONDS = 60.0
PERSON_SECONDS = 3600.0
GROUPS_SECONDS = 60.0

JSON = dict[str, Any]

log = logging.getLogger(__name__)


class Slack:
    """Speaks to Slack for the bot; thread-safe, one per process.

    *timeout* is in seconds, for connecting and for each read. *observe* hears of every call, *elapsed* tells
    monotonic seconds. `web` is the client to build Bolt with; it never retries by itself.
    """

    def __init__(
        self,
        *,
        bot_token: str,
        api_url: str,
        timeout: float = 10.0,
        observe: Observer = unobserved,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self.web = WebClient(
            bot_token,
            base_url=api_url,
            timeout=timeout,  # type: ignore[arg-type]  # urllib takes fractions of a second
            retry_handlers=[],
        )
        # slack_sdk reads the environment's proxies without NO_PROXY; left to urllib, that is obeyed too.
        self.web.proxy = None
        self._observe = observe
        self._identity: Memory[None, Identity] = Memory(FOR_EVER, elapsed)
        self._channels: Memory[str, Channel] = Memory(CHANNEL_SECONDS, elapsed)
        self._members: Memory[str, frozenset[str]] = Memory(MEMBERS_SECONDS, elapsed)
        self._people: Memory[str, Person] = Memory(PERSON_SECONDS, elapsed)
        self._groups: Memory[None, tuple[UserGroup, ...]] = Memory(GROUPS_SECONDS, elapsed)
        self._direct: Memory[str, str] = Memory(FOR_EVER, elapsed)
        self._partners: dict[str, str] = {}

    def whoami(self, *, fresh: bool = False) -> Identity:
        """Return who the token speaks for and which scopes it has; asked once unless *fresh*."""
        return self._identity.recall(None, self._ask_whoami, fresh=fresh)

    def probe(self) -> bool:
        """Tell whether Slack accepts the token now."""
        try:
            self.whoami(fresh=True)
        except Outcome:
            return False
        return True

    def channel(self, channel_id: str) -> Channel:
        """Return what a conversation is, on knowledge no older than 30 s."""
        return self._channels.recall(channel_id, lambda: self._ask_channel(channel_id))

    def members(self, channel_id: str) -> frozenset[str]:
        """Return who is in a channel (of a big one: a thousand), on knowledge no older than a minute."""
        return self._members.recall(channel_id, lambda: self._ask_members(channel_id))

    def forget_channel(self, channel_id: str) -> None:
        """Ask anew next time: its sharing or its id has changed."""
        self._channels.forget(channel_id)

    def person(self, user_id: str) -> Person:
        """Return who somebody is, on knowledge no older than an hour."""
        return self._people.recall(user_id, lambda: self._ask_person(user_id))

    def person_soon(self, user_id: str, seconds: float) -> Person | None:
        """Return who somebody is as `person` does, else, after so many seconds, as was known before."""
        answers: SimpleQueue[Person | None] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.person(user_id))
            except Outcome:
                answers.put(None)

        threading.Thread(target=ask, name="slack-person", daemon=True).start()
        try:
            told = answers.get(timeout=seconds)
        except Empty:
            told = None
        return told or self._people.known(user_id)

    def language_known(self, user_id: str) -> str:
        """Return the language of somebody as far as it is known without asking Slack."""
        known = self._people.known(user_id)
        return known.language if known else SOURCE_LANGUAGE

    def person_known(self, user_id: str) -> Person | None:
        """Return who somebody is as far as it is known without asking Slack."""
        return self._people.known(user_id)

    def name_known(self, user_id: str) -> str:
        """Return the name of somebody, or their id while it is not known without asking Slack."""
        known = self._people.known(user_id)
        return known.name if known else user_id

    def forget_person(self, user_id: str) -> None:
        """Ask anew next time: their profile has changed."""
        self._people.forget(user_id)

    def person_by_email(self, email: str) -> str | None:
        """Return the id of the active member of our workspace with this e-mail address, or None."""
        try:
            return str(self._read("users.lookupByEmail", {"email": email})["user"]["id"])
        except Never as refusal:
            if ": users_not_found" in refusal.reason:
                return None
            raise

    def group_members(self, group_id: str) -> tuple[str, ...]:
        """Return who is in a user group now; Never where there is none, or it is disabled."""
        return tuple(self._read("usergroups.users.list", {"usergroup": group_id})["users"])

    def set_group_members(self, group_id: str, users: Sequence[str]) -> None:
        """Put exactly these people into a user group; Slack refuses nobody, guests and bots, with Never."""
        body = {"usergroup": group_id, "users": ",".join(users)}
        self._call("usergroups.users.update", body=body, repeatable=True)

    def topic(self, channel_id: str) -> str:
        """Return the topic of a channel as it is now, in Slack's markup."""
        return topic_of(self._read("conversations.info", {"channel": channel_id}))

    def set_topic(self, channel_id: str, topic: str, audience: Audience = Audience.INSIDE) -> str:
        """Give a channel a topic of at most 250 characters; return it as Slack shows it then."""
        self._keep_inside(audience, channel_id)
        body = {"channel": channel_id, "topic": topic}
        return topic_of(self._call("conversations.setTopic", body=body, repeatable=True))

    def pin(self, channel: str, ts: str) -> None:
        """Pin a message to its channel; one that is pinned already stays so."""
        try:
            self._call("pins.add", body={"channel": channel, "timestamp": ts}, repeatable=True)
        except Never as refusal:
            if error_code(refusal.__cause__) != "already_pinned":
                raise

    def delete(self, channel: str, ts: str) -> None:
        """Take a message of ours away, and with it its pin; one that is gone already is fine."""
        try:
            self._call("chat.delete", body={"channel": channel, "ts": ts}, repeatable=True)
        except Never as refusal:
            if error_code(refusal.__cause__) != "message_not_found":
                raise

    def groups(self) -> tuple[UserGroup, ...]:
        """Return the user groups in use, on knowledge no older than a minute."""
        return self._groups.recall(None, lambda: groups_from(self._read("usergroups.list", {})))

    def direct_channel(self, user_id: str) -> str:
        """Return the id of the direct message channel with somebody; it never changes."""
        return self._direct.recall(user_id, lambda: self._ask_direct_channel(user_id))

    def post(
        self, channel: str, message: Message, *, key: str, doubt: Doubt | None, thread: str | None = None
    ) -> str:
        """Post a message once and return its ts; *key* is opaque, since anybody can read metadata.

        In *doubt*, the message an earlier try may have posted is looked for first.
        """
        if doubt:
            bot_id = self.whoami().bot_id
            if found := find_post(self._read, bot_id, channel, key, since=doubt.since, thread=thread):
                return found
        self._keep_inside(message.audience, channel)
        return self._post(channel, message, key, thread)

    def update(self, channel: str, ts: str, message: Message) -> None:
        """Replace a message of ours; its metadata stays. Slack keeps old blocks unless new ones are sent."""
        self._keep_inside(message.audience, channel)
        self._say("chat.update", {"channel": channel, "ts": ts}, message, repeatable=True)

    def ephemeral(self, channel: str, user: str, message: Message, thread: str | None = None) -> None:
        """Show a message to one member of a channel; nobody can look afterwards whether it was shown."""
        if message.audience is Audience.INSIDE and self.person(user).is_external:
            raise Never(f"{SHARED}: {user}")
        place = {"channel": channel, **({"thread_ts": thread} if thread else {})}
        self._say("chat.postEphemeral", {**place, "user": user}, message)

    def ours_in(self, channel: str, *, thread: str | None, cursor: str) -> Page:
        """Return what the bot wrote in a channel, or in a thread of it, page by page from an empty cursor."""
        return read_page(self._read, self.whoami().bot_id, channel, thread=thread, cursor=cursor)

    def posted(self, channel: str, *, key: str, since: datetime, thread: str | None) -> str | None:
        """Return the ts of the post with this key made after a time (real, aware UTC), or None."""
        return find_post(self._read, self.whoami().bot_id, channel, key, since=since, thread=thread)

    def thread(self, channel: str, ts: str) -> ThreadRead:
        """Return all that is in a thread now; Never where there is no such thread, or none to see."""
        return read_thread(self._read, self.whoami().bot_id, channel, ts)

    def activity(self, channel: str, cursor: str) -> Activity:
        """Return which messages of a channel have replies, page by page from an empty cursor."""
        return read_activity(self._read, channel, cursor)

    def said(self, channel: str, ts: str) -> Said:
        """Return a message in a channel the bot is in, within a thread or not."""
        # History does not tell messages of threads, and replies want to know the thread; this takes any.
        answer = self._read("reactions.get", {"channel": channel, "timestamp": ts, "full": True})
        return said_from(channel, answer["message"])

    def address_of(self, said: Said) -> str:
        """Return the address of a message, without asking: also of one where the bot is not."""
        return said.address(self.whoami().url)

    def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message."""
        return str(self._read("chat.getPermalink", {"channel": channel, "message_ts": ts})["permalink"])

    def open_view(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Open a modal and return its id; a trigger lives 3 s and opens one view."""
        return _view_id(self._show("views.open", {"trigger_id": trigger_id}, view))

    def push_view(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Put a modal on top of the open one and return its id."""
        return _view_id(self._show("views.push", {"trigger_id": trigger_id}, view))

    def update_view(self, view_id: str, view: Mapping[str, Any], hash: str | None = None) -> None:  # noqa: A002 - Slack's name
        """Replace an open modal; with *hash*, only where nobody has replaced it meanwhile, else Never."""
        place = {"view_id": view_id, **({"hash": hash} if hash else {})}
        self._show("views.update", place, view, repeatable=True)

    def publish_home(self, user_id: str, view: Mapping[str, Any]) -> None:
        """Show somebody their Home tab."""
        self._show("views.publish", {"user_id": user_id}, view, repeatable=True)

    def file(self, file_id: str) -> SlackFile:
        """Return what a file is; Lost where it is deleted, not ours to see, or kept outside Slack."""
        try:
            answer = self._read("files.info", {"file": file_id})
        except Never as refusal:
            if error_code(refusal.__cause__) in GONE:
                raise Lost(refusal.reason, Loss.UNSEEN) from refusal
            raise
        return file_from(answer["file"])

    def download(self, file: SlackFile, into: IO[bytes]) -> None:
        """Write a file's bytes to *into*, holding a small piece of them at a time; Lost as `file` says."""
        token, timeout = self.web.token or "", self.web.timeout
        with observed(self._observe, Gateway.SLACK, DOWNLOAD):
            try:
                fetch(file, into, token=token, api_url=self.web.base_url, timeout=timeout)
            except FAILURES as error:
                raise outcome_of(error, DOWNLOAD, repeatable=True) from error

    def upload(self, name: str, data: bytes, *, channel: str | None = None, comment: str = "") -> str:
        """Give Slack a file and return its id; with a *channel* it is posted there, else it is the app's own.

        A lost answer may leave a second file behind that nobody sees, or a second post: for what somebody
        waits for only.
        """
        if channel:
            self._keep_inside(Audience.INSIDE, channel)
        query = {"filename": name, "length": len(data)}
        given = self._call("files.getUploadURLExternal", query=query, repeatable=True)
        if not is_slacks(given["upload_url"], self.web.base_url):
            raise Never(f"files.getUploadURLExternal: {given['upload_url']} is no address of Slack's")
        with observed(self._observe, Gateway.SLACK, UPLOAD):
            try:
                send(given["upload_url"], data, timeout=self.web.timeout)
            except FAILURES as error:
                raise outcome_of(error, UPLOAD, repeatable=True) from error
        files = [{"id": given["file_id"], "title": name}]
        place = {"channel_id": channel, "initial_comment": comment} if channel else {}
        self._call("files.completeUploadExternal", body={"files": files, **place})
        return str(given["file_id"])

    def _ask_whoami(self) -> Identity:
        response = self._respond("auth.test", repeatable=True)
        answer: Any = response.data
        return identity_from(answer, response.headers)

    def _ask_channel(self, channel_id: str) -> Channel:
        us = self.whoami()
        channel = channel_from(self._read("conversations.info", {"channel": channel_id})["channel"], us)
        if channel.user and self.person(channel.user).is_external:
            return replace(channel, is_external=True)
        return channel

    def _ask_members(self, channel_id: str) -> frozenset[str]:
        answer = self._read("conversations.members", {"channel": channel_id, "limit": 1000})
        return frozenset(answer["members"])

    def _ask_person(self, user_id: str) -> Person:
        us = self.whoami()
        answer = self._read("users.info", {"user": user_id, "include_locale": True})
        return person_from(answer["user"], us)

    def _ask_direct_channel(self, user_id: str) -> str:
        answer = self._call("conversations.open", query={"users": user_id}, repeatable=True)
        channel = str(answer["channel"]["id"])
        self._partners[channel] = user_id
        return channel

    def _keep_inside(self, audience: Audience, channel: str) -> None:
        """Raise Never where people of other companies would read what is for our own.

        Of direct messages, for which Slack wants one more scope, we know the other side since we opened them;
        those of before a restart were posted to one of ours, and their people do not change company.
        """
        if audience is Audience.OUTSIDE:
            return
        if channel.startswith("D"):
            partner = self._partners.get(channel)
            is_outside = partner is not None and self.person(partner).is_external
        else:
            is_outside = self.channel(channel).is_external
        if is_outside:
            raise Never(f"{SHARED}: {channel}")

    def _post(self, channel: str, message: Message, key: str, thread: str | None) -> str:
        place = {
            "channel": channel,
            "metadata": metadata(key),
            "unfurl_links": False,
            "unfurl_media": False,
            **({"thread_ts": thread} if thread else {}),
        }
        return str(self._say("chat.postMessage", place, message)["ts"])

    def _say(self, method: str, place: JSON, message: Message, *, repeatable: bool = False) -> JSON:
        """Send a message; where Slack does not take its blocks, its text says the same without them.

        Slack rolls new kinds of blocks out in phases: one workspace refuses what another shows.
        """
        said = {**place, "text": message.text}
        try:
            return self._call(method, body={**said, "blocks": list(message.blocks)}, repeatable=repeatable)
        except Never as refusal:
            if not message.blocks or error_code(refusal.__cause__) not in BLOCKS_REFUSED:
                raise
            log.warning("said without blocks, which Slack does not take: %s", refusal)
            return self._call(method, body={**said, "blocks": []}, repeatable=repeatable)

    def _show(self, method: str, place: JSON, view: Mapping[str, Any], *, repeatable: bool = False) -> JSON:
        """Show a view; where Slack does not take its blocks, in plain ones, as with messages."""
        try:
            return self._call(method, body={**place, "view": view}, repeatable=repeatable)
        except Never as refusal:
            plain = plain_view(view)
            if plain == view or not is_of_blocks(refusal):
                raise
            log.warning("shown in plain blocks, since Slack does not take the others: %s", refusal)
            return self._call(method, body={**place, "view": plain}, repeatable=repeatable)

    def _read(self, method: str, query: JSON) -> JSON:
        return self._call(method, query=query, repeatable=True)

    def _call(
        self, method: str, *, body: JSON | None = None, query: JSON | None = None, repeatable: bool = False
    ) -> JSON:
        """Call a Web API method with a JSON *body*, or a *query* where it takes no JSON."""
        answer: Any = self._respond(method, body, query, repeatable=repeatable).data
        return dict(answer)

    def _respond(
        self, method: str, body: JSON | None = None, query: JSON | None = None, *, repeatable: bool
    ) -> SlackResponse:
        with observed(self._observe, Gateway.SLACK, method):
            try:
                return self.web.api_call(method, json=body, params=query)
            except FAILURES as error:
                raise outcome_of(error, method, repeatable=repeatable) from error


def _view_id(answer: JSON) -> str:
    return str(answer["view"]["id"])
