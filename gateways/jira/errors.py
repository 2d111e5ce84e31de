"""Sorting what can go wrong with a Jira call into the outcomes an effect can have.

Sources: the status codes of Atlassian's REST documents, and how the jira library calls: through requests,
whose ConnectionError holds urllib3's MaxRetryError only where the request was never sent. Both libraries are
imported when a call has failed, because they are slow to import and by then they are there.
"""
# ruff: noqa: PLC0415

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.effects import Gateway, LockedOut, Never, Outcome, TryAgain, Unsure, Wait
from gateways.waiting import SETTLING, seconds_to_wait

PACE = "jira"
DETAILS = 300

# Answered without having been acted on, and worth another try: a conflict, and "too early".
_TRY_AGAIN = {409, 425}
_TIMED_OUT = 408
_LOGIN_FAILED = ("AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED")


@dataclass(frozen=True, slots=True)
class Call:
    """One kind of call: its name such as "POST issue", and what to know when it fails.

    *repeatable* says that making it twice does no harm; *permission* is the one it needs in the project.
    """

    name: str
    repeatable: bool = True
    permission: str = "BROWSE_PROJECTS"


def failures() -> tuple[type[Exception], ...]:
    """Return what a call through the jira library can raise: refusals, connections, unreadable answers."""
    from jira.exceptions import JIRAError

    return (JIRAError, OSError, ValueError)


def outcome_of(error: Exception, call: Call) -> Outcome:
    """Return how *call* ended, from what the library raised (one of `failures()`).

    A 403 is taken for a missing permission unless it speaks of the login; `is_forbidden` tells when to make
    sure. The reason holds Jira's own words on fields, never a text we sent or a credential.
    """
    import requests

    response = getattr(error, "response", None)
    status = getattr(response, "status_code", None)
    if status is not None and status >= 400:
        return _answered(response, status, call)
    if status is not None or isinstance(error, ValueError) or not isinstance(error, OSError):
        return _unclear(call, "Jira's answer cannot be read")
    if _not_sent(error):
        return TryAgain(f"{call.name}: Jira cannot be reached ({type(error).__name__})")
    settling = SETTLING if isinstance(error, requests.ReadTimeout) else None
    return _unclear(call, f"no answer from Jira ({type(error).__name__})", settling)


def is_forbidden(error: Exception) -> bool:
    """Tell whether Jira said 403 without saying that it is about the login."""
    response = getattr(error, "response", None)
    return response is not None and response.status_code == 403 and not _login_failed(response)


def is_about_no_field(error: BaseException | None) -> bool:
    """Tell whether a 400 names no field: what was asked does not fit the issue as it is."""
    response = getattr(error, "response", None)
    return response is not None and response.status_code == 400 and not _said(response).get("errors")


def is_missing(error: BaseException | None) -> bool:
    """Tell whether Jira has no such thing, or none that our account may see."""
    return getattr(getattr(error, "response", None), "status_code", None) in (404, 410)


def is_too_large(error: BaseException | None) -> bool:
    """Tell whether Jira, or a proxy before it, refused a request for its size."""
    return getattr(getattr(error, "response", None), "status_code", None) == 413


def _answered(response: Any, status: int, call: Call) -> Outcome:
    reason = f"{call.name}: Jira answered {status}"
    if status == 429:
        seconds = seconds_to_wait(response.headers.get("Retry-After"), datetime.now(UTC))
        return Wait(f"{call.name}: rate limited for {seconds:g} s", seconds=seconds, pace=PACE)
    if status >= 500 or status == _TIMED_OUT:
        return _unclear(call, f"Jira answered {status}")
    if status == 401 or _login_failed(response):
        return LockedOut(f"{reason}; it refuses our login", gateway=Gateway.JIRA)
    if status in _TRY_AGAIN:
        return TryAgain(reason)
    if status == 403:
        return Never(f"{reason}; the account may lack the permission {call.permission}{_details(response)}")
    return Never(reason + _details(response), refused=_refused(response) if status == 400 else {})


def _refused(response: Any) -> dict[str, str]:
    """Return what was said against single fields; empty where it is about anything else too."""
    said = _said(response)
    errors = said.get("errors")
    if said.get("errorMessages") or not isinstance(errors, dict):
        return {}
    return {str(field): " ".join(str(text).split())[:DETAILS] for field, text in errors.items()}


def _login_failed(response: Any) -> bool:
    """Tell whether the answer's headers say that the login failed or must pass a captcha first."""
    seraph = response.headers.get("X-Seraph-LoginReason", "")
    return "X-Authentication-Denied-Reason" in response.headers or any(one in seraph for one in _LOGIN_FAILED)


def _details(response: Any) -> str:
    """Return Jira's messages and field errors as the end of a one-line reason."""
    said = _said(response)
    messages = [str(message) for message in said.get("errorMessages") or []]
    errors = said.get("errors")
    fields = [f"{field}: {text}" for field, text in errors.items()] if isinstance(errors, dict) else []
    line = " ".join("; ".join(messages + fields).split())
    return f"; {line[:DETAILS]}" if line else ""


def _said(response: Any) -> dict[str, Any]:
    try:
        said = response.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _not_sent(error: Exception) -> bool:
    """Tell whether the connection itself failed: refused, no such host, no route, timed out, no trust."""
    from requests.exceptions import ConnectionError as NoConnection
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import MaxRetryError, SSLError

    if isinstance(error, ConnectTimeout):
        return True
    inner = error.args[0] if isinstance(error, NoConnection) and error.args else None
    if not isinstance(inner, MaxRetryError):
        return False
    reason = inner.reason
    if isinstance(reason, SSLError):  # only a refused certificate is sure to have come before the request
        return any(isinstance(part, ssl.SSLCertVerificationError) for part in reason.args)
    return True


def _unclear(call: Call, what: str, ask_again: timedelta | None = None) -> Outcome:
    reason = f"{call.name}: {what}"
    return TryAgain(reason) if call.repeatable else Unsure(reason, ask_again=ask_again)
