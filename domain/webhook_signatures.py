"""Whether a webhook comes from who it says: the authentication of each help desk, as it documents it.

- Zendesk: base64 of HMAC-SHA256 over the timestamp and the body, both of them headers beside it.
- Intercom: `sha1=` and the hex HMAC-SHA1 of the body.
- Front: application webhooks as Zendesk's with a colon after the timestamp, which is in milliseconds; rule
  webhooks the base64 HMAC-SHA1 of the body.
- Freshdesk signs nothing: the secret itself, as a Bearer token or in the user or password of Basic.
- JSON: Bearer, or the hex HMAC-SHA256 of timestamp, full stop and body.

All compare in constant time, on the bytes that came. A signed timestamp may be five minutes off.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from domain.customer_config import HelpDesk

Headers = Mapping[str, str]  # by names in small letters

STALE = timedelta(minutes=5)


def is_genuine(kind: HelpDesk, secret: str, headers: Headers, body: bytes, now: datetime) -> bool:
    """Tell whether who knows the secret sent this, and not long before *now*, which is the real time."""
    return bool(secret) and _BY_KIND[kind](secret.encode(), headers, body, now)


def _zendesk(secret: bytes, headers: Headers, body: bytes, now: datetime) -> bool:
    told, given = _signed(headers, "x-zendesk-webhook-signature")
    stamp = headers.get("x-zendesk-webhook-signature-timestamp", "")
    due = _base64(_hmac(secret, stamp.encode() + body, "sha256"))
    return _same(given, due) and told and _is_fresh(_iso(stamp), now)


def _intercom(secret: bytes, headers: Headers, body: bytes, _: datetime) -> bool:
    told, given = _signed(headers, "x-hub-signature")
    return _same(given, b"sha1=" + _hmac(secret, body, "sha1").hex().encode()) and told


def _front(secret: bytes, headers: Headers, body: bytes, now: datetime) -> bool:
    told, given = _signed(headers, "x-front-signature")
    stamp = headers.get("x-front-request-timestamp")
    if stamp is None:
        return _same(given, _base64(_hmac(secret, body, "sha1"))) and told
    due = _base64(_hmac(secret, stamp.encode() + b":" + body, "sha256"))
    return _same(given, due) and told and _is_fresh(_seconds(stamp, 1000), now)


def _freshdesk(secret: bytes, headers: Headers, _body: bytes, _: datetime) -> bool:
    return _is_bearer(secret, headers) or _is_basic(secret, headers)


def _json(secret: bytes, headers: Headers, body: bytes, now: datetime) -> bool:
    told, given = _signed(headers, "x-bugle-signature")
    if not told:
        return _is_bearer(secret, headers)
    stamp = headers.get("x-bugle-timestamp", "")
    due = _hmac(secret, stamp.encode() + b"." + body, "sha256").hex().encode()
    return _same(given, due) and _is_fresh(_seconds(stamp, 1), now)


_BY_KIND: Mapping[HelpDesk, Callable[[bytes, Headers, bytes, datetime], bool]] = {
    HelpDesk.ZENDESK: _zendesk,
    HelpDesk.INTERCOM: _intercom,
    HelpDesk.FRESHDESK: _freshdesk,
    HelpDesk.FRONT: _front,
    HelpDesk.JSON: _json,
}


def _signed(headers: Headers, name: str) -> tuple[bool, bytes]:
    return name in headers, headers.get(name, "").strip().encode()


def _hmac(secret: bytes, what: bytes, kind: str) -> bytes:
    return hmac.new(secret, what, getattr(hashlib, kind)).digest()


def _base64(digest: bytes) -> bytes:
    return base64.b64encode(digest)


def _same(given: bytes, due: bytes) -> bool:
    return hmac.compare_digest(given, due)


def _is_bearer(secret: bytes, headers: Headers) -> bool:
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    return _same(token.strip().encode(), secret) and scheme.lower() == "bearer"


def _is_basic(secret: bytes, headers: Headers) -> bool:
    scheme, _, given = headers.get("authorization", "").strip().partition(" ")
    try:
        user, _, password = base64.b64decode(given.strip(), validate=True).partition(b":")
    except (binascii.Error, ValueError):
        return False
    # Help desks take a login, or a key alone, which they send as the user with any password.
    is_either = _same(password, secret) | _same(user, secret)
    return is_either and scheme.lower() == "basic"


def _is_fresh(at: datetime | None, now: datetime) -> bool:
    return at is not None and abs(now - at) <= STALE


def _iso(stamp: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _seconds(stamp: str, of_a_second: int) -> datetime | None:
    """Read a time since 1970; *of_a_second* is how many of its units make one."""
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 17):
        return None
    try:
        return datetime.fromtimestamp(int(stamp) / of_a_second, UTC)
    except (OverflowError, ValueError, OSError):
        return None
