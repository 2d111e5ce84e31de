"""Sorting what can go wrong with a Slack call into the outcomes an effect can have.

Sources: the error lists of docs.slack.dev, and how slack_sdk's WebClient calls: through urllib, which wraps
what fails before the request is wholly sent in URLError and lets what fails afterwards through as it is.
"""

import errno
import re
import socket
import ssl
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from domain.effects import Gateway, LockedOut, Never, Outcome, TryAgain, Unsure, Wait
from gateways.waiting import SETTLING, seconds_to_wait

# What a call through slack_sdk can raise; ValueError is an answer that is no UTF-8.
FAILURES = (SlackClientError, OSError, HTTPException, ValueError)

# What Slack says of a message whose blocks it does not take.
BLOCKS_REFUSED = frozenset({"invalid_blocks", "msg_blocks_too_long"})

_LOCKED_OUT = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
_LIMITED = {"ratelimited", "rate_limited"}
_UNCLEAR = {"fatal_error", "internal_error", "service_unavailable", "request_timeout"}
_SCOPES = {"missing_scope", "no_permission"}
_DEAD_STATUSES = {400, 404, 413, 414}
_NO_CONNECTION = (ConnectionRefusedError, socket.gaierror, TimeoutError, ssl.SSLCertVerificationError)
_NO_ROUTE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL}
_CODE = re.compile(r"[a-z0-9_]+")


def outcome_of(error: Exception, method: str, *, repeatable: bool) -> Outcome:
    """Return how the call of *method* ended, from what slack_sdk raised (one of FAILURES).

    *repeatable* says that making the call twice does no harm; where it does harm and may have taken effect,
    the outcome is Unsure. The reason names the method and Slack's error code, never a text or a token.
    """
    if isinstance(error, SlackApiError):
        return _answered(error.response, method, repeatable=repeatable)
    if isinstance(error, URLError) and _not_sent(error.reason):
        return TryAgain(f"{method}: Slack cannot be reached ({type(error.reason).__name__})")
    if isinstance(error, TimeoutError):
        return _unclear(f"{method}: no answer from Slack in time", repeatable=repeatable, ask_again=SETTLING)
    cause = error.reason if isinstance(error, URLError) else error
    reason = f"{method}: the connection to Slack broke ({type(cause).__name__})"
    return _unclear(reason, repeatable=repeatable)


def error_code(error: BaseException | None) -> str:
    """Return the code Slack refused a call with, from what slack_sdk raised; empty where it gave none."""
    data = error.response.data if isinstance(error, SlackApiError) else None
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _not_sent(reason: object) -> bool:
    """Tell whether the connection itself failed; a TimeoutError here is one of connecting or of sending."""
    return isinstance(reason, _NO_CONNECTION) or (isinstance(reason, OSError) and reason.errno in _NO_ROUTE)


def _answered(response: Any, method: str, *, repeatable: bool) -> Outcome:
    """Sort an answer that says no; *response* is a SlackResponse."""
    answer = response.data if isinstance(response.data, dict) else {}
    code, status = str(answer.get("error", "")), int(response.status_code)
    if status == 429 or code in _LIMITED:
        return limited(response.headers, method)
    if status >= 500 or code in _UNCLEAR:
        said = code if code in _UNCLEAR else f"Slack answered {status}"
        return _unclear(f"{method}: {said}", repeatable=repeatable)
    if _CODE.fullmatch(code):
        return _refused(answer, code, method)
    if status in _DEAD_STATUSES:
        return Never(f"{method}: Slack answered {status}")
    if status >= 400:
        return TryAgain(f"{method}: Slack, or a proxy before it, answered {status}")
    return _unclear(f"{method}: Slack's answer cannot be read", repeatable=repeatable)


def limited(headers: dict[str, str], method: str) -> Wait:
    """Return how long Slack wants to be left alone with *method*, from the headers of its 429."""
    header = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    seconds = seconds_to_wait(header, datetime.now(UTC))
    return Wait(f"{method}: rate limited for {seconds:g} s", seconds=seconds, pace=f"slack.{method}")


def _refused(answer: dict[str, Any], code: str, method: str) -> Outcome:
    """Sort a plain error code of Slack's."""
    if code in _LOCKED_OUT:
        return LockedOut(f"{method}: Slack refuses the bot token ({code})", gateway=Gateway.SLACK)
    if code in _SCOPES:
        needed = answer.get("needed") or "one that Slack does not name"
        return Never(f"{method}: {code}; the app lacks the scope {needed}")
    details = (answer.get("response_metadata") or {}).get("messages") or []
    return Never(f"{method}: {code}" + "".join(f"; {detail}" for detail in details[:3]))


def _unclear(reason: str, *, repeatable: bool, ask_again: timedelta | None = None) -> Outcome:
    return TryAgain(reason) if repeatable else Unsure(reason, ask_again=ask_again)
