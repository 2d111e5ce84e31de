"""Who we are in Slack, and who others are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SOURCE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot as auth.test tells it; `scopes` are its token's, `url` the workspace's address."""

    team_id: str
    user_id: str
    bot_id: str
    url: str
    scopes: frozenset[str]
    enterprise_id: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in Slack as users.info tells it.

    `name` is the real one; `email` is None where hidden or where the scope is missing; `language` is en, es
    or zh_Hant; `zone` an IANA time zone. `is_external` says that they belong to another company, `is_guest`
    that they are in our workspace with a guest's account. `status_emoji` is such as :palm_tree:, until
    `status_until` (seconds since 1970, 0 where no end was set).
    """

    id: str
    name: str
    email: str | None
    language: str
    zone: str
    team_id: str
    is_external: bool
    is_bot: bool
    deleted: bool
    is_guest: bool = False
    status_emoji: str = ""
    status_until: int = 0


def identity_from(answer: Mapping[str, Any], headers: Mapping[str, str]) -> Identity:
    """Parse auth.test; the granted scopes are in its X-OAuth-Scopes header."""
    granted = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return Identity(
        team_id=answer["team_id"],
        user_id=answer["user_id"],
        bot_id=answer.get("bot_id") or "",
        url=answer.get("url") or "",
        scopes=frozenset(scope.strip() for scope in granted.split(",") if scope.strip()),
        enterprise_id=answer.get("enterprise_id"),
    )


def person_from(raw: Mapping[str, Any], us: Identity) -> Person:
    """Parse the `user` of users.info as seen by *us*."""
    profile = raw.get("profile") or {}
    return Person(
        id=raw["id"],
        name=profile.get("real_name") or raw.get("real_name") or profile.get("display_name") or raw["id"],
        email=profile.get("email") or None,
        language=language_of(raw.get("locale")),
        zone=raw.get("tz") or "UTC",
        team_id=raw.get("team_id") or "",
        is_external=_is_external(raw, us),
        is_bot=bool(raw.get("is_bot")),
        deleted=bool(raw.get("deleted")),
        is_guest=bool(raw.get("is_restricted") or raw.get("is_ultra_restricted")),
        status_emoji=profile.get("status_emoji") or "",
        status_until=int(profile.get("status_expiration") or 0),
    )


def language_of(locale: str | None) -> str:
    """Return which of our languages somebody with a Slack *locale* reads: en, es or zh_Hant.

    Every Chinese locale gets zh_Hant, which its readers read more easily than English. Slack tells no locale
    of people of other companies.
    """
    tongue = (locale or "").replace("_", "-").split("-")[0].lower()
    return {"es": "es", "zh": "zh_Hant"}.get(tongue, SOURCE_LANGUAGE)


def _is_external(raw: Mapping[str, Any], us: Identity) -> bool:
    """Compare companies: the enterprise where there is one (its workspaces are all ours), else the team."""
    if raw.get("team_id") == us.team_id:
        return False
    enterprise = raw.get("enterprise_id") or (raw.get("enterprise_user") or {}).get("enterprise_id")
    return us.enterprise_id is None or enterprise != us.enterprise_id
