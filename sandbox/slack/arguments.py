"""What a Web API call was given: form fields, query or JSON body, read as the types a method wants."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.slack.model import JSON


class Refused(Exception):
    """Slack's `ok: false`: the error's name and what else the answer holds."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


def invalid(*complaints: str) -> Refused:
    """Return the refusal of a call whose arguments Slack has *complaints* about."""
    return Refused(
        "invalid_arguments", response_metadata={"messages": [f"[ERROR] {one}" for one in complaints]}
    )


class Arguments:
    """The arguments of one call; JSON bodies keep their types, forms have text only."""

    def __init__(self, given: JSON) -> None:
        self._given = given

    @classmethod
    async def of(cls, request: Request) -> "Arguments":
        """Read *request*; Refused when its body is neither a form nor a JSON object."""
        given: JSON = dict(request.query_params)
        body = await request.body()
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not body:
            return cls(given)
        if kind == "application/json":
            try:
                parsed = json.loads(body)
            except ValueError:
                raise Refused("invalid_json") from None
            if not isinstance(parsed, dict):
                raise Refused("json_not_object")
            return cls({**given, **parsed})
        if kind in ("application/x-www-form-urlencoded", ""):
            return cls({**given, **dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))})
        raise Refused("invalid_post_type")

    def has(self, name: str) -> bool:
        """Tell whether *name* was given and is not empty."""
        return self._given.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """Return *name* as text."""
        value = self._given.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """Return *name* as text; Refused when it is missing or empty."""
        if not self.has(name):
            raise invalid(f"missing required field: {name}")
        return self.text(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return *name* as true or false."""
        value = self._given.get(name)
        if value is None or value == "":
            return default
        return value in (True, 1, "true", "True", "1")

    def number(self, name: str, default: int) -> int:
        """Return *name* as a whole number; Refused when it is none."""
        try:
            return int(self._given[name]) if self.has(name) else default
        except (TypeError, ValueError):
            raise invalid(f"must be a valid integer [json-pointer:/{name}]") from None

    def ids(self, name: str) -> list[str]:
        """Return *name* as a list of ids: a JSON list, or text with commas."""
        value = self._given.get(name)
        if isinstance(value, str) and value.startswith("["):
            value = self.json(name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [one.strip() for one in str(value).split(",") if one.strip()] if value else []

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """Return *name* as JSON, given as such or as text; None if missing; else Refused(*error*)."""
        value = self._given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(error) from None
