"""Sending webhooks to the bot, again and again while it has trouble, as each help desk says that it does."""

import asyncio
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sandbox.core import Core
from sandbox.delivery import Delivered, deliver
from sandbox.help_desks.payloads import PAYLOADS, Written
from sandbox.help_desks.signing import SIGNERS

_FAILURES = frozenset(range(500, 600))


@dataclass(frozen=True)
class Manner:
    """How patient a help desk is: seconds for an answer, and which refusals are worth another try."""

    seconds: float
    repeated: frozenset[int]
    tries: int


# Zendesk tries 429, 503 and 409 again, and silence; Intercom all but 2xx, once; Freshdesk and Front failures.
MANNERS: Mapping[str, Manner] = {
    "zendesk": Manner(10, frozenset((409, 429, 503)), 4),
    "intercom": Manner(5, _FAILURES | frozenset((400, 401, 404, 408, 413, 415, 422, 429)), 2),
    "freshdesk": Manner(15, _FAILURES | frozenset((429,)), 4),
    "front": Manner(10, _FAILURES | frozenset((429,)), 4),
    "json": Manner(10, _FAILURES | frozenset((408, 429)), 4),
}


@dataclass
class Sent:
    """A webhook and what was answered to it, each time; status 0 where nothing was."""

    number: int
    kind: str
    said: Written
    body: bytes
    answers: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it as the control API shows it."""
        return {
            "number": self.number,
            "kind": self.kind,
            "author": self.said.author,
            "text": self.said.text,
            "payload": json.loads(self.body),
            "answers": list(self.answers),
        }


class HelpDesks:
    """All of them. `url` is where the bot listens; `retry_delays` are real seconds before each repetition."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.url = "http://127.0.0.1:8080"
        self.secrets = {kind: f"sandbox-secret-of-{kind}" for kind in PAYLOADS}
        self.retry_delays = (2.0, 10.0, 60.0)
        self.sent: list[Sent] = []
        self._numbers = itertools.count(5001)
        self._sending: set[asyncio.Task[None]] = set()

    def connection(self) -> dict[str, Any]:
        """Return what a bot needs to know of them."""
        return {"secrets": dict(self.secrets)}

    def written(self, kind: str, **said: Any) -> Sent:
        """Have a customer write to a help desk: its webhook is made, and not sent yet."""
        number = next(self._numbers)
        told = Written(number=number, at=self._core.clock.now(), **said)
        body = json.dumps(PAYLOADS[kind](told), ensure_ascii=False).encode()
        sent = Sent(len(self.sent) + 1, kind, told, body)
        self.sent.append(sent)
        return sent

    async def send(self, sent: Sent) -> None:
        """Deliver it once, and go on by itself where the help desk would."""
        if await self._deliver(sent):
            return
        task = asyncio.get_running_loop().create_task(self._repeat(sent))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _repeat(self, sent: Sent) -> None:
        for delay in self.retry_delays[: MANNERS[sent.kind].tries - 1]:
            await asyncio.sleep(delay)
            if self._core.closed or await self._deliver(sent):
                return

    async def _deliver(self, sent: Sent) -> bool:
        """Tell whether there is no need to send it again."""
        manner = MANNERS[sent.kind]
        signed = SIGNERS[sent.kind](self.secrets[sent.kind], sent.body, datetime.now(UTC))
        got = await deliver(
            self._core, f"{sent.kind} webhook", f"{self.url}/intake/{sent.kind}", sent.body,
            headers={"Content-Type": "application/json", **signed}, seconds=manner.seconds,
            shown=json.loads(sent.body),
        )  # fmt: skip
        sent.answers.append(_shown(got))
        self._core.live.publish("help_desk", {"number": sent.number})
        return not (got.failure or got.status in manner.repeated)


def _shown(got: Delivered) -> dict[str, Any]:
    return {"status": got.status, "body": got.body.decode(errors="replace"), "failure": got.failure}
