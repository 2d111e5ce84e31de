"""Likely duplicates: our reports and Jira's open issues, each problem once, and no call to Jira."""

from collections.abc import Iterator

import pytest

from domain.report import Workaround
from storage.database import Database
from tests.workflows.mirrored import SHOP, Mirrored, mirrored
from workflows import duplicates

TWICE = "The card is charged twice when the customer presses Pay again after a timeout"
OTHERWISE = "Customer pressed pay again after the timeout and their card was charged two times"
BLANK = "The invoice prints blank pages on the kitchen printer"


@pytest.fixture
def jira(database: Database) -> Iterator[Mirrored]:
    """Yield a Jira that is mirrored in each database in turn."""
    with mirrored(database) as made:
        yield made


def test_a_report_is_found_from_its_filing_on(jira: Mirrored) -> None:
    """A report that was filed just now is a likely duplicate of the next one, in other words too."""
    report = jira.report(TWICE, area="Payment")
    (likely,) = jira.likely(OTHERWISE)
    assert (likely.report, likely.key, likely.url, likely.state) == (report.id, None, None, None)
    assert likely.title == f"Payment: {TWICE}"
    assert (likely.workaround, likely.customers) == (Workaround.USED, 3)
    assert likely.score >= 1
    jira.settle()
    assert [each.report for each in jira.likely(OTHERWISE)] == [report.id]


def test_a_report_is_found_by_what_those_said_who_joined_it(jira: Mirrored) -> None:
    """The words of everybody who met it lead to it, once, before they are indexed and after."""
    report = jira.report(TWICE)
    jira.join(report, BLANK, nonce="joined")
    assert [each.report for each in jira.likely(BLANK)] == [report.id]
    jira.settle()
    for said in (BLANK, TWICE):
        assert [each.report for each in jira.likely(said)] == [report.id]


def test_a_report_that_many_joined_hides_no_other(jira: Mirrored) -> None:
    """However many said the same of one report, another that says it too is shown."""
    popular, other = jira.report(TWICE, nonce="a"), jira.report(f"{TWICE}, sometimes", nonce="b")
    for number in range(12):
        jira.join(popular, f"{TWICE}.", nonce=f"j{number}")
    assert {each.report for each in jira.likely(TWICE)} == {popular.id, other.id}


def test_a_report_that_is_not_filed_after_all_is_not_found(jira: Mirrored) -> None:
    """What is rolled back cannot be a duplicate."""
    with pytest.raises(ZeroDivisionError):
        jira.report(TWICE, fails=True)
    assert jira.likely(TWICE) == []


def test_a_report_and_its_issue_are_one_hit(jira: Mirrored) -> None:
    """The issue that Bugle made of a report does not show up beside it; it tells key, title and state."""
    report = jira.report(TWICE)
    key = jira.make(f"Payment › {TWICE}", TWICE, labels=[report.label])
    jira.later()
    for _ in range(2):
        (likely,) = jira.likely(TWICE)
        assert (likely.report, likely.key) == (report.id, key)
        assert (likely.title, likely.state) == (f"Payment › {TWICE}", "To Do")
        assert likely.url == jira.ctx.jira.browse_url(key)
        jira.has_issue(report, key)


def test_an_issue_without_its_label_is_known_by_its_key(jira: Mirrored) -> None:
    """Labels can be taken away in Jira: the key that the report has tells as well."""
    report, key = jira.report(TWICE), jira.make(TWICE)
    jira.has_issue(report, key)
    jira.later()
    assert [(each.report, each.key) for each in jira.likely(TWICE)] == [(report.id, key)]


def test_an_issue_that_has_just_got_a_report_is_one_hit(jira: Mirrored) -> None:
    """Somebody said that an issue made in Jira is their problem: from then on it is that report."""
    key = jira.make(TWICE)
    jira.later()
    report = jira.report(OTHERWISE)
    assert {(each.report, each.key) for each in jira.likely(TWICE)} == {(None, key), (report.id, None)}
    jira.has_issue(report, key)
    assert [(each.report, each.key) for each in jira.likely(TWICE)] == [(report.id, key)]


