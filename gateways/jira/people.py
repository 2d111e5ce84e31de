"""Who people are in Jira."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """A Jira login. `id` is what Jira wants to hear: Cloud's accountId, Data Center's name."""

    id: str
    name: str = ""
    email: str | None = None


def account_from(raw: Mapping[str, Any], *, cloud: bool) -> Account:
    """Parse a user as Jira shows one; the e-mail is often hidden."""
    name = raw["accountId"] if cloud else raw["name"]
    return Account(id=str(name), name=raw.get("displayName") or "", email=raw.get("emailAddress") or None)


def sole_match(found: Iterable[Mapping[str, Any]], email: str, *, cloud: bool) -> Account | None:
    """Return the one active user whose visible e-mail is *email*; None where there is none or several.

    Jira's search also finds by prefix and by display name: a hit alone says nothing.
    """
    wanted = email.casefold()
    active = [raw for raw in found if raw.get("active") and raw.get("emailAddress", "").casefold() == wanted]
    return account_from(active[0], cloud=cloud) if len(active) == 1 else None


def active(found: Iterable[Mapping[str, Any]], *, cloud: bool) -> tuple[Account, ...]:
    """Return the people among what a search found: no apps, nobody whose account was closed."""
    return tuple(
        account_from(raw, cloud=cloud)
        for raw in found
        if raw.get("active") and raw.get("accountType", "atlassian") == "atlassian"
    )


def in_field(account: Account, *, cloud: bool) -> dict[str, str]:
    """Return the value of a user field for an account."""
    return {"id": account.id} if cloud else {"name": account.id}
