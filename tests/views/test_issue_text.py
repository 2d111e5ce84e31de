from hypothesis import given
from hypothesis import strategies as st

from domain.happened import Happened
from domain.severity import DEFAULT_SCALE
from tests.views.reports import shown
from views.issue_text import DESCRIPTION_LIMIT, SUMMARY_LIMIT, escape_wiki, issue_description, issue_summary


def test_the_summary_is_the_area_and_the_actual_result() -> None:
    """Engineers see in a list where it is and what happens."""
    assert issue_summary(shown().report) == "Checkout: The card is charged twice"


def test_the_description_names_the_reporter_first() -> None:
    """The reporter is a person: the first line says who."""
    text = issue_description(shown().report, DEFAULT_SCALE[1], "Ana Ruiz", "en")
    assert text.startswith("Reported by *Ana Ruiz* in Slack.\n")
    assert "h3. Steps to reproduce\n\n1. Pay\n" in text
    assert "||Impact|Blocks their work|" in text


@given(st.text(max_size=4000))
def test_any_text_fits_into_an_issue(text: str) -> None:
    """Summary and description stay within Jira's limits, the summary on one line."""
    report = shown(happened=Happened(text, text, text), area=text[:255]).report
    assert len(issue_summary(report)) <= SUMMARY_LIMIT
    assert "\n" not in issue_summary(report)
    assert len(issue_description(report, DEFAULT_SCALE[1], text, "en")) <= DESCRIPTION_LIMIT


def test_user_text_is_shown_and_not_obeyed() -> None:
    """Mentions, images and macros that people type are text, also behind a backslash of theirs."""
    assert escape_wiki("[~admin] !x.png! {code}") == r"\[~admin\] \!x.png\! \{code\}"
    assert escape_wiki("\\[~admin]") == r"&#92;\[~admin\]"
