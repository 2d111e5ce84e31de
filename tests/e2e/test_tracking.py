"""What becomes of an issue in Jira comes back to card, thread and reporter, whether asked for or told."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from hmac import new as hmac
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import engineer, expect_card, expect_issue, issues, report
from tests.harness.cards import Card
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

WRONG = "The card is charged twice"
SECRET = "shared-with-jira"
ANA = "U0ANA"


class Desk:
    """A report's issue in Jira, worked on by people there, and its card in Slack."""

    def __init__(self, world: World) -> None:
        self.world = world
        report(world, WRONG)
        self.key: str = expect_issue(world, WRONG)["key"]
        self.card: Card = expect_card(world, WRONG).expect_text(self.key)
        self.url = ""

    def does(self, deed: str, **asked: Any) -> None:
        """Let Iris do something in Jira."""
        self.world.post(f"/jira/as/iris@harbor.example/issues/{self.key}/{deed}", asked)

    def done(self, **asked: Any) -> None:
        """Let the issue go through its workflow to the end."""
        self.does("transition", to="In Progress")
        self.does("transition", to="Done", **asked)

    def expect_line(self, text: str) -> Card:
        """Wait for a line in the card's thread."""
        return self._minutes(lambda: self.card.thread.messages(text), f"a line {text!r}")[0]

    def expect_note(self, text: str, count: int = 1) -> Card:
        """Wait for what the reporter is told, so many times."""
        notes = self.world.dm(ANA)
        found = self._minutes(lambda: len(told := notes.messages(text)) == count and told, f"a note {text!r}")
        return found[-1]

    def expect_card(self, text: str) -> Card:
        """Wait for the card to say this."""
        return self._minutes(lambda: text in self.card.refresh().text and self.card, f"{text!r} on the card")

    def _minutes(self, look: Callable[[], Any], what: str) -> Any:
        """Let minutes pass until something is there: Jira's search shows a change only after a while."""

        def a_minute_later() -> Any:
            self.world.advance(60)
            with suppress(AssertionError):
                return eventually(look, within=2)
            return None

        return eventually(a_minute_later, within=30, what=what)


@pytest.fixture
def desk(world: World, bot: BotProcess) -> Desk:
    """Return a report whose issue Jira is asked about each minute, known by its first answer."""
    desk = Desk(world)
    known(desk)
    return desk


@pytest.fixture
def told(world: World, tmp_path: Path) -> Iterator[Desk]:
    """Yield one of which Jira sends webhooks, as Cloud does it."""
    with BotProcess(world.url, tmp_path, f"sqlite:///{tmp_path}/bugle.db", JIRA_WEBHOOK_SECRET=SECRET) as bot:
        world.post("/jira/webhooks", {"url": f"{bot.url}/jira/webhook", "secret": SECRET})
        desk = Desk(world)
        desk.url = bot.url
        desk.does("edit", fields={"environment": "known"})
        eventually(
            lambda: world.calls("jira", "GET /rest/api/2/issue/{key}") or heard(world), what="a webhook"
        )
        yield desk


def heard(world: World) -> list[dict[str, Any]]:
    """Return what Jira sent to the app."""
    return [each for each in world.calls("bot") if each["method"].startswith("jira ")]


def known(desk: Desk) -> None:
    """Wait until Bugle has heard of the issue as it is: changes from then on are news."""
    desk.does("edit", fields={"priority": {"name": "Lowest"}})
    desk.does("transition", to="In Progress")
    desk.expect_card("In Jira: *In Progress*")


def test_a_fix_reaches_card_and_reporter(desk: Desk) -> None:
    """Assigned, planned for a version, done: one line each, the card closed, the reporter told once."""
    desk.does("edit", fields={"fixVersions": [{"name": "2026.10"}]})
    desk.expect_line("fix version *2026.10*")
    desk.does("transition", to="Done", resolution="Fixed")
    desk.expect_card("to be released in 2026.10")
    note = desk.expect_note("What you reported is fixed. It comes out with 2026.10.")
    assert desk.key in note.text
    desk.expect_line("*Done*, before In Progress")
    assert "Take" not in desk.card.refresh().buttons
    desk.world.post("/jira/projects/SHOP", {"release_versions": ["2026.10"]})
    desk.world.advance(300)
    desk.expect_note("2026.10 with it is out")
    desk.expect_card("Fixed and released in 2026.10")
    desk.world.advance(600)
    notes = desk.world.dm(ANA)
    assert stays(lambda: len(notes.messages("What you reported is fixed")) == 2, during=2.0)


def test_what_will_not_be_fixed_says_why(desk: Desk) -> None:
    """The reporter reads the resolution as Jira calls it."""
    desk.does("transition", to="Done", resolution="Won't Do")
    desk.expect_note("will not be fixed. In Jira it says: Won't Do.")
    desk.expect_card("Will not be fixed: Won't Do")


def test_an_issue_opened_again_opens_its_report(desk: Desk) -> None:
    """Fixed, then not: the card waits again, and the reporter reads both."""
    desk.does("transition", to="Done", resolution="Fixed")
    desk.expect_note("What you reported is fixed.")
    desk.does("transition", to="To Do")
    desk.expect_note("Your report was opened again in Jira.")
    desk.card.expect_button("Take", within=20)
    desk.does("transition", to="In Progress")
    desk.does("transition", to="Done", resolution="Fixed")
    desk.expect_note("What you reported is fixed.", count=2)


