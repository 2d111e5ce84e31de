"""User groups as Slack lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group in use; its handle is what people mention."""

    id: str
    handle: str


def groups_from(answer: Mapping[str, Any]) -> tuple[UserGroup, ...]:
    """Parse usergroups.list, which leaves out disabled groups unless it is asked for them."""
    found = (UserGroup(each["id"], each.get("handle") or each["id"]) for each in answer["usergroups"])
    return tuple(sorted(found, key=lambda group: group.handle))
