"""What triage does with a report on its card, and where it is seen: card, thread, Jira, the reporter."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, engineer, expect_card, expect_issue, report
from tests.harness.cards import Card
from tests.harness.waiting import eventually
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")
TWICE = "The card is charged twice"
ONCE_MORE = "Paying charges two times"


@pytest.fixture
def card(world: World) -> Card:
    """Return the card of a report that has its issue, SHOP-1."""
    return filed(world, TWICE)


def filed(world: World, actual: str) -> Card:
    """File a report and return its card, which shows the issue's key."""
    report(world, actual)
    return expect_card(world, actual).expect_text(expect_issue(world, actual)["key"])


def issue(world: World, key: str = "SHOP-1") -> dict[str, Any]:
    """Return an issue with all there is to know of it."""
    shown: dict[str, Any] = world.get(f"/jira/issues/{key}")
    return shown


def comments(world: World, key: str = "SHOP-1") -> str:
    """Return what the comments of an issue say."""
    return "\n".join(each["body"] for each in issue(world, key)["fields"]["comment"]["comments"])


def expect_status(world: World, status: str, key: str = "SHOP-1") -> dict[str, Any]:
    """Wait until an issue is in this status and return its fields."""

    def fields() -> dict[str, Any] | None:
        found: dict[str, Any] = issue(world, key)["fields"]
        return found if found["status"]["name"] == status else None

    return eventually(fields, what=f"{key} to be {status}")


def expect_assignee(world: World, name: str | None, key: str = "SHOP-1") -> None:
    """Wait until an issue is this person's, or nobody's."""
    eventually(
        lambda: (issue(world, key)["fields"]["assignee"] or {"displayName": None})["displayName"] == name,
        what=f"{key} to be assigned to {name}",
    )


def test_the_second_to_take_a_report_is_told_who_has_it(world: World, card: Card) -> None:
    """Two people press Take: the first has it, the second reads so."""
    world.trouble("slack", "rate_limit", "chat.update", times=1, retry_after=2)  # both still see the button
    with ThreadPoolExecutor(2) as pool:
        presses = [pool.submit(card.seen_by(who).click, "Take", by=who) for who in ("U0GRACE", "U0IRIS")]
        assert all(press.result().ok for press in presses)
    card.expect_text("Taken by").expect_no_button("Take")
    (line,) = card.thread.expect_count(1, "took it")
    first, second = ("U0GRACE", "U0IRIS") if "Grace" in line.text else ("U0IRIS", "U0GRACE")
    told = world.channel(CARDS, seen_by=second).expect_message("has taken it already")
    assert (told.ephemeral, f"@{world.name(first)}" in told.text) == (True, True)
    expect_assignee(world, world.name(first))


def test_a_report_is_assigned_to_a_person(world: World, card: Card) -> None:
    """Assign… makes it theirs everywhere and tells them; assigning it on moves it on."""
    form = card.click("Assign…", by="U0IRIS").opens("Assign")
    form.choose("New owner", "Diego Mora")
    assert form.submit().closed
    card.expect_text("Taken by @Diego Mora")
    card.thread.expect_message("@Iris Novak assigned it to @Diego Mora")
    world.dm("U0DIEGO").expect_message("@Iris Novak").expect_text("SHOP-1")
    expect_assignee(world, "Diego Mora")
    again = card.click("Assign…", by="U0DIEGO").opens("Assign")
    assert again.value("New owner") == "U0DIEGO"
    again.choose("New owner", "Elsa Lind")
    assert again.submit().closed
    expect_assignee(world, "Elsa Lind")


def test_an_owner_without_a_jira_account_is_named_in_the_issue(world: World, card: Card) -> None:
    """Somebody whom Jira does not know owns the report in Bugle, and the issue says so."""
    form = card.click("Assign…", by="U0IRIS").opens("Assign")
    form.choose("New owner", "Ben Carter")
    assert form.submit().closed
    eventually(lambda: "Taken by *Ben Carter* in Slack" in comments(world), what="the owner in a comment")


def test_whom_jira_does_not_take_owns_it_in_bugle(world: World, card: Card) -> None:
    """The issue is left unassigned; the thread says whom Jira refused and what to do, admins hear nothing."""
    world.post("/jira/projects/SHOP", {"not_assignable": ["diego"]})
    assert card.click("Take", by="U0GRACE").ok
    expect_assignee(world, "Grace Okafor")
    form = card.click("Assign…", by="U0IRIS").opens("Assign")
    form.choose("New owner", "Diego Mora")
    assert form.submit().closed
    said = card.thread.expect_message("Jira does not take @Diego Mora as the assignee")
    assert "“User 'diego' cannot be assigned issues.”" in said.text
    assert "permission “Assignable User” in SHOP" in said.text
    expect_assignee(world, None)
    eventually(lambda: "whom Jira does not take as the assignee" in comments(world), what="it in a comment")
    card.expect_text("Taken by @Diego Mora")
    assert world.channel("C0ADMINS").messages() == []


