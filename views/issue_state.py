"""How a report's issue stands in Jira, in a few words for the card."""

from domain.tracking import IssueFacts, Phase, Tracked
from views.text import Translator, ago, cut_escaped


def under_way(t: Translator, tracked: Tracked | None) -> str | None:
    """Say where an open issue is in its workflow, once somebody has moved it; None before."""
    if tracked is None or tracked.phase is Phase.WAITING:
        return None
    return t("In Jira: {news}").format(news=f"*{cut_escaped(tracked.facts.status, 150)}*")


def ended(t: Translator, tracked: Tracked | None) -> str:
    """Say how an issue ended."""
    if tracked is None:
        return t("Done in Jira")
    facts = tracked.facts
    said = {
        Phase.FIXED: _fixed(t, facts),
        Phase.RELEASED: t("Fixed and released in {versions}, {ago}"),
        Phase.WONT_FIX: t("Will not be fixed: {resolution}, {ago}"),
        Phase.DUPLICATE: _duplicate(t, facts),
        Phase.GONE: t("Its issue is not in Jira any more, as was seen {ago}"),
    }.get(tracked.phase, t("Done in Jira"))
    return said.format(
        ago=ago(tracked.since),
        versions=cut_escaped(t.listing([each.name for each in facts.versions]), 300),
        resolution=cut_escaped(facts.resolution or facts.status, 150),
        original=cut_escaped(facts.original or "", 100),
    )


def _fixed(t: Translator, facts: IssueFacts) -> str:
    return t("Fixed {ago}, to be released in {versions}") if facts.versions else t("Fixed {ago}")


def _duplicate(t: Translator, facts: IssueFacts) -> str:
    if facts.original:
        return t("Closed in Jira as a duplicate of {original}, {ago}")
    return t("Closed in Jira as a duplicate, {ago}")
