"""The running sandbox: its people and channels, clock, troubles and call log."""

import ssl
import time
from collections.abc import Callable
from typing import Any, Self, TypeVar

import httpx

from tests.harness.cards import Channel
from tests.harness.people import Person
from tests.harness.visible import JSON, rendered, text_of
from tests.harness.waiting import PATIENCE, eventually

T = TypeVar("T")


class World:
    """The workspace as tests act in it; *url* is where the sandbox listens."""

    def __init__(self, url: str) -> None:
        self.url = url
        # Nothing here speaks TLS, and loading the certificates it would need takes longer than most tests.
        no_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._http = httpx.Client(base_url=f"{url}/control", timeout=70, trust_env=False, verify=no_tls)
        self._names: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection to the control API."""
        self._http.close()

    def person(self, user: str) -> Person:
        """Return the person with this id."""
        return Person(self, user)

    def channel(self, channel: str, *, seen_by: str | None = None) -> Channel:
        """Return a channel, read by one of its members (the first, where *seen_by* does not say)."""
        return Channel(self, channel, seen_by or self._member_of(channel))

    def dm(self, user: str) -> Channel:
        """Return the DM between the app and *user*, read by them."""
        return Channel(self, f"D{user[1:]}", user)

    def set_app(self, **settings: Any) -> JSON:
        """Change how the app is installed: scopes, tokens, delivery, limits, manifest… (docs/sandbox.md)."""
        return self.post("/slack/app", settings)

    def set_channel(self, channel: str, **changes: Any) -> JSON:
        """Change a channel: join, leave, share, unshare, new_id, archived."""
        return self.post(f"/slack/channel/{channel}", changes)

    def set_person(self, user: str, **changes: Any) -> JSON:
        """Change a person's locale, zone, name… and tell the app."""
        return self.post(f"/slack/people/{user}", changes)

    def set_language(self, locale: str) -> None:
        """Let everybody read Slack in one language."""
        for person in self.get("/slack/people")["people"]:
            if person["locale"][:2] != locale[:2]:
                self.set_person(person["id"], locale=locale)

    def cut_sockets(self, reason: str | None = None) -> int:
        """Cut every socket, or ask the app to leave for *reason*; return how many there were."""
        return int(self.post("/slack/sockets", {"reason": reason})["closed"])

    def advance(self, seconds: float) -> JSON:
        """Move the business clock forward."""
        return self.post("/clock", {"advance": seconds})

    def trouble(self, service: str, kind: str, method: str = "*", **details: Any) -> int:
        """Make *service* misbehave; return the trouble's id."""
        return int(
            self.post("/troubles", {"service": service, "kind": kind, "method": method, **details})["id"]
        )

    def no_trouble(self, trouble: int | None = None) -> None:
        """End one trouble, or all."""
        path = "/troubles" if trouble is None else f"/troubles/{trouble}"
        self._http.delete(path).raise_for_status()

    def calls(self, service: str | None = None, method: str | None = None, *, after: int = 0) -> list[JSON]:
        """Return the logged calls, oldest first."""
        logged: list[JSON] = self.get("/calls", after=after)["calls"]
        return [
            one for one in logged if service in (None, one["service"]) and method in (None, one["method"])
        ]

    def expect_heard(self, event: str) -> None:
        """Wait until the app has acknowledged an *event*, before something that rests on its knowing."""
        eventually(
            lambda: [one for one in self.calls("bot", event) if one["outcome"] == "ok"],
            what=f"the acknowledgement of {event}",
        )

    def get(self, path: str, **query: Any) -> JSON:
        """Read from the control API."""
        return _answer(self._http.get(path, params=query))

    def post(self, path: str, body: JSON) -> JSON:
        """Act through the control API."""
        return _answer(self._http.post(path, json=body))

    def wait(
        self, path: str, find: Callable[[JSON], T | None], *, within: float = PATIENCE, what: str,
        there: Callable[[JSON], object],
    ) -> T:  # fmt: skip
        """Return what *find* finds at *path* as soon as it does; AssertionError says what was *there*."""
        deadline = time.monotonic() + within
        seen = self.get(path)
        while (found := find(seen)) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"Waited {within} s for {what}. There was: {there(seen)}")
            seen = self.get(path, after=seen["revision"], timeout=left)
        return found

    def reads(self, message: JSON) -> str:
        """Return a message as it reads: its blocks where it has some, else its text."""
        shown = text_of(message.get("blocks", []), self.name)
        return shown or rendered(message["text"], self.name)

    def name(self, id_: str) -> str:
        """Return what a person or channel is called."""
        if id_ not in self._names:
            self._names |= {one["id"]: str(one["name"]) for one in self.get("/slack/people")["people"]}
            channels = self.get("/slack/channels")["channels"]
            self._names |= {one["id"]: str(one.get("name", one["id"])) for one in channels}
        return self._names.setdefault(id_, "Bugle" if id_ == "U0BUGLE" else id_)

    def _member_of(self, channel: str) -> str:
        found = next((one for one in self.get("/slack/channels")["channels"] if one["id"] == channel), None)
        assert found, f"There is no channel {channel}"
        members: list[str] = found["members"]
        return next(user for user in members if user != "U0BUGLE")


def _answer(response: httpx.Response) -> JSON:
    """Return the JSON of an answer; AssertionError with the control API's sentence when it refused."""
    assert response.is_success, f"{response.request.url}: {response.status_code} {response.text}"
    answer: JSON = response.json()
    return answer
