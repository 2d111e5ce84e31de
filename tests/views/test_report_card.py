from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.config import LANGUAGES
from domain.escalation import Asked, Ping
from domain.happened import Happened
from domain.message import Message
from domain.rotation_profile import Step
from domain.triage import Question, State, Triage
from sandbox.slack.lint.whole import lint_blocks
from tests.views.reports import shown
from views.report_card import Shown, report_card, report_receipt
from views.report_ping import report_ping

CLOSED_AT = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
VIEWS = (report_card, report_ping, report_receipt)
STAGES: tuple[dict[str, Any], ...] = (
    {},
    {"issue_key": "SHOP-42"},
    {"on_duty": None},
    {"acknowledged_by": "U0ELSA", "acknowledged_at": datetime(2026, 11, 23, 9, 5, tzinfo=UTC)},
    {"taken_by": "U0ELSA", "taken_at": datetime(2026, 11, 23, 9, 6, tzinfo=UTC), "issue_key": "SHOP-42"},
    {"triage": Triage(State.NOT_A_BUG, "U0HUGO", CLOSED_AT, "Only in the <old> page")},
    {"triage": Triage(State.DUPLICATE, "U0HUGO", CLOSED_AT, duplicate_key="SHOP-7"), "issue_key": "SHOP-42"},
)


def said(message: Message) -> str:
    """Return all text of a message's blocks."""
    return str(message.blocks)


def problems(message: Message) -> list[str]:
    """Return what Slack would say against a message."""
    return lint_blocks(list(message.blocks), "blocks", "message", most=50)


def labels(message: Message) -> list[str]:
    """Return the labels of a message's buttons."""
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [each["text"]["text"] if "text" in each else "⋯" for row in rows for each in row["elements"]]


