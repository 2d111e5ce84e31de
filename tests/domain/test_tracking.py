"""How far an issue has come by what Jira tells of it, and what of a change is news."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.tracking import (
    USUAL,
    IssueFacts,
    News,
    Ours,
    Phase,
    Version,
    What,
    facts_from_json,
    facts_to_json,
    news,
    phase_of,
)

OUT, COMING = Version("2.4", is_released=True, released_on=date(2026, 3, 2)), Version("2.5")
FACTS = IssueFacts("10042", "SHOP-42", "To Do", "new", datetime(2026, 3, 2, 9, tzinfo=UTC))
DONE = replace(FACTS, status="Done", category="done")


@pytest.mark.parametrize(
    ("facts", "phase"),
    [
        (FACTS, Phase.WAITING),
        (replace(FACTS, status="Building", category="indeterminate"), Phase.IN_PROGRESS),
        (replace(FACTS, status="Waiting for customer", category="indeterminate"), Phase.NEEDS_INFO),
        (replace(FACTS, status="等待客戶"), Phase.NEEDS_INFO),
        (DONE, Phase.FIXED),
        (replace(DONE, resolution="Fixed"), Phase.FIXED),
        (replace(DONE, versions=(COMING,)), Phase.FIXED),
        (replace(DONE, versions=(OUT, COMING)), Phase.FIXED),
        (replace(DONE, versions=(OUT,)), Phase.RELEASED),
        (replace(DONE, resolution="Won't Do"), Phase.WONT_FIX),
        (replace(DONE, resolution="Won't Do", versions=(OUT,)), Phase.WONT_FIX),
        (replace(DONE, status="Rejected"), Phase.WONT_FIX),
        (replace(DONE, resolution="Duplicate", original="SHOP-1"), Phase.DUPLICATE),
        (replace(DONE, resolution="重複"), Phase.DUPLICATE),
        # Opened again without its old resolution having been cleared, as some workflows do it.
        (replace(FACTS, resolution="Won't Do"), Phase.WAITING),
    ],
)
def test_how_far_an_issue_has_come(facts: IssueFacts, phase: Phase) -> None:
    """By the category of its status first; by what its end is called only where it has ended."""
    assert phase_of(facts, USUAL) is phase


@pytest.mark.parametrize(
    ("change", "ours", "told"),
    [
        ({"status": "Building"}, Ours(), [News(What.STATUS, "To Do", "Building")]),
        ({"status": "Done", "category": "done"}, Ours(is_over=True), []),
        ({"status": "Building"}, Ours(is_over=True), [News(What.STATUS, "To Do", "Building")]),
        ({"assignee": "Elsa", "assignee_id": "e"}, Ours(), [News(What.ASSIGNEE, None, "Elsa")]),
        ({"assignee": "Elsa", "assignee_id": "e"}, Ours(assignee_id="e"), []),
        ({"assignee": "Elsa Lind"}, Ours(), []),
        ({"priority": "High"}, Ours(priority="High"), []),
        ({"priority": "Low"}, Ours(priority="High"), [News(What.PRIORITY, None, "Low")]),
        ({"versions": (OUT, COMING)}, Ours(), [News(What.VERSION, None, "2.4, 2.5")]),
        ({"resolution": "Fixed", "original": "SHOP-1"}, Ours(), []),
    ],
)
def test_what_of_a_change_is_news(change: dict[str, object], ours: Ours, told: list[News]) -> None:
    """What people changed in Jira; nothing that Bugle did there itself."""
    assert news(FACTS, replace(FACTS, **change), ours) == told


def test_a_release_alone_is_no_news_of_the_issue() -> None:
    """That its version came out says the phase, not a line about the version."""
    assert (
        news(
            replace(DONE, versions=(replace(OUT, is_released=False),)), replace(DONE, versions=(OUT,)), Ours()
        )
        == []
    )


def test_facts_are_read_as_they_were_kept() -> None:
    """Whatever an effect keeps of an issue comes back the same."""
    whole = replace(DONE, versions=(OUT, COMING), assignee="Elsa", assignee_id="e", original="SHOP-1")
    assert facts_from_json(facts_to_json(whole)) == whole