def test_a_severity_is_set_with_a_reason(world: World, card: Card) -> None:
    """Set severity asks for a reason; card, thread and issue show it, and Jira has the priority."""
    form = card.click("Set severity", by="U0IRIS").opens("Set severity")
    assert form.value("Severity") == "High"
    form.choose("Severity", "Critical")
    form.fill("Reason", "Every shop in <Mexico> is hit, <!channel>")
    assert form.submit().closed
    card.expect_text("Critical")
    card.thread.expect_message("set the severity to Critical").expect_text("Every shop in <Mexico> is hit")
    eventually(lambda: issue(world)["fields"]["priority"]["name"] == "Highest", what="the priority")
    assert "*Iris Novak* in Slack set the severity to Critical" in comments(world)


def test_a_duplicate_is_closed_and_linked(world: World, card: Card) -> None:
    """Duplicate of… finds the other by words; the issue is linked and done, and the reporter is told."""
    other = filed(world, ONCE_MORE)
    form = other.choose("Duplicate of…", by="U0IRIS").opens("Duplicate of")
    assert form.options("The same problem as", "charged TWICE") == [f"SHOP-1 · {TWICE}"]
    form.choose("The same problem as", f"SHOP-1 · {TWICE}", query="shop-1")
    assert form.submit().closed
    other.expect_text("Duplicate of SHOP-1, closed by @Iris Novak").expect_no_button("Take")
    other.thread.expect_message("closed it as a duplicate of SHOP-1")
    fields = expect_status(world, "Done", "SHOP-2")
    assert fields["resolution"]["name"] == "Duplicate"
    links = eventually(lambda: issue(world, "SHOP-2")["fields"]["issuelinks"], what="a link")
    assert [(each["type"]["name"], each["outwardIssue"]["key"]) for each in links] == [
        ("Duplicate", "SHOP-1")
    ]
    world.dm("U0ANA").expect_message("@Iris Novak").expect_text(ONCE_MORE)
    assert expect_status(world, "To Do")["issuelinks"]
    assert "Take" in card.refresh().buttons


def test_what_is_no_bug_goes_back_with_the_reason(world: World, card: Card) -> None:
    """Not a bug closes report and issue; the reporter reads why, and it can be opened again."""
    form = card.choose("Not a bug", by="U0IRIS").opens("Not a bug")
    form.fill("Reason", "The bank shows a reservation first {code}")
    assert form.submit().closed
    card.expect_text("Not a bug, closed by @Iris Novak").expect_text("The bank shows a reservation first")
    assert card.buttons == ["⋯"]
    world.dm("U0ANA").expect_message("The bank shows a reservation first").expect_text("SHOP-1")
    assert expect_status(world, "Done")["resolution"]["name"] == "Won't Do"
    assert r"The bank shows a reservation first \{code\}" in comments(world)
    assert card.choose("Reopen", by="U0IRIS").ok
    card.expect_button("Take")
    card.thread.expect_message("opened it again")
    expect_status(world, "To Do")


def test_the_reporter_is_asked_and_answers(world: World, card: Card) -> None:
    """Ask reporter reaches them with a button; the answer is in the thread, on the card and in Jira."""
    form = card.choose("Ask reporter", by="U0IRIS").opens("Ask reporter")
    form.fill("Question", "Which card was it?")
    assert form.submit().closed
    card.expect_text("Waiting for the reporter, whom @Iris Novak asked")
    card.thread.expect_message("Which card was it?")
    asked = world.dm("U0ANA").expect_message("Which card was it?")
    answer = asked.click(asked.buttons[0]).opens()
    answer.fill(answer.labels[0], "A Visa of Lumen")
    assert answer.submit().closed
    card.expect_text("The reporter answered")
    card.thread.expect_message("A Visa of Lumen").expect_text("answered @Iris Novak")
    asked.expect(lambda seen: not seen.buttons and "A Visa of Lumen" in seen.text, what="the answer there")
    eventually(lambda: "A Visa of Lumen" in comments(world), what="the answer in Jira")
    assert "*Ana Ruiz* in Slack, who reported this, was asked" in comments(world)


