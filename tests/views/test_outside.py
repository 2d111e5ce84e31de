"""Messages for people of other companies: who makes them, and that nothing of ours is in them."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.config import LANGUAGES
from domain.customer_issue import CustomerIssue, Origin, State, Told
from domain.message import Audience
from domain.privacy import IssueLink, outside_view
from domain.triage import State as Triaged
from domain.triage import Triage
from tests.views.reports import REPORT
from views.outside_message import outside_message

ROOT = Path(__file__).parents[2]
MARK = "LEAK"
MAKERS = {
    "domain/message.py",
    "gateways/slack/client.py",
    "views/outside_message.py",
    "views/triage_text.py",
    "workflows/duty_topic.py",
}


def test_few_make_messages_for_outsiders() -> None:
    """Only the message for a customer, the answer to outsiders, and a topic without our part are."""
    folders = ("bot", "domain", "gateways", "handlers", "storage", "views", "workflows")
    sources = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found = {path for path in sources if re.search(r"\bAudience\b", path.read_text(encoding="utf-8"))}
    assert {str(path.relative_to(ROOT)) for path in found} == MAKERS


marked = st.text(max_size=20).map(lambda text: f"{MARK}{text}")


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    marks=st.lists(marked, min_size=12, max_size=12),
    state=st.sampled_from(list(State)),
    triaged=st.sampled_from(list(Triaged)),
    channel=st.sampled_from([None, "C0SUPPORT"]),
)
def test_nothing_of_ours_is_in_it(
    language: str, marks: list[str], state: State, triaged: Triaged, channel: str | None
) -> None:
    """Whatever is known of a customer issue and its report, none of it is in the message but its state."""
    told = Told(
        marks[0],
        Origin.INTAKE,
        "shop",
        marks[1],
        customer=marks[2],
        area=marks[3],
        author=marks[4],
        brought_by=marks[5],
        channel=channel,
        source=marks[6],
        source_url=marks[7],
        help_desk_url=marks[8],
        tags=(marks[9],),
    )
    at = datetime(2031, 1, 6, tzinfo=UTC)
    issue = CustomerIssue(marks[0], told, at, 1, state, settled_by=marks[10], settled_note=marks[11])
    triage = Triage(triaged, closed_by=marks[0], closed_reason=marks[1], duplicate_key=marks[2])
    report = replace(REPORT, issue_key=marks[3], taken_by=marks[4], reporter_name=marks[5], triage=triage)
    message = outside_message(outside_view(issue, report, product="Shop", channel="C0LUMEN"), language)
    assert message.audience is Audience.OUTSIDE
    assert MARK not in repr(message)


def test_an_issue_is_named_where_it_is_allowed() -> None:
    """With a link, which bugle.toml must allow, key and address are in it, and else not."""
    issue = CustomerIssue("I", Told("n", Origin.FORM, "shop", ""), datetime(2031, 1, 6, tzinfo=UTC), 1)
    link = IssueLink("SHOP-42", "https://jira.example/browse/SHOP-42")
    with_it = outside_view(issue, None, product="Shop", channel="C", link=link)
    without = outside_view(issue, None, product="Shop", channel="C")
    assert "SHOP-42" in repr(outside_message(with_it, "en"))
    assert "SHOP" not in repr(outside_message(without, "en"))
