"""Carrying a payload to the bot over HTTP, as Slack and Jira do."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from sandbox.core import Core


@dataclass(frozen=True)
class Delivered:
    """What came of a delivery: the receiver's answer, or status 0 and why there was none."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    failure: str = ""


async def deliver(
    core: Core,
    method: str,
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    seconds: float,
    shown: Any,
) -> Delivered:
    """POST *body* to *url*, waiting *seconds* at most for the answer, and log it as a call to the bot.

    *method* and *shown* (the payload as JSON) are what the log shows.
    """
    started, at = time.perf_counter(), datetime.now(UTC)
    loop = asyncio.get_running_loop()
    delivered = await loop.run_in_executor(core.couriers, _post, url, body, headers, seconds)
    call = core.calls.add(
        service="bot", method=method, at=at, request=shown,
        response=delivered.body.decode(errors="replace"),
        outcome=_outcome(delivered), milliseconds=(time.perf_counter() - started) * 1000,
    )  # fmt: skip
    core.live.publish("call", call.headline())
    return delivered


def _outcome(delivered: Delivered) -> str:
    if delivered.failure:
        return delivered.failure
    return "ok" if 200 <= delivered.status < 300 else str(delivered.status)


def _post(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> Delivered:
    parts = urlsplit(url)
    scheme = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = scheme(parts.hostname or "", parts.port, timeout=seconds)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body, dict(headers))
        response = connection.getresponse()
        return Delivered(response.status, dict(response.getheaders()), response.read())
    except TimeoutError:
        return Delivered(0, {}, b"", "timeout")
    except (OSError, HTTPException) as error:
        return Delivered(0, {}, b"", f"unreachable: {error}")
    finally:
        connection.close()
