"""The Home tab is one Slack takes, however much there is to show, in each language."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.config import LANGUAGES
from domain.triage import Question
from sandbox.slack.inputs import places
from sandbox.slack.lint import with_ids
from sandbox.slack.lint.whole import lint_view
from tests.views.reports import shown
from views.home import DRAFTS, QUESTIONS, ROWS, Duty, HomeTab, Listed, Offsets, Unfiled, home, read_page
from views.report_form import HAPPENED

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
EMPTY = HomeTab(Listed(), (), Listed(), Listed(), (Duty("Shop", None, None),), None, "C0ADMINS")


def draft(number: int, typed: str) -> Unfiled:
    """Return a draft with this in the typed field."""
    return Unfiled(f"nonce-{number}", {}, {HAPPENED: {HAPPENED: {"value": typed}}}, AT)


def full() -> HomeTab:
    """Return a Home with as much in it as can be, of which much is long."""
    page = Listed((shown(issue_key="SHOP-42"),) * ROWS, ROWS, has_more=True)
    drafts = tuple(draft(number, "<!channel> & 「刷了兩次」" * 120) for number in range(DRAFTS))
    asked = tuple(Question(id_, "r", "U0ELSA", AT, "<!here> 哪張卡" * 300) for id_ in range(QUESTIONS))
    duties = tuple(Duty("A product with a long name" * 5, "U0ELSA", AT) for _ in range(50))
    return HomeTab(
        Listed(drafts, DRAFTS, has_more=True), asked, page, page, duties, 100, "C0ADMINS", "*<!here>*" * 100
    )


def texts(view: dict[str, Any]) -> str:
    """Return all that can be read in a view, as it is written."""
    return "\n".join(str(block.get("text", block.get("elements", ""))) for block in view["blocks"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", [EMPTY, full()], ids=["empty", "full"])
def test_home_is_one_slack_takes(language: str, tab: HomeTab) -> None:
    """Within all limits, no two buttons under one name, nothing typed that pings anybody."""
    view = home(tab, language)
    assert lint_view(view) == []
    named = [
        (block["block_id"], element["action_id"])
        for block in with_ids(view["blocks"])
        for element in block.get("elements", [])
        if "action_id" in element
    ]
    assert len(named) == len(set(named)) == len(places(with_ids(view["blocks"])))
    assert "<!channel>" not in texts(view)
    assert "<!here>" not in texts(view)


def test_what_there_is_nothing_of_is_left_out() -> None:
    """A rep on the first day sees the button, what to do, and who is on duty."""
    view = home(EMPTY, "en")
    told = texts(view)
    assert [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"] == ["On duty now"]
    assert "have not reported a bug yet" in told
    assert "nobody" in told


def test_pages_turn_alone() -> None:
    """Turning one list leaves the other where it is; the first page has no newer one, the last no older."""
    last, first = Listed((shown(),), 8, has_more=False), Listed((shown(),), 0, has_more=True)
    drafts = Listed((draft(1, "x"),), 5, has_more=True)
    tab = HomeTab(drafts, (), last, first, (), 0, "C0")
    turned = {
        (block["block_id"], element["text"]["text"]): read_page(element)
        for block in home(tab, "en")["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id", "").startswith("home_page_")
    }
    assert turned == {
        ("home_page_waiting", "Newer"): Offsets(0, 0, 5),
        ("home_page_mine", "Older"): Offsets(8, 8, 5),
        ("home_page_drafts", "Newer"): Offsets(8, 0, 0),
        ("home_page_drafts", "Older"): Offsets(8, 0, 10),
    }


def test_a_button_of_an_older_home_still_turns() -> None:
    """What stands on a screen since before there were pages of drafts names two lists."""
    assert read_page({"value": "8:16"}) == Offsets(8, 16, 0)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        (
            "Steps to reproduce:\n1. \n\nExpected result:\n\n\nActual result:\nTwo <charges>",
            "Two &lt;charges&gt;",
        ),
        ("*Pasos para reproducir*\n1. Pagar", "Pagar"),
        ("重現步驟：\n1. 付款", "付款"),
        ("Steps to reproduce:\n1. \n\nExpected result:\n", "Nothing typed yet"),
        ("", "Nothing typed yet"),
    ],
)
def test_a_draft_is_called_by_what_was_typed_first(typed: str, title: str) -> None:
    """Headings and empty numbers are no title, in any language."""
    tab = HomeTab(Listed((draft(1, typed),)), (), Listed(), Listed(), (), None, "C0")
    assert f"'text': '{title}'" in texts(home(tab, "en"))
