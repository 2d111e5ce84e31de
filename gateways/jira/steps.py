"""Steps of a workflow, which Jira calls transitions, and links between issues, as Jira tells them."""

from collections.abc import Mapping
from typing import Any

from domain.steps import Resolution, Step

DUPLICATES = "Duplicate"  # the name of the link type that every Jira starts with
# On the screen of a step, what Jira fills in by itself or takes as it is.
_NOT_ASKED = ("resolution",)


def step_from(raw: Mapping[str, Any]) -> Step:
    """Parse a transition asked for with `expand=transitions.fields`."""
    fields: Mapping[str, Any] = raw.get("fields") or {}
    resolution = fields.get("resolution") or {}
    return Step(
        id=str(raw["id"]),
        name=raw["name"],
        to=raw["to"]["statusCategory"]["key"],
        asks=tuple(
            str(field.get("name", name))
            for name, field in fields.items()
            if name not in _NOT_ASKED and field.get("required") and not field.get("hasDefaultValue")
        ),
        resolutions=tuple(
            Resolution(str(each["id"]), each["name"]) for each in resolution.get("allowedValues") or ()
        ),
        needs_resolution=bool(resolution.get("required") and not resolution.get("hasDefaultValue")),
    )


def original_of(raw: Mapping[str, Any]) -> str | None:
    """Return the key of what an issue asked for with its `issuelinks` is linked to as a duplicate of."""
    links = raw["fields"].get("issuelinks") or ()
    originals = (link["outwardIssue"]["key"] for link in links if _duplicates(link))
    return next(originals, None)


def linked_to(raw: Mapping[str, Any], original: str) -> bool:
    """Tell whether an issue asked for with its `issuelinks` is linked as a duplicate of the *original*."""
    links = raw["fields"].get("issuelinks") or ()
    return any(_duplicates(link) and link["outwardIssue"]["key"] == original for link in links)


def _duplicates(link: Mapping[str, Any]) -> bool:
    return bool(link["type"]["name"] == DUPLICATES and link.get("outwardIssue"))
