"""How a payload reaches the app, by Socket Mode or as a signed HTTP request, and its acknowledgement."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from sandbox.core import Core
from sandbox.delivery import deliver
from sandbox.slack.installed import Installed, Mode
from sandbox.slack.model import JSON
from sandbox.slack.sockets import Sockets
from sandbox.trouble import Kind, Trouble

ACK_SECONDS = 3.0


class Envelope(StrEnum):
    """What kind of payload is carried; the names are Socket Mode's."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"


@dataclass(frozen=True)
class Ack:
    """How the app answered: `error` is None when it acknowledged in time, else the name Slack shows.

    `ms` runs from sending the payload to having its acknowledgement; `payload` is what the app answered with.
    """

    error: str | None
    payload: JSON | None
    ms: float


class Delivery:
    """Carries payloads to the app the way it is installed, and logs each as a call to the bot."""

    def __init__(self, core: Core, app: Installed) -> None:
        self._core = core
        self._app = app
        self.sockets = Sockets()

    async def send(
        self, kind: Envelope, name: str, payload: JSON, *, answers: bool, retry: int = 0, reason: str = ""
    ) -> Ack:
        """Deliver *payload* and wait up to three seconds for its acknowledgement.

        *name* is what the call log and troubles call the delivery; *answers* says whether the acknowledgement
        may carry a payload; *retry* is 0 the first time.
        """
        taken = self._core.troubles.take("bot", name)
        stopped = next((one for one in taken if one.kind in (Kind.DOWN, Kind.CUT_BEFORE)), None)
        if delay := sum(one.delay for one in taken if one.kind is Kind.SLOW):
            await asyncio.sleep(delay)
        if stopped is not None:
            return self._logged(name, payload, Ack("dispatch_failed", None, 0.0))
        if self._app.mode is Mode.HTTP:
            ack = await self._by_http(kind, name, payload, retry, reason)
        else:
            ack = self._logged(name, payload, await self._by_socket(kind, payload, answers, retry, reason))
        return Ack("operation_timeout", None, ack.ms) if _lost(taken) else ack

    async def _by_socket(self, kind: Envelope, payload: JSON, answers: bool, retry: int, reason: str) -> Ack:  # noqa: FBT001 - passed on
        envelope: JSON = {"payload": payload, "type": kind.value, "accepts_response_payload": answers}
        if kind is Envelope.EVENT:
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        sent = await self.sockets.send(envelope)
        if sent is None:
            return Ack("dispatch_failed", None, 0.0)
        acked = await sent.acked(ACK_SECONDS)
        if acked is None:
            return Ack("operation_timeout", None, (time.perf_counter() - sent.at) * 1000)
        return Ack(None, acked.payload, (acked.at - sent.at) * 1000)

    async def _by_http(self, kind: Envelope, name: str, payload: JSON, retry: int, reason: str) -> Ack:
        if not self._app.request_url:
            return self._logged(name, payload, Ack("dispatch_failed", None, 0.0))
        body, content_type = _body(kind, payload)
        headers = {"Content-Type": content_type, **self._signature(body)}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        started = time.perf_counter()
        answer = await deliver(
            self._core,
            name,
            self._app.request_url,
            body,
            headers=headers,
            seconds=ACK_SECONDS,
            shown=payload,
        )
        ms = (time.perf_counter() - started) * 1000
        if answer.failure:
            return Ack("operation_timeout" if answer.failure == "timeout" else "http_client_error", None, ms)
        if not 200 <= answer.status < 300:
            return Ack("http_service_error" if answer.status >= 500 else "http_client_error", None, ms)
        return Ack(None, _answered(answer.body), ms)

    async def verify(self, url: str) -> bool:
        """Send url_verification to *url*; tell whether it gave the challenge back."""
        challenge = hashlib.sha256(url.encode()).hexdigest()
        payload = {"token": "sandbox", "challenge": challenge, "type": "url_verification"}
        body = json.dumps(payload).encode()
        headers = {"Content-Type": "application/json", **self._signature(body)}
        answer = await deliver(
            self._core,
            "url_verification",
            url,
            body,
            headers=headers,
            seconds=ACK_SECONDS,
            shown=payload,
        )
        given = _answered(answer.body) or {}
        return answer.status == 200 and challenge in (given.get("challenge"), given.get("text"))

    def _signature(self, body: bytes) -> dict[str, str]:
        at = str(int(time.time()))
        base = b"v0:" + at.encode() + b":" + body
        digest = hmac.new(self._app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}

    def _logged(self, name: str, payload: JSON, ack: Ack) -> Ack:
        call = self._core.calls.add(
            service="bot", method=name, at=datetime.now(UTC), request=payload, response=ack.payload,
            outcome=ack.error or "ok", milliseconds=ack.ms,
        )  # fmt: skip
        self._core.live.publish("call", call.headline())
        return ack


def _lost(taken: list[Trouble]) -> bool:
    """Tell whether a trouble swallows the acknowledgement after the app has done its work."""
    return any(one.kind in (Kind.CUT_AFTER, Kind.ERROR_AFTER) for one in taken)


def _body(kind: Envelope, payload: JSON) -> tuple[bytes, str]:
    """Return the HTTP body and its content type: events as JSON, all else as a form."""
    if kind is Envelope.EVENT:
        return json.dumps(payload).encode(), "application/json"
    fields: dict[str, Any] = payload if kind is Envelope.COMMAND else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _answered(body: bytes) -> JSON | None:
    """Return what the app answered: its JSON, or plain text as {"text": …}."""
    text = body.decode(errors="replace")
    if not text.strip():
        return None
    try:
        parsed = json.loads(text)
    except ValueError:
        return {"text": text}
    return parsed if isinstance(parsed, dict) else {"text": text}
