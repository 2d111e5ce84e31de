"""The headers by which each help desk proves that a webhook is its own, at a real time, by its secret."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

Headers = dict[str, str]


def zendesk(secret: str, body: bytes, at: datetime) -> Headers:
    """Sign as a webhook of Zendesk's: the timestamp in ISO 8601 and the body."""
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hmac.new(secret.encode(), stamp.encode() + body, hashlib.sha256).digest()
    return {
        "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
        "X-Zendesk-Webhook-Signature-Timestamp": stamp,
        "User-Agent": "Zendesk Webhook",
    }


def intercom(secret: str, body: bytes, _: datetime) -> Headers:
    """Sign as a notification of Intercom's: the body alone."""
    digest = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    return {"X-Hub-Signature": f"sha1={digest}", "User-Agent": "intercom-parrot-service-client/1.0"}


def freshdesk(secret: str, _body: bytes, _: datetime) -> Headers:
    """Log in as an automation of Freshdesk's, with the header that was typed there: it signs nothing."""
    return {"Authorization": f"Bearer {secret}", "User-Agent": "Freshdesk"}


def front(secret: str, body: bytes, at: datetime) -> Headers:
    """Sign as an application webhook of Front's: milliseconds, a colon and the body."""
    stamp = str(int(at.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}:".encode() + body, hashlib.sha256).digest()
    return {"X-Front-Signature": base64.b64encode(digest).decode(), "X-Front-Request-Timestamp": stamp}


def front_rule(secret: str, body: bytes, _: datetime) -> Headers:
    """Sign as the webhook of a rule in Front: the body alone."""
    digest = hmac.new(secret.encode(), body, hashlib.sha1).digest()
    return {"X-Front-Signature": base64.b64encode(digest).decode()}


def plain_json(secret: str, body: bytes, at: datetime) -> Headers:
    """Sign as a program of the team's own: seconds, a full stop and the body."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Bugle-Signature": digest, "X-Bugle-Timestamp": stamp}


SIGNERS: Mapping[str, Callable[[str, bytes, datetime], Headers]] = {
    "zendesk": zendesk,
    "intercom": intercom,
    "freshdesk": freshdesk,
    "front": front,
    "front_rule": front_rule,
    "json": plain_json,
}
