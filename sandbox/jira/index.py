"""Jira's search index: what a search knows of an issue lags behind what reading it by key shows."""

from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta

from sandbox.jira.model import Issue


class SearchIndex:
    """Remembers states of issues with the business time at which each came to be."""

    def __init__(self) -> None:
        self._states: dict[str, list[tuple[datetime, Issue]]] = {}

    def note(self, issue: Issue, at: datetime) -> None:
        """Remember the issue's present state as of *at*."""
        state = replace(issue, values=deepcopy(issue.values), comments=deepcopy(issue.comments))
        self._states.setdefault(issue.id, []).append((at, state))

    def forget(self, issue: Issue) -> None:
        """Forget a deleted issue."""
        self._states.pop(issue.id, None)

    def visible(self, issue: Issue, now: datetime, delay: timedelta) -> Issue | None:
        """Return the issue's state as a search at *now* sees it, or None while it sees none."""
        latest = now - delay
        for at, state in reversed(self._states.get(issue.id, ())):
            if at <= latest:
                return state
        return None
