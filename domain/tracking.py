"""What Jira tells of a report's issue, how far it has come by that, and what of a change is news."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.steps import RESOLUTIONS_OF_DUPLICATES, Category
from domain.telling import Telling


class Phase(StrEnum):
    """How far an issue has come, whatever its project calls that."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    NEEDS_INFO = "needs_info"
    FIXED = "fixed"  # and not, or not known to be, released
    RELEASED = "released"
    WONT_FIX = "wont_fix"
    DUPLICATE = "duplicate"
    GONE = "gone"  # deleted, or where Bugle may not see it

    @property
    def is_over(self) -> bool:
        """Whether nobody works on it any more."""
        return self not in (Phase.WAITING, Phase.IN_PROGRESS, Phase.NEEDS_INFO)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a Jira project; `released_on` where Jira says it."""

    name: str
    is_released: bool = False
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """An issue as Jira tells it at one instant; `updated` is aware UTC, by Jira's clock.

    `id` stays when the issue is moved and its key changes. `category` is its status's. `assignee` is a name,
    `assignee_id` what Jira knows the account by. `versions` are those it is fixed in. `original` is the
    key of what it is linked to as a duplicate of.
    """

    id: str
    key: str
    status: str
    category: str
    updated: datetime
    assignee: str | None = None
    assignee_id: str | None = None
    priority: str | None = None
    resolution: str | None = None
    versions: tuple[Version, ...] = ()
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a team's Jira calls things: statuses that wait for the reporter, and resolutions that fix nothing.

    In small letters; compared so.
    """

    needs_info: frozenset[str]
    wont_fix: frozenset[str]
    duplicate: frozenset[str] = frozenset(RESOLUTIONS_OF_DUPLICATES)


@dataclass(frozen=True, slots=True)
class Ours:
    """What Bugle itself has set or wants in an issue: seen in Jira, it is no news to anybody."""

    assignee_id: str | None = None
    priority: str | None = None
    is_over: bool = False


class What(StrEnum):
    """What of an issue changed; each can be left out of a channel's threads."""

    STATUS = "status"
    ASSIGNEE = "assignee"
    PRIORITY = "priority"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that changed, as Jira calls it; None where there is none (any more)."""

    what: What
    before: str | None
    now: str | None


def phase_of(facts: IssueFacts, words: Words) -> Phase:
    """Say how far an issue has come."""
    if facts.category != Category.DONE:
        if facts.status.casefold() in words.needs_info:
            return Phase.NEEDS_INFO
        return Phase.WAITING if facts.category == Category.NEW else Phase.IN_PROGRESS
    # Some workflows set no resolution: there the status itself is called "Won't do".
    ended = {(facts.resolution or "").casefold(), facts.status.casefold()}
    if ended & words.duplicate:
        return Phase.DUPLICATE
    if ended & words.wont_fix:
        return Phase.WONT_FIX
    is_out = bool(facts.versions) and all(each.is_released for each in facts.versions)
    return Phase.RELEASED if is_out else Phase.FIXED


def news(before: IssueFacts, now: IssueFacts, ours: Ours) -> list[News]:
    """List what of a change people should read; what Bugle did itself they know."""
    found = []
    if before.status != now.status and not (ours.is_over and now.category == Category.DONE):
        found.append(News(What.STATUS, before.status, now.status))
    if now.assignee_id not in (before.assignee_id, ours.assignee_id):
        found.append(News(What.ASSIGNEE, before.assignee, now.assignee))
    if now.priority not in (before.priority, ours.priority):
        found.append(News(What.PRIORITY, before.priority, now.priority))
    names = [", ".join(each.name for each in facts.versions) or None for facts in (before, now)]
    if names[0] != names[1]:
        found.append(News(What.VERSION, names[0], names[1]))
    return found


@dataclass(frozen=True, slots=True)
class Tracked:
    """What is kept of a report's issue. `since` is when its phase began, aware UTC, business time."""

    report: str
    facts: IssueFacts
    phase: Phase
    since: datetime


def versions_to_json(versions: Iterable[Version]) -> list[dict[str, Any]]:
    """Return versions as they are kept."""
    return [
        {
            "name": each.name,
            "released": each.is_released,
            "on": each.released_on and each.released_on.isoformat(),
        }
        for each in versions
    ]


def versions_from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Version, ...]:
    """Return versions that were kept so."""
    return tuple(
        Version(each["name"], each["released"], date.fromisoformat(each["on"]) if each["on"] else None)
        for each in kept
    )


def facts_to_json(facts: IssueFacts) -> dict[str, Any]:
    """Return what Jira told as an effect's result keeps it."""
    told = {each.name: getattr(facts, each.name) for each in fields(facts)}
    return told | {"updated": facts.updated.isoformat(), "versions": versions_to_json(facts.versions)}


def facts_from_json(kept: Mapping[str, Any]) -> IssueFacts:
    """Return what Jira told from where it was kept so."""
    updated, versions = datetime.fromisoformat(kept["updated"]), versions_from_json(kept["versions"])
    return IssueFacts(**{**kept, "updated": updated, "versions": versions})


USUAL = Words(
    needs_info=frozenset(
        {
            "needs info",
            "needs information",
            "need more info",
            "waiting for customer",
            "waiting for reporter",
            "waiting for support",
            "esperando al cliente",
            "falta información",
            "等待客戶",
            "需要資訊",
        }
    ),
    wont_fix=frozenset(
        {
            "won't fix",
            "wont fix",
            "won't do",
            "cannot reproduce",
            "not a bug",
            "invalid",
            "rejected",
            "declined",
            "known error",
            "no se hará",
            "no es un error",
            "no se puede reproducir",
            "不予處理",
            "不是錯誤",
            "無法重現",
        }
    ),
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """[follow_up] of bugle.toml: what the team's Jira calls things, what threads say, who tells customers.

    `kept` are beginnings of replies that stay in Slack.
    """

    words: Words = USUAL
    threads: frozenset[What] = frozenset(What)
    telling: Telling = field(default_factory=Telling)
    kept: tuple[str, ...] = ("//", "🔒", ":lock:")