def test_another_bugles_label_makes_no_report(jira: Mirrored) -> None:
    """An issue with a label like ours, but of no report here, is an issue like any other."""
    key = jira.make(TWICE, labels=["bugle-01jdv7m3c4h5k6n7p8q9r0s1t2"])
    jira.later()
    (likely,) = jira.likely(TWICE)
    assert (likely.report, likely.key, likely.workaround) == (None, key, None)


def test_issues_made_in_jira_are_found_by_title_and_description(jira: Mirrored) -> None:
    """Each brings title, state, key and address; the most alike comes first."""
    one = jira.make("Double payment", TWICE)
    two = jira.make("Pay pressed again after a timeout charges the card", "Seen at the till")
    jira.make(BLANK)
    jira.do(one, "transition", to="In Progress")
    jira.later()
    likely = jira.likely(OTHERWISE)
    assert {each.key for each in likely} == {one, two}
    assert [each.score for each in likely] == sorted((each.score for each in likely), reverse=True)
    first = next(each for each in likely if each.key == one)
    assert (first.title, first.state) == ("Double payment", "In Progress")
    assert first.url == jira.ctx.jira.browse_url(one)


def test_a_done_report_is_shown_with_its_state(jira: Mirrored) -> None:
    """Our own reports are found when they are done: whoever meets it again should know."""
    report = jira.report(TWICE)
    key = jira.make(TWICE, labels=[report.label])
    jira.later()
    jira.do(key, "transition", to="Done")
    jira.later()
    (likely,) = jira.likely(TWICE)
    assert (likely.report, likely.key, likely.state) == (report.id, key, "Done")


def test_a_duplicate_leads_to_its_original(jira: Mirrored) -> None:
    """A report that was closed as a duplicate is found, and what it is a duplicate of is shown, once."""
    original, second = jira.report(OTHERWISE, nonce="a"), jira.report(TWICE, nonce="b")
    third = jira.report(f"{TWICE}, again", nonce="c")
    jira.is_duplicate(second, of=original)
    jira.is_duplicate(third, of=second)
    assert [each.report for each in jira.likely(TWICE)] == [original.id]


@pytest.mark.parametrize("text", ["", "!!!", "the of and", "🎉" * 3000, "付", "Checkout works, thank you"])
def test_what_is_like_nothing_gives_nothing(jira: Mirrored, text: str) -> None:
    """Unrelated and odd texts show no hit."""
    jira.report(TWICE, nonce="a")
    jira.report(BLANK, nonce="b")
    assert jira.likely(text) == []


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("客戶刷卡結帳後被扣款兩次,訂單只有一筆", "結帳刷卡被扣款兩次"),
        (
            "La tarjeta se cobra dos veces al pagar después de un error",
            "Se cobró dos veces la tarjeta al pagar",
        ),
    ],
)
def test_spanish_and_chinese_are_found(jira: Mirrored, kept: str, asked: str) -> None:
    """The same problem in the words of another is likely in every language of ours."""
    report = jira.report(kept)
    assert [each.report for each in jira.likely(asked)] == [report.id]


def test_no_more_than_asked_for(jira: Mirrored) -> None:
    """At most so many, and those that are most alike."""
    for number in range(8):
        jira.report(f"{TWICE}, says customer {number}", nonce=f"n{number}")
    assert len(jira.likely(TWICE)) == 5
    assert len(duplicates.likely(jira.ctx, SHOP, TWICE, limit=2)) == 2


def test_asking_makes_no_call(jira: Mirrored) -> None:
    """Neither Jira nor Slack is asked before somebody is answered."""
    jira.make(TWICE)
    jira.report(TWICE)
    jira.later()
    before = jira.sandbox.core.calls.last
    assert len(jira.likely(TWICE)) == 2
    assert jira.sandbox.core.calls.since(before) == []
