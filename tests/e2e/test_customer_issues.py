"""Deciding on the card what becomes of what a customer said: a bug, feedback, an answer, or not for us."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, expect_card, expect_issue, filled, happened, issues, open_form, report
from tests.e2e.telling import SAID, choose_customer, expect_told, pass_on, passing
from tests.harness.cards import Card
from tests.harness.forms import Form
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")
TWICE = "The card is charged twice"
SLOW = "Search takes a minute"


@pytest.fixture
def told(world: World) -> Card:
    """Return the card of what Ana passed on from Lumen Retail."""
    assert pass_on(world, SLOW).closed
    return expect_told(world, SLOW, seen_by="U0HUGO")


def receipt(world: World) -> Card:
    """Return the receipt that Ana has for it."""
    return world.dm("U0ANA").expect_message(SLOW)


def as_bug(form: Form, actual: str) -> Form:
    """Fill in what the bug form does not know from the customer issue."""
    form.choose("Impact", "Blocks their work")
    form.choose("Workaround", "None known")
    form.fill("What happened", happened(actual))
    return form


def test_a_bug_is_reported_of_it(world: World) -> None:
    """The form knows all that was said; its report settles the customer issue, whose card shows the issue."""
    form = passing(world, SLOW)
    choose_customer(form, "Lumen Retail")
    eventually(lambda: "Checkout" in form.options("Area"), what="the areas")
    form.choose("Area", "Checkout")
    form.choose("Customer effort", "6 · Far too much")
    form.fill("Help desk link", "https://desk.example/t/17")
    assert form.submit().closed
    card = expect_told(world, SLOW, seen_by="U0HUGO")
    bug = card.click("Report a bug").opens("Report a bug")
    assert bug.value("What happened").endswith(SLOW)
    assert (bug.value("Customers"), bug.value("Area")) == (["Lumen Retail"], "Checkout")
    assert bug.value("Customer effort") == "6 · Far too much"
    assert bug.value("Help desk link") == "https://desk.example/t/17"
    assert as_bug(bug, TWICE).submit().closed
    key = expect_issue(world, TWICE)["key"]
    card.expect_text(f"Bug report {key} · {TWICE}, by @Hugo Vidal").expect_no_button("Report a bug")
    receipt(world).expect_text(f"Bug report {key}")
    expect_card(world, TWICE).expect_text("1 customer")


def test_a_draft_of_it_settles_it_later(world: World, told: Card, bot: BotProcess) -> None:
    """A closed form, and a bot killed meanwhile: continued from Home, it settles it all the same."""
    as_bug(told.click("Report a bug").opens("Report a bug"), TWICE).close()
    eventually(lambda: "Continue" in world.person("U0HUGO").home().labels, what="the draft on Home")
    bot.kill()
    bot.start()
    world.person("U0HUGO").home().click("Continue")
    form = world.person("U0HUGO").expect_form("Report a bug")
    assert form.submit().closed
    told.expect_text(f"Bug report {expect_issue(world, TWICE)['key']}")


def test_a_bug_is_reported_while_jira_is_down(world: World, told: Card) -> None:
    """The card says that the issue is on its way, and then which it is."""
    trouble = world.trouble("jira", "error", status=503)
    assert as_bug(told.click("Report a bug").opens("Report a bug"), TWICE).submit().closed
    told.expect_text("Bug report Issue on its way")
    world.no_trouble(trouble)
    world.advance(600)
    told.expect_text(f"Bug report {expect_issue(world, TWICE)['key']}", within=30)


def test_it_is_a_bug_reported_before_by_the_check_step(world: World, told: Card) -> None:
    """Told on the way to a second report that it is the first, it is added to that one."""
    report(world, TWICE)
    key = expect_issue(world, TWICE)["key"]
    form = as_bug(told.click("Report a bug").opens("Report a bug"), TWICE)
    assert not form.submit().closed
    step = world.person("U0HUGO").expect_form("Before it is filed")
    step.click("It is this one: add my customers")
    told.expect_text(f"Bug report {key}")
    expect_card(world, TWICE).expect_text("1 customer")
    assert len(issues(world)) == 1


def test_it_is_added_to_a_bug(world: World, told: Card) -> None:
    """It is this bug… finds it by words; the customer counts, thread and issue have their words."""
    report(world, TWICE)
    key = expect_issue(world, TWICE)["key"]
    bug = expect_card(world, TWICE).expect_text(key)
    form = told.click("It is this bug…").opens("It is this bug")
    form.choose("The same problem as", f"{key} · {TWICE}", query="charged")
    assert form.submit().closed
    told.expect_text(f"Bug report {key} · {TWICE}, by @Hugo Vidal")
    bug.expect_text("1 customer").thread.expect_message("added what Lumen Retail told us").expect_text(SLOW)

    def commented() -> bool:
        fields = world.get(f"/jira/issues/{key}")["fields"]
        return any(SLOW in each["body"] for each in fields["comment"]["comments"])

    eventually(commented, what="their words in the issue")
    receipt(world).expect_text(f"Bug report {key}")
    assert told.choose("Open again").ok
    told.expect_button("Report a bug")
    bug.expect(lambda card: "1 customer" not in card.text, what="no customer")


def test_a_bug_closed_meanwhile_is_refused_with_the_way_out(world: World, told: Card) -> None:
    """A report that is no bug takes no customers; the form says so and stays."""
    report(world, TWICE)
    key = expect_issue(world, TWICE)["key"]
    bug = expect_card(world, TWICE).expect_text(key)
    no_bug = bug.choose("Not a bug", by="U0IRIS").opens("Not a bug")
    no_bug.fill("Reason", "The bank's")
    assert no_bug.submit().closed
    form = told.click("It is this bug…").opens("It is this bug")
    form.choose("The same problem as", f"{key} · {TWICE}", query="charged")
    (said,) = form.submit().errors.values()
    assert said == "That report was closed as not a bug. Reopen it first, or report a bug."
    assert "Report a bug" in told.refresh().buttons


def test_it_is_kept_as_feedback_with_tags(world: World, told: Card) -> None:
    """Tags are offered with how often they were given; a new one is one that others are offered."""
    form = told.click("Product feedback…").opens("Product feedback")
    form.choose("Tags", "New tag: search speed", query="#Search  Speed")
    assert form.submit().closed
    told.expect_text("Kept as product feedback by @Hugo Vidal").expect_text("search speed")
    receipt(world).expect_text("Kept as product feedback")
    assert pass_on(world, "Sorting is slow").closed
    other = expect_told(world, "Sorting is slow", seen_by="U0HUGO").click("Product feedback…").opens()
    assert other.options("Tags", "spe") == ["search speed (1)", "New tag: spe"]
    more = told.click("Tags…").opens("Product feedback")
    assert more.value("Tags") == ["search speed"]
    more.choose("Tags", query="")
    assert more.submit().closed
    told.expect(lambda card: "search speed" not in card.text, what="no tag")


@pytest.mark.parametrize(
    ("button", "field", "said"),
    [("Answered…", "What they were told", "Answered, says"), ("Not for us…", "Reason", "Not for us, says")],
)
def test_it_is_settled_with_a_word(world: World, told: Card, button: str, field: str, said: str) -> None:
    """Whoever passed it on reads what was said of it; it can be opened again."""
    form = told.choose(button).opens(button.rstrip("…"))
    form.fill(field, "They use an old <browser>")
    assert form.submit().closed
    told.expect_text(said).expect_text("They use an old <browser>")
    assert told.buttons == ["⋯"]
    receipt(world).expect_text("They use an old <browser>")
    assert told.choose("Open again", by="U0IRIS").ok
    told.expect_button("Report a bug")
    receipt(world).expect_text("Nobody has said yet")


def test_the_second_to_settle_it_is_told_who_was_first(world: World, told: Card) -> None:
    """Two people decide at once: one decides, the other reads so on their form; a later press, beside it."""
    answered = told.choose("Answered…").opens("Answered")
    refused = told.seen_by("U0IRIS").choose("Not for us…", by="U0IRIS").opens("Not for us")
    refused.fill("Reason", "The bank's")
    trouble = world.trouble("slack", "rate_limit", "chat.update", retry_after=1)  # others see the old card
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda form: form.submit(), (answered, refused)))
    assert sorted(each.closed for each in results) == [False, True]
    (late,) = [each for each in results if not each.closed]
    assert "Somebody has settled it meanwhile" in next(iter(late.errors.values()))
    assert told.seen_by("U0GRACE").click("Report a bug", by="U0GRACE").ok
    world.channel(CARDS, seen_by="U0GRACE").expect_message("has settled it already")
    assert world.person("U0GRACE").views() == []
    world.no_trouble(trouble)
    told.expect_no_button("Report a bug", within=30)


def test_each_customer_of_a_bug_form_told_us(world: World) -> None:
    """They are not shown anywhere by themselves: the report's card says all."""
    form = filled(open_form(world), TWICE)
    form.choose("Customers", "New customer: Lumen Retail", query="Lumen Retail")
    assert form.submit().closed
    expect_card(world, TWICE).expect_text("1 customer")
    assert stays(lambda: len(world.channel(CARDS).messages()) == 1, during=0.5)
    assert pass_on(world, SLOW).closed
    expect_told(world, SLOW).expect_text("1 open bug")