def test_a_report_goes_with_its_assignee(desk: Desk) -> None:
    """Whom Bugle knows in Jira, by having assigned an issue to them before, owns what Jira gives them."""
    assert desk.card.click("Take", by=engineer(desk.world)).ok
    holder = desk.world.name(engineer(desk.world))
    eventually(lambda: issues(desk.world)[0]["fields"]["assignee"], what="an assignee")
    desk.does("edit", fields={"fixVersions": [{"name": "2026.10"}]})
    desk.expect_line("fix version *2026.10*")
    desk.does("assign", to=None)
    desk.expect_line("assigned to nobody")
    desk.card.expect_text(f"Taken by @{holder}")
    lines = [each.text for each in desk.card.thread.messages("In Jira")]
    assert not [each for each in lines if f"assigned to *{holder}" in each]


def test_what_triage_closed_is_not_told_twice(desk: Desk) -> None:
    """Closed as no bug in Slack: Jira follows, and neither thread nor reporter reads it again from there."""
    form = desk.card.choose("Not a bug", by="U0IRIS").opens("Not a bug")
    form.fill("Reason", "It is meant so")
    assert form.submit().closed
    desk.card.expect_text("Not a bug, closed by", within=20)
    eventually(
        lambda: issues(desk.world)[0]["fields"]["status"]["name"] == "Done", what="the issue to be done"
    )
    desk.world.advance(60)
    desk.world.advance(60)
    assert stays(lambda: not desk.world.dm(ANA).messages("What you reported"), during=2.0)
    assert not desk.card.thread.messages("Done, before")


def test_a_deleted_issue_is_missed_within_a_day(desk: Desk) -> None:
    """No search says so: once a day what was not seen is asked for; card, thread and reporter say it."""
    desk.does("delete")
    desk.world.advance(26 * 3600)
    desk.world.advance(3600)
    desk.card.expect_text("not in Jira any more", within=30)
    desk.world.dm(ANA).expect_message("is not in Jira any more", within=20)


def test_a_moved_issue_is_followed(desk: Desk) -> None:
    """It left its project, where no search finds it: within a day the card has its new key."""
    desk.does("move", project="PAY")
    desk.world.advance(26 * 3600)
    desk.world.advance(3600)
    desk.card.expect_text("PAY-", within=30)


def test_jira_down_for_a_day_loses_nothing(desk: Desk) -> None:
    """What happened meanwhile is told when Jira answers again."""
    trouble = desk.world.trouble("jira", "down")
    desk.world.advance(24 * 3600)
    desk.world.no_trouble(trouble)
    desk.does("transition", to="Done", resolution="Fixed")
    desk.expect_note("What you reported is fixed.")


def test_a_webhook_is_told_at_once(told: Desk) -> None:
    """Without a minute passing by: card, line and note."""
    told.does("transition", to="In Progress")
    told.card.expect_text("In Jira: *In Progress*", within=10)
    told.does("transition", to="Done", resolution="Fixed")
    told.card.expect_text("Fixed", within=10)
    told.world.dm(ANA).expect_message("What you reported is fixed.", within=10)
    told.does("delete")
    told.card.expect_text("not in Jira any more", within=10)


@pytest.mark.parametrize(
    ("headers", "query", "body", "status"),
    [
        ({}, "", b"{}", 401),
        ({"X-Hub-Signature": "sha256=00"}, "", b"{}", 401),
        ({"X-Hub-Signature": "sha256=00"}, f"?secret={SECRET}", b"{}", 401),
        ({}, "?secret=wrong", b"{}", 401),
        ({}, f"?secret={SECRET}", b"{}", 204),
        ({}, f"?secret={SECRET}", b"not json", 400),
        ({}, f"?secret={SECRET}", b"[1]", 400),
        ({}, f"?secret={SECRET}", b'{"issue": [], "issueLink": 3}', 204),
        ({}, f"?secret={SECRET}", b'{"issue": {"id": {"a": 1}, "key": null}}', 204),
    ],
)
def test_only_jira_is_heard(
    told: Desk, headers: dict[str, str], query: str, body: bytes, status: int
) -> None:
    """Forged, unsigned or strange requests are refused or harmless, never an error of ours."""
    answer = httpx.post(f"{told.url}/jira/webhook{query}", content=body, headers=headers, trust_env=False)
    assert answer.status_code == status


def test_doubled_and_late_webhooks_change_nothing(told: Desk) -> None:
    """Each is only a reason to read the issue: the same one many times is told once."""
    told.does("transition", to="In Progress")
    told.card.expect_text("In Jira: *In Progress*", within=10)
    told.does("edit", fields={"fixVersions": [{"name": "2026.10"}]})
    told.card.thread.expect_message("fix version *2026.10*", within=10)
    body = json.dumps({"webhookEvent": "jira:issue_updated", "issue": {"key": told.key}}).encode()
    signature = hmac(SECRET.encode(), body, sha256).hexdigest()
    for _ in range(20):
        answer = httpx.post(
            f"{told.url}/jira/webhook",
            content=body,
            headers={"X-Hub-Signature": f"sha256={signature}"},
            trust_env=False,
        )
        assert answer.status_code == 204
    assert stays(lambda: len(told.card.thread.messages("fix version")) == 1, during=2.0)
