"""What each help desk sends, by its public documentation: where in it our fields are, and what says nothing.

Zendesk: ticket events, and the JSON of a trigger as docs/help-desks.md gives it. Intercom: notifications of
conversations. Freshdesk: an automation's webhook, simple JSON or as docs/help-desks.md gives it. Front:
application webhooks, and those of rules, which are the same without an envelope.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from domain.customer_config import HelpDesk
from domain.intake_values import HUNDRED, Scale
from domain.json_paths import PathError, parsed, values_at

_IN_BRACES = re.compile(r"\{([^{}]+)\}")


class Field(StrEnum):
    """What Bugle takes from somebody else's JSON, as [intake.paths] names it."""

    ID = "id"
    SUBJECT = "subject"
    QUOTE = "quote"
    CUSTOMER = "customer"
    CUSTOMER_KEY = "customer_key"
    EMAIL = "email"
    AUTHOR = "author"
    PRODUCT = "product"
    AREA = "area"
    TAGS = "tags"
    LANGUAGE = "language"
    EFFORT = "effort"
    SATISFACTION = "satisfaction"
    HELP_DESK_URL = "help_desk_url"


Paths = Mapping[Field, tuple[str, ...]]  # where several are named, the first that holds something counts


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of message. It is one where *mark* holds one of *values*, or anything where there are none.

    A path may also be a text with paths in braces, which are replaced by what is there: for addresses.
    """

    mark: str
    paths: Paths
    values: tuple[str, ...] = ()
    scale: Scale = HUNDRED
    faces: bool = False

    def fits(self, payload: Any) -> bool:
        """Tell whether a message is of this kind."""
        found = values_at(payload, self.mark)
        return bool(found) and (not self.values or found[0] in self.values)


def _each(**paths: str) -> Paths:
    return {Field(name): tuple(text.split()) for name, text in paths.items()}


def paths_in(place: str) -> tuple[str, ...]:
    """Return the paths of a place: itself, or those in the braces of a text that is filled in."""
    return tuple(_IN_BRACES.findall(place)) if "{" in place else (place,)


def filled(place: str, found: Mapping[str, Any]) -> str:
    """Return such a text with what was found at its paths, as it can stand in an address."""
    return _IN_BRACES.sub(lambda each: quote(str(found[each[1]]), safe=""), place)


def fault_of(place: str) -> str:
    """Return how to mend a place that cannot be read; nothing where it can be."""
    try:
        for path in paths_in(place):
            parsed(path)
    except PathError as error:
        return str(error)
    return ""


_ZENDESK = (
    Shape(
        "type",
        _each(
            id="id",
            subject="detail.subject",
            quote="detail.description",
            customer_key="detail.organization_id",
            tags="detail.tags[]",
        ),
        values=("zen:event-type:ticket.created",),
    ),
    Shape(
        "ticket.id",
        _each(
            id="id ticket.id",
            subject="ticket.title ticket.subject",
            quote="satisfaction.comment ticket.description",
            customer="ticket.organization",
            customer_key="ticket.organization_key",
            email="ticket.requester.email",
            author="ticket.requester.name",
            tags="ticket.tags",
            language="ticket.requester.language",
            satisfaction="satisfaction.rating",
            help_desk_url="ticket.link",
        ),
        scale=(1, 5),
    ),
)
_CONVERSATION = {
    "subject": "data.item.source.subject data.item.title",
    "customer": "data.item.company.name",
    "customer_key": "data.item.company.company_id",
    "email": "data.item.source.author.email data.item.user.email",
    "author": "data.item.source.author.name data.item.user.name",
    "tags": "data.item.tags.tags[].name",
    "language": "data.item.custom_attributes.Language data.item.language_override",
    "help_desk_url": "data.item.links.conversation_web"
    " https://app.intercom.com/a/apps/{app_id}/conversations/{data.item.id}",
}
_INTERCOM = (
    Shape(
        "topic",
        _each(id="id", quote="data.item.source.body data.item.conversation_message.body", **_CONVERSATION),
        values=("conversation.user.created",),
    ),
    Shape(
        "topic",
        _each(
            id="id",
            quote="data.item.conversation_rating.remark data.item.source.body",
            satisfaction="data.item.conversation_rating.rating",
            **{name: paths for name, paths in _CONVERSATION.items() if name != "subject"},
        ),
        values=("conversation.rating.added",),
        scale=(1, 5),
    ),
)
_FRESHDESK = (
    Shape(
        "freshdesk_webhook.ticket_id",
        _each(
            id="freshdesk_webhook.id freshdesk_webhook.ticket_id",
            subject="freshdesk_webhook.ticket_subject",
            quote="freshdesk_webhook.ticket_description",
            customer="freshdesk_webhook.ticket_company_name",
            email="freshdesk_webhook.ticket_contact_email",
            author="freshdesk_webhook.ticket_contact_name",
            product="freshdesk_webhook.ticket_product_name",
            tags="freshdesk_webhook.ticket_tags",
            satisfaction="freshdesk_webhook.survey_rating",
            help_desk_url="freshdesk_webhook.ticket_url",
        ),
        scale=(1, 5),
        faces=True,
    ),
)


def _front(envelope: str) -> Paths:
    places = {
        "id": "id",
        "subject": "conversation.subject",
        "quote": "target.data.text target.data.body conversation.last_message.text",
        "email": "conversation.recipient.handle",
        "author": "conversation.recipient.name",
        "tags": "conversation.tags[].name",
    }
    paths = {name: " ".join(envelope + path for path in text.split()) for name, text in places.items()}
    return _each(**paths, help_desk_url=f"https://app.frontapp.com/open/{{{envelope}conversation.id}}")


_FRONT = (
    Shape("type", _front("payload."), values=("inbound_received",)),
    Shape("type", _front(""), values=("inbound",)),
)
_JSON = (Shape(Field.ID, {field: (str(field),) for field in Field} | {Field.TAGS: ("tags", "tags[]")}),)

SHAPES: Mapping[HelpDesk, tuple[Shape, ...]] = {
    HelpDesk.ZENDESK: _ZENDESK,
    HelpDesk.INTERCOM: _INTERCOM,
    HelpDesk.FRESHDESK: _FRESHDESK,
    HelpDesk.FRONT: _FRONT,
    HelpDesk.JSON: _JSON,
}

# What is sent to see whether somebody is there: where, and what it says.
HELLOS: Mapping[HelpDesk, tuple[str, str]] = {
    HelpDesk.INTERCOM: ("topic", "ping"),
    HelpDesk.FRONT: ("type", "sync"),
}
# What to subscribe to, for who subscribed to more.
WANTED: Mapping[HelpDesk, str] = {
    HelpDesk.ZENDESK: "use the event Ticket created, or a trigger with the JSON of the docs",
    HelpDesk.INTERCOM: "subscribe to conversation.user.created and conversation.rating.added alone",
    HelpDesk.FRESHDESK: "send the JSON of the docs, with freshdesk_webhook at its top",
    HelpDesk.FRONT: "subscribe to inbound messages alone",
    HelpDesk.JSON: "send an object with id and quote, or name their places in [intake.paths]",
}
