"""What each help desk sends of a customer who wrote or rated an answer, in the shape of its documentation."""

import html
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Payload = dict[str, Any]
_FACES = ("Extremely unhappy", "Unhappy", "Neutral", "Happy", "Extremely happy")


@dataclass(frozen=True)
class Written:
    """What a customer wrote to a help desk. *score* is 1 to 5 where they rate an answer, and None else."""

    number: int
    at: datetime
    text: str
    subject: str = ""
    author: str = "Olga Ruiz"
    email: str = "olga@lumen-retail.example"
    company: str = "Lumen Retail"
    product: str = ""
    language: str = "en"
    score: int | None = None

    @property
    def stamp(self) -> str:
        """The time in ISO 8601, as UTC."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def tags(self) -> list[str]:
        """The tags that an agent has set."""
        return [self.product] if self.product else []


def zendesk(said: Written) -> Payload:
    """Return an event of a new ticket or, of one that was rated, what its trigger is set up to send."""
    if said.score is not None:
        return _rated_ticket(said)
    detail = {
        "actor_id": "8447388090494", "assignee_id": None, "brand_id": "8447346621310",
        "created_at": said.stamp, "custom_status": "8447320465790", "description": said.text,
        "external_id": None, "form_id": "8646151517822", "group_id": "8447320466430", "id": str(said.number),
        "is_public": True, "organization_id": "8447346622462", "priority": "NORMAL",
        "requester_id": "8447388090494", "status": "NEW", "subject": said.subject,
        "submitter_id": "8447388090494",
        "tags": said.tags, "type": "QUESTION", "updated_at": said.stamp, "via": {"channel": "web"},
    }  # fmt: skip
    return {
        "type": "zen:event-type:ticket.created",
        "account_id": 22129848,
        "id": str(uuid.uuid4()),
        "time": said.stamp,
        "zendesk_event_version": "2022-11-06",
        "subject": f"zen:ticket:{said.number}",
        "detail": detail,
        "event": {"meta": {"sequence": {"id": uuid.uuid4().hex.upper(), "position": 1, "total": 1}}},
    }


def _rated_ticket(said: Written) -> Payload:
    rating = "Good, I'm satisfied" if (said.score or 0) > 3 else "Bad, I'm unsatisfied"
    ticket = {
        "id": str(said.number), "title": said.subject, "description": said.subject,
        "link": f"https://harbor.zendesk.com/agent/tickets/{said.number}", "tags": " ".join(said.tags),
        "organization": said.company,
        "requester": {"name": said.author, "email": said.email, "language": said.language},
    }  # fmt: skip
    rated = {"rating": rating, "comment": said.text}
    return {"id": f"{said.number}-{rating[:4].strip()}", "ticket": ticket, "satisfaction": rated}


def intercom(said: Written) -> Payload:
    """Return a notification of a conversation that a user began or rated."""
    seconds = int(said.at.timestamp())
    author = {"type": "user", "id": "540f1de7112d3d1d51001637", "name": said.author, "email": said.email}
    rating = {"rating": said.score, "remark": said.text, "created_at": seconds} if said.score else {}
    body = f"<p>{html.escape(said.text)}</p>"
    item = {
        "type": "conversation", "id": str(said.number), "created_at": seconds, "updated_at": seconds,
        "source": {
            "type": "conversation", "id": "3", "delivered_as": "customer_initiated", "subject": said.subject,
            "body": body, "author": author, "attachments": [], "url": None, "redacted": False,
        },
        "conversation_rating": rating, "open": True, "state": "open", "read": False,
        "company": {"type": "company", "name": said.company},
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "1", "name": one} for one in said.tags]},
    }  # fmt: skip
    return {
        "type": "notification_event", "app_id": "lkqcyt9t",
        "data": {"type": "notification_event_data", "item": item}, "links": {}, "id": f"notif_{uuid.uuid4()}",
        "topic": "conversation.rating.added" if said.score else "conversation.user.created",
        "delivery_status": "pending", "delivery_attempts": 1, "delivered_at": 0, "first_sent_at": seconds,
        "created_at": seconds, "self": None,
    }  # fmt: skip


def freshdesk(said: Written) -> Payload:
    """Return what an automation that runs on new tickets, or on feedback, is set up to send."""
    rated = (
        {"id": f"{said.number}-{_FACES[said.score - 1]}", "survey_rating": _FACES[said.score - 1]}
        if said.score
        else {}
    )
    ticket = {
        "ticket_id": said.number, "ticket_subject": said.subject,
        "ticket_description": f"<div>{html.escape(said.text)}</div>",
        "ticket_url": f"https://harbor.freshdesk.com/helpdesk/tickets/{said.number}",
        "ticket_company_name": said.company, "ticket_product_name": said.product,
        "ticket_tags": ", ".join(said.tags), "ticket_contact_name": said.author,
        "ticket_contact_email": said.email,
    }  # fmt: skip
    return {"freshdesk_webhook": {**ticket, **rated}}


def front(said: Written) -> Payload:
    """Return an application webhook of a message that came in; Front tells no scores."""
    sender = {"_links": {}, "name": said.author, "handle": said.email, "role": "from"}
    conversation = {
        "_links": {}, "id": f"cnv_{said.number}", "subject": said.subject, "status": "unassigned",
        "assignee": None, "recipient": sender, "links": [], "custom_fields": {},
        "tags": [{"_links": {}, "id": "tag_1", "name": one, "is_private": False} for one in said.tags],
        "created_at": said.at.timestamp(), "is_private": False,
    }  # fmt: skip
    message = {
        "_links": {}, "id": f"msg_{said.number}", "type": "email", "is_inbound": True,
        "created_at": said.at.timestamp(), "blurb": said.text[:100],
        "body": html.escape(said.text).replace("\n", "<br />\n"), "text": said.text,
        "subject": said.subject, "author": None, "recipients": [sender], "attachments": [], "is_draft": False,
    }  # fmt: skip
    event = {
        "_links": {}, "id": f"evt_{uuid.uuid4().hex[:8]}", "type": "inbound",
        "emitted_at": said.at.timestamp(),
        "conversation": conversation, "source": {"_meta": {"type": "inboxes"}, "data": []},
        "target": {"_meta": {"type": "message"}, "data": message},
    }  # fmt: skip
    return {"type": "inbound_received", "authorization": {"id": "cmp_abc"}, "payload": event}


def plain_json(said: Written) -> Payload:
    """Return what a program of the team's own may send."""
    told = {
        "id": f"own-{said.number}", "quote": said.text, "subject": said.subject, "customer": said.company,
        "email": said.email, "author": said.author, "product": said.product, "language": said.language,
        "help_desk_url": f"https://desk.harbor.example/{said.number}",
    }  # fmt: skip
    return {**told, "satisfaction": f"{said.score}/5"} if said.score else told


PAYLOADS: Mapping[str, Callable[[Written], Payload]] = {
    "zendesk": zendesk,
    "intercom": intercom,
    "freshdesk": freshdesk,
    "front": front,
    "json": plain_json,
}
