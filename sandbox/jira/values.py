"""How a change of a field reads in the changelog."""

from typing import Any

from sandbox.jira import custom, seed
from sandbox.jira.fields import FIELDS, Field, Kind
from sandbox.jira.model import Issue, Named, Status
from sandbox.jira.state import Jira

Item = dict[str, Any]


def changed_items(jira: Jira, issue: Issue, before: dict[str, Any]) -> list[Item]:
    """Return the changelog items for what *issue* holds now and did not hold *before*."""
    items: list[Item] = []
    for name, field in FIELDS.items():
        old, new = before.get(name), issue.values.get(name)
        if old == new or (old in (None, []) and new in (None, [])):
            continue
        if field.kind in (Kind.COMPONENTS, Kind.VERSIONS):
            for one in sorted(set(old or []) ^ set(new or [])):
                gone = one in (old or [])
                items.append(_item(jira, issue, field, one if gone else None, None if gone else one))
        else:
            items.append(_item(jira, issue, field, old, new))
    return items


def status_item(old: Status, new: Status) -> Item:
    """Return the changelog item of a move from one status to another."""
    return _plain("status", "status", (old.id, old.name), (new.id, new.name))


def resolution_item(old: Named | None, new: Named | None) -> Item:
    """Return the changelog item of a resolution set or cleared."""
    before = (old.id, old.name) if old else (None, None)
    return _plain("resolution", "resolution", before, (new.id, new.name) if new else (None, None))


def moved_items(old: "_Ends", new: "_Ends", old_key: str, new_key: str) -> list[Item]:
    """Return the changelog items of a move from one project (id, name) to another, with the new key."""
    return [_plain("project", "project", old, new), _plain("Key", "", (None, old_key), (None, new_key))]


def attachment_item(id_: str, filename: str, *, removed: bool = False) -> Item:
    """Return the changelog item of a file attached or removed."""
    there, nothing = (id_, filename), (None, None)
    return _plain("Attachment", "attachment", *((there, nothing) if removed else (nothing, there)))


def link_item(other: str, sentence: str, *, removed: bool = False) -> Item:
    """Return the changelog item of a link to the issue *other*, described by *sentence*."""
    there, nothing = (other, sentence), (None, None)
    return _plain("Link", "", *((there, nothing) if removed else (nothing, there)))


def remote_link_item(id_: int, title: str, *, removed: bool = False) -> Item:
    """Return the changelog item of a remote link added or removed."""
    there, nothing = (str(id_), f'This issue links to "{title}"'), (None, None)
    return _plain("RemoteIssueLink", "", *((there, nothing) if removed else (nothing, there)))


def _item(jira: Jira, issue: Issue, field: Field, old: Any, new: Any) -> Item:
    label = field.changelog or (field.name if field.custom else field.id)
    before, after = _ends(jira, issue, field, old), _ends(jira, issue, field, new)
    item = _plain(label, field.id, before, after)
    return item | {"fieldtype": "custom"} if field.custom else item


_Ends = tuple[str | None, str | None]


def _plain(label: str, field_id: str, old: _Ends, new: _Ends) -> Item:
    item: Item = {"field": label, "fieldtype": "jira"}
    if field_id:
        item["fieldId"] = field_id
    return item | {"from": old[0], "fromString": old[1], "to": new[0], "toString": new[1]}


def _ends(jira: Jira, issue: Issue, field: Field, value: Any) -> _Ends:
    """Return a value's id and its words, as the changelog shows one end of a change."""
    if value is None:
        return None, None
    if field.kind is Kind.USER:
        account = jira.accounts[value]
        return (account.id if jira.cloud else account.key), account.display_name
    if field.kind in (Kind.OPTIONS, Kind.CASCADE, Kind.USERS):
        return None, custom.words(field, value)
    known: dict[Kind, tuple[Any, ...]] = {
        Kind.COMPONENTS: tuple(issue.project.components),
        Kind.VERSIONS: tuple(issue.project.versions),
        Kind.PRIORITY: seed.PRIORITIES,
        Kind.OPTION: field.options,
    }
    if field.kind in known:
        return value, next((one.name for one in known[field.kind] if one.id == value), None)
    return None, " ".join(value) if field.kind is Kind.LABELS else str(value)
