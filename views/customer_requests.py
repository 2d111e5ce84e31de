"""What `bugle customers` writes about merging, erasing and the audit. The command line speaks English."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.customer import Profile


def merging(leaving: Profile, staying: Profile) -> str:
    """Return what merging does, before it is done."""
    return (
        f"{leaving.name!r} becomes a part of {staying.name!r}: all customer issues, reports and promises move"
        " there, it gets what it lacks, and it cannot be undone.\n"
    )


def merged(leaving: Profile, staying: Profile, issues: int, reports: int) -> str:
    """Return what merging did."""
    return (
        f"{leaving.name!r} is {staying.name!r} now: {issues} customer issues and {reports} reports moved.\n"
    )


def erasing(who: str) -> str:
    """Return what erasing does, before it is done."""
    return (
        f"All that {who} said is blanked, here and in the messages that Bugle posted. It cannot be undone."
        " The CRM is yours to erase: the next import brings a customer back.\n"
    )


def erased(issues: int, reports: Sequence[tuple[str, str | None]]) -> str:
    """Return what was erased, and what people must look through themselves: reports with their issue keys."""
    lines = [f"{issues} customer issues were blanked; their messages in Slack are edited by `bugle run`."]
    if reports:
        lines.append("Bugle does not change Jira. Look through these for their words, comments and files:")
        lines += [f"  {key or f'report {report}, without an issue'}" for report, key in reports]
    return "\n".join(lines) + "\n"


def audited(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the audit, a line each: when (UTC), who, what, of what, and the details."""
    return "".join(_line(row) for row in rows) or "Nothing is noted.\n"


def _line(row: Mapping[str, Any]) -> str:
    about = str(row["about"]).replace("_", " ")
    details = "; ".join(f"{name}: {_said(value)}" for name, value in (row["details"] or {}).items())
    who = row["who"] or "Bugle"
    return (
        f"{row['at']:%Y-%m-%d %H:%M:%S}  {who}  {row['deed']}  {about} {row['subject']}  {details}".rstrip()
        + "\n"
    )


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
