"""The OpenAPI document of the endpoints that help desks send to, as `GET /openapi.json` serves it.

It says what the answers mean and, of plain JSON, what may be sent. What the four help desks send is theirs to
say: of them it only names the marks that Bugle knows a message by.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.customer_config import HelpDesk, Source
from domain.help_desks import SHAPES, Field
from domain.intake import ID_LIMIT

Schema = dict[str, Any]

_SIGNATURES: Mapping[HelpDesk, Mapping[str, Schema]] = {
    HelpDesk.ZENDESK: {
        "zendesk": {"type": "apiKey", "in": "header", "name": "X-Zendesk-Webhook-Signature"},
        "zendesk_timestamp": {
            "type": "apiKey",
            "in": "header",
            "name": "X-Zendesk-Webhook-Signature-Timestamp",
        },
    },
    HelpDesk.INTERCOM: {"intercom": {"type": "apiKey", "in": "header", "name": "X-Hub-Signature"}},
    HelpDesk.FRESHDESK: {"secret": {"type": "http", "scheme": "bearer"}},
    HelpDesk.FRONT: {"front": {"type": "apiKey", "in": "header", "name": "X-Front-Signature"}},
    HelpDesk.JSON: {"secret": {"type": "http", "scheme": "bearer"}},
}
_REASONS: Schema = {
    "type": "object",
    "required": ["reasons"],
    "additionalProperties": False,
    "properties": {
        "reasons": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Reason"}}
    },
}
_KEPT: Schema = {
    "type": "object",
    "required": ["id", "left_out"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9A-Z]{26}$"},
        "left_out": {"type": "array", "items": {"$ref": "#/components/schemas/Reason"}},
    },
}
_REASON: Schema = {
    "type": "object",
    "required": ["path", "why"],
    "additionalProperties": False,
    "properties": {
        "path": {"type": "string", "description": "Where in what was sent; $ for all of it."},
        "why": {"type": "string"},
    },
}
_HELLO: Schema = {
    "type": "object",
    "required": ["challenge"],
    "additionalProperties": False,
    "properties": {"challenge": {"type": "string"}},
}
_REFUSALS = {
    "401": "Not signed with the secret of this source, or more than five minutes ago.",
    "408": "The body did not arrive in time.",
    "413": "The body is longer than 1,000,000 bytes.",
    "415": "The body is not application/json.",
    "422": "It cannot be kept; each reason names a path. Nothing was kept.",
    "503": "It cannot be kept at this moment: send it again after Retry-After seconds.",
}
_TEXT: Schema = {"type": ["string", "number", "null"]}


def document(sources: Iterable[Source], public_url: str) -> Schema:
    """Return the document for these sources; *public_url* is where Bugle is reached, empty: nowhere."""
    used = list(sources)
    made: Schema = {
        "openapi": "3.1.0",
        "info": {
            "title": "Bugle: intake from help desks",
            "version": "1",
            "description": "What customers tell help desks, sent to Bugle. docs/help-desks.md tells how.",
        },
        "paths": {f"/intake/{source.key}": {"post": _operation(source)} for source in used},
        "components": {
            "schemas": {"Reason": _REASON, "Refusal": _REASONS, "Kept": _KEPT, "Hello": _HELLO},
            "securitySchemes": {
                name: scheme for source in used for name, scheme in _SIGNATURES[source.kind].items()
            },
        },
    }
    return made | ({"servers": [{"url": public_url}]} if public_url else {})


def _operation(source: Source) -> Schema:
    kept = {"$ref": "#/components/schemas/Kept"}
    hello = {"anyOf": [kept, {"$ref": "#/components/schemas/Hello"}]}
    answers_hello = source.kind in (HelpDesk.INTERCOM, HelpDesk.FRONT)
    again = "It was kept before, under this id; or only a greeting."
    return {
        "operationId": f"send_{source.key.replace('-', '_')}",
        "summary": f"What a customer told {source.key}",
        "security": [{name: [] for name in _SIGNATURES[source.kind]}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _body(source)}}},
        "responses": {
            "201": _answer("It is kept.", kept),
            "200": _answer(again, hello if answers_hello else kept),
            **{
                status: _answer(what, {"$ref": "#/components/schemas/Refusal"})
                for status, what in _REFUSALS.items()
            },
        },
    }


def _answer(what: str, schema: Schema) -> Schema:
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def _body(source: Source) -> Schema:
    if source.kind is not HelpDesk.JSON or source.paths:
        marks = [shape.mark for shape in SHAPES[source.kind]]
        told = f"As {source.kind} documents it" + (f", with {' or '.join(marks)}." if marks else ".")
        return {"type": "object", "description": told}
    fields: dict[str, Schema] = {str(field): _TEXT for field in Field}
    fields |= {
        Field.ID: {
            "type": ["string", "integer"],
            "minLength": 1,
            "maxLength": ID_LIMIT,
            "description": "Yours; what comes again under it is kept once.",
        },
        Field.QUOTE: {
            "type": "string",
            "minLength": 1,
            "description": "What the customer said, text or HTML.",
        },
        Field.TAGS: {"type": ["array", "string"], "items": {"type": "string"}},
    }
    return {"type": "object", "required": [Field.ID, Field.QUOTE], "properties": fields}