def behind_the_dots(message: Message) -> list[str]:
    """Return what a card's overflow menu offers."""
    menus = [each for block in message.blocks for each in block.get("elements", []) if "options" in each]
    return [each["text"]["text"] for menu in menus for each in menu["options"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_message_is_one_slack_takes(
    view: Callable[[Shown, str], Message], stage: dict[str, Any], language: str
) -> None:
    """Each message, at each stage, in each language, is within Slack's limits and forms."""
    assert problems(view(shown(**stage), language)) == []


def test_a_card_says_that_the_issue_is_on_its_way_and_then_its_key() -> None:
    """Before Jira answered the card says so; afterwards it links the key."""
    assert "Issue on its way" in said(report_card(shown(), "en"))
    assert "<https://jira.example/browse/SHOP-42|SHOP-42>" in said(
        report_card(shown(issue_key="SHOP-42"), "en")
    )


def test_a_card_names_only_the_first_line() -> None:
    """A card reads from afar: the first line of the actual result, no more."""
    assert "The card is charged twice" in said(report_card(shown(), "en"))
    assert "And again" not in said(report_card(shown(), "en"))


def test_a_ping_holds_all_it_takes_to_reproduce() -> None:
    """The engineer reads steps, expected and actual result without leaving the message."""
    text = said(report_ping(shown(), "en"))
    assert all(part in text for part in ("1. Pay", "One charge", "And again"))


def test_buttons_go_as_they_lose_their_meaning() -> None:
    """Acknowledge goes when somebody looks, Take when somebody owns it."""
    assert labels(report_ping(shown(), "en")) == ["Take", "Acknowledge"]
    assert labels(report_ping(shown(**STAGES[3]), "en")) == ["Take"]
    assert labels(report_ping(shown(**STAGES[4]), "en")) == []
    assert labels(report_card(shown(), "en")) == ["Take", "Assign…", "Set severity", "⋯"]
    assert labels(report_card(shown(**STAGES[4]), "en")) == ["Assign…", "Set severity", "⋯"]
    assert labels(report_receipt(shown(), "en")) == []


def test_a_ping_is_for_whom_it_waits() -> None:
    """Whom it waits for can pass it on and reads until when; once it went on, they may only take it."""
    due = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    pinged = Ping("01K", 2, 2, "U0ELSA", due_at=due)
    waiting = replace(shown(), ping=pinged, reader="U0ELSA")
    mine = report_ping(replace(waiting, following=Asked(Step.OTHERS, "U0DIEGO")), "en")
    assert labels(mine) == ["Take", "Acknowledge", "Pass to next", "⋯"]
    assert behind_the_dots(mine) == ["Snooze…", "Why?"]
    assert "It waits for you; <@U0DIEGO> is asked <!date^1795428000^" in said(mine)
    last = report_ping(replace(waiting, following=Asked(Step.CHANNEL, None)), "en")
    assert "It waits for you; the channel is asked <!date^" in said(last)
    assert "on nobody else can be asked" in said(report_ping(waiting, "en"))
    looked_at = replace(shown(**STAGES[3]), ping=pinged, reader="U0ELSA")
    assert labels(report_ping(looked_at, "en")) == ["Take", "Pass to next", "⋯"]
    gone_on = report_ping(replace(shown(), ping=pinged, reader="U0DIEGO"), "en")
    assert labels(gone_on) == ["Take"]
    assert "Waiting for <@U0ELSA>, next in line; the one after is asked" in said(gone_on)


def test_when_everybody_was_asked_all_messages_say_so() -> None:
    """After the last step nobody in particular is waited for."""
    nobody = replace(shown(on_duty=None), ping=Ping("01K", 4, 4, None))
    for view in VIEWS:
        assert "Everybody in the rotation was asked" in said(view(nobody, "en"))


def test_who_looks_at_it_reads_for_how_long_that_counts() -> None:
    """Whoever acknowledged reads when they are asked again; all others only that somebody looks at it."""
    pinged = Ping("01K", 1, 1, "U0ELSA", lapses_at=datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
    looked_at = replace(shown(**STAGES[3]), ping=pinged, reader="U0ELSA")
    assert "you are asked again <!date^1795438800^" in said(report_ping(looked_at, "en"))
    for view in VIEWS:
        assert "<@U0ELSA> is looking at it" in said(view(replace(looked_at, reader="U0DIEGO"), "en"))


def test_a_snooze_is_said_everywhere_and_can_be_ended() -> None:
    """All read until when it rests; whoever snoozed it may acknowledge it sooner, or snooze it otherwise."""
    pinged = Ping("01K", 1, 1, "U0ELSA", snoozed_until=datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
    rests = replace(shown(**STAGES[3]), ping=pinged, reader="U0ELSA")
    for view in VIEWS:
        assert "Snoozed by <@U0ELSA> until <!date^1795438800^" in said(view(rests, "en"))
    assert labels(report_ping(rests, "en")) == ["Take", "Acknowledge", "Pass to next", "⋯"]


def test_a_round_that_nobody_on_duty_began_says_so() -> None:
    """The card tells that its lead is asked because nobody is on duty, and that the channel was called."""
    at = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    lead = replace(shown(on_duty="U0HUGO"), ping=Ping("01K", 1, 1, "U0HUGO", due_at=at, via=Step.LEAD))
    assert "Nobody is on duty: waiting for <@U0HUGO>; the next in line is asked" in said(
        report_card(lead, "en")
    )
    called = replace(shown(on_duty=None), ping=Ping("01K", 3, 3, None, due_at=at, via=Step.CHANNEL))
    assert "Nobody has reacted: whoever can, take it; the next" in said(report_card(called, "en"))


def test_what_is_behind_the_dots_fits_the_report() -> None:
    """An open report can be settled, a closed one opened again; without a rotation nothing goes there."""
    whole = ["Duplicate of…", "Ask reporter", "Not a bug", "Hand to rotation", "Why?"]
    assert behind_the_dots(report_card(replace(shown(), has_rotation=True), "en")) == whole
    assert "Hand to rotation" not in behind_the_dots(report_card(shown(), "en"))
    for stage in STAGES[5:]:
        closed = report_card(shown(**stage), "en")
        assert (labels(closed), behind_the_dots(closed)) == (["⋯"], ["Reopen", "Why?"])
        assert labels(report_ping(shown(**stage), "en")) == []


def test_how_a_report_was_closed_is_said_everywhere() -> None:
    """Card, ping and receipt say what became of a report, with the reason."""
    for view in VIEWS:
        assert "Only in the &lt;old&gt; page" in said(view(shown(**STAGES[5]), "en"))
        duplicate = replace(shown(**STAGES[6]), original_url="https://jira.example/7")
        assert "<https://jira.example/7|SHOP-7>" in said(view(duplicate, "en"))


def test_a_card_says_whom_it_waits_for() -> None:
    """While the reporter has not answered the card says so, afterwards that they have."""
    at = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
    question = Question(1, "01K", "U0HUGO", at, "Which card?")
    asked = report_card(replace(shown(), question=question), "en")
    assert "Waiting for the reporter, whom <@U0HUGO> asked" in said(asked)
    answered = report_card(replace(shown(), question=replace(question, answer="Visa", answered_at=at)), "en")
    assert "The reporter answered" in said(answered)


def test_nobody_on_duty_is_said() -> None:
    """Without anybody on duty the card asks whoever can."""
    assert "Nobody is on duty" in said(report_card(shown(on_duty=None), "en"))


@given(st.text(min_size=1, max_size=4000), st.text(max_size=255))
def test_what_customers_say_pings_nobody(text: str, area: str) -> None:
    """Whatever is typed: it mentions and links nothing, and the message stays one Slack takes."""
    told = shown(happened=Happened(text, text, text), area=area)
    for view in VIEWS:
        message = view(told, "en")
        assert problems(message) == []
        for foreign in ("<!channel", "<!here", "<!everyone", "<@W"):
            assert foreign not in said(view(shown(happened=Happened(foreign, foreign, foreign)), "en"))