def test_a_report_goes_back_to_the_rotation(world: World, card: Card) -> None:
    """Hand to rotation takes it from its owner and gives it to whoever is on duty now."""
    first = engineer(world)
    assert card.click("Take", by="U0GRACE").ok
    expect_assignee(world, "Grace Okafor")
    world.advance(8 * 24 * 3600)
    then = engineer(world)
    assert then != first
    assert card.expect_no_button("Take").choose("Hand to rotation", by="U0GRACE").ok
    card.expect_button("Take").expect_text(f"Waiting for @{world.name(then)}")
    card.thread.expect_message("gave it back to the rotation")
    assert world.dm(then).expect_message(TWICE).buttons
    expect_assignee(world, None)


def test_why_tells_rules_shift_and_channel(world: World, card: Card) -> None:
    """Why? names the facts behind the severity, the shift behind the engineer, and the channel's reason."""
    view = card.choose("Why?", by="U0GRACE").opens("Why?")
    assert "Severity: High" in view.text
    assert "Blocks their work · Workaround: None known" in view.text
    assert f"@{world.name(engineer(world))} was on duty in the rotation Shop bugs" in view.text
    assert "#shop-bugs" in view.text


def test_a_step_that_asks_for_more_is_left_to_people(world: World, card: Card) -> None:
    """Where the issue cannot be closed without a field, thread and issue say which."""
    world.post("/jira/projects/SHOP", {"require_to_close": ["fixVersions"]})
    form = card.choose("Not a bug", by="U0IRIS").opens("Not a bug")
    form.fill("Reason", "It is meant so")
    assert form.submit().closed
    card.thread.expect_message("the step “Done” asks for Fix versions")
    eventually(lambda: "asks for Fix versions" in comments(world), what="a comment that says so")
    assert issue(world)["fields"]["status"]["name"] == "To Do"


def test_a_step_somebody_else_takes_is_looked_for_anew(world: World, card: Card) -> None:
    """Somebody changes the issue at the same instant (409): Bugle looks again and closes it."""
    world.trouble("jira", "error", "POST issue/{issue}/transitions", times=1, status=409)
    form = card.choose("Not a bug", by="U0IRIS").opens("Not a bug")
    form.fill("Reason", "It is meant so")
    assert form.submit().closed
    expect_status(world, "Done")
    tries = world.calls("jira", "POST issue/{issue}/transitions")
    assert len(tries) == 2
    assert card.thread.messages("could not") == []


def test_a_moved_issue_is_followed(world: World, card: Card) -> None:
    """Somebody moves the issue to another project: Bugle goes on with its new key."""
    world.post("/jira/as/iris/issues/SHOP-1/move", {"project": "PAY"})
    form = card.choose("Not a bug", by="U0IRIS").opens("Not a bug")
    form.fill("Reason", "It is meant so")
    assert form.submit().closed
    card.expect_text("PAY-1")
    card.thread.expect_message("SHOP-1 is PAY-1 now")
    expect_status(world, "Done", "PAY-1")
    assert "It is meant so" in comments(world, "PAY-1")


def test_forms_that_come_too_late_say_so(world: World, card: Card) -> None:
    """Two people close a report at once: the second reads on the form that somebody was faster."""
    ours = card.choose("Not a bug", by="U0IRIS").opens("Not a bug")
    theirs = card.choose("Not a bug", by="U0IRIS").opens("Not a bug")
    ours.fill("Reason", "It is meant so")
    theirs.fill("Reason", "We never promised that")
    assert ours.submit().closed
    assert "meanwhile" in theirs.submit().errors["Reason"]
    card.expect_text("It is meant so")


def test_a_double_click_asks_once(world: World, card: Card, bot: BotProcess) -> None:
    """A form that is submitted twice, since the first answer came late, asks the reporter once."""
    form = card.choose("Ask reporter", by="U0IRIS").opens("Ask reporter")
    form.fill("Question", "Which card was it?")
    os.kill(bot.pid, signal.SIGSTOP)
    assert not form.submit().ok
    os.kill(bot.pid, signal.SIGCONT)
    assert form.submit().closed
    world.dm("U0ANA").expect_message("Which card was it?")
    card.thread.expect_count(1, "Which card was it?")
    assert len(world.dm("U0ANA").messages("Which card was it?")) == 1


def test_a_closed_account_is_told_to_the_asker(world: World, card: Card) -> None:
    """A reporter who left cannot be asked: the asker reads so in the thread, and no admin is bothered."""
    world.post("/slack/people/U0ANA", {"deactivated": True})
    form = card.choose("Ask reporter", by="U0IRIS").opens("Ask reporter")
    form.fill("Question", "Which card was it?")
    assert form.submit().closed
    card.thread.expect_message("@Iris Novak: Bugle cannot write to @Ana Ruiz")
    assert world.channel("C0ADMINS").messages() == []