def test_a_guest_may_read_it_and_decides_nothing(world: World, told: Card) -> None:
    """Who is a guest reads that it is not theirs to decide."""
    world.set_person("U0GRACE", guest=True)
    for press in ("Report a bug", "It is this bug…", "Product feedback…"):
        assert told.seen_by("U0GRACE").click(press, by="U0GRACE").ok
    world.channel(CARDS, seen_by="U0GRACE").expect_count(3, "guests may read this")
    assert world.person("U0GRACE").views() == []
    assert SAID not in told.refresh().text


def test_the_card_says_how_its_bug_ended(world: World, told: Card) -> None:
    """Done in Jira: the card and the receipt say so, and no longer when it is opened again there."""
    assert as_bug(told.click("Report a bug").opens("Report a bug"), TWICE).submit().closed
    key = expect_issue(world, TWICE)["key"]
    told.expect_text(f"Bug report {key}")
    in_jira = f"/jira/as/iris@harbor.example/issues/{key}"
    for step in ("In Progress", "Done"):
        world.post(f"{in_jira}/transition", {"to": step})
    until(world, told, lambda card: "Fixed" in card.text)
    assert "closed as not a bug" not in told.text
    receipt(world).expect_text("Fixed")
    world.post(f"{in_jira}/transition", {"to": "To Do"})
    until(world, told, lambda card: "Fixed" not in card.text)


def until(world: World, card: Card, fits: Callable[[Card], bool]) -> None:
    """Let minutes pass until the card fits: Bugle asks Jira each minute."""

    def a_minute_later() -> bool:
        world.advance(60)
        return fits(card.refresh())

    eventually(a_minute_later, every=0.3, within=30, what="what Jira told")
