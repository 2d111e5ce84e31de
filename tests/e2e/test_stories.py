"""Every way in, every kind of field and every button, in each language, by Socket Mode and by HTTP."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from bot.config import read_config
from bot.manifest import manifest
from domain.happened import Part
from tests.e2e.bot_process import BY_HTTP, BotProcess
from tests.e2e.reporting import CONFIG, engineer, expect_issue
from tests.e2e.spoken import Spoken
from tests.e2e.test_form import OWN, answer_all, expect_answers
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World
from views.terms import effort_name
from views.text import translator

SPEAKERS = {"en": ("en-GB", "U0BEN"), "es": ("es-ES", "U0ANA"), "zh_Hant": ("zh-TW", "U0CHEN")}
IRIS, GRACE, FANG = "U0IRIS", "U0GRACE", "U0FANG"
ADMINS = "C0ADMINS"
CARD = "4111 1111 1111 1111"
VAGUE = {"en": "Use it", "es": "Usarlo", "zh_Hant": "使用"}


# Each delivery and each language is tried by `make test`, every pair of them by `make soak`.
ALWAYS = {("http", "es"), ("socket", "zh_Hant")}
PAIRS = [
    pytest.param(pair, id="-".join(pair), marks=() if pair in ALWAYS else pytest.mark.soak)
    for pair in product(("socket", "http"), SPEAKERS)
]


@pytest.fixture(params=PAIRS)
def spoken(request: pytest.FixtureRequest, world: World, tmp_path: Path) -> Iterator[Spoken]:
    """Yield a workspace with a running bot, for each delivery and language."""
    delivery, language = request.param
    locale, rep = SPEAKERS[language]
    world.set_language(locale)
    path = tmp_path / "bugle.toml"
    said = f'\nlanguage = "{language}"\n'
    told = CONFIG.read_text(encoding="utf-8")
    for section in ("[[products]]\n", "[admins]\n"):
        told = told.replace(section, section.rstrip() + said)
    path.write_text(told, encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    more = BY_HTTP if delivery == "http" else {}
    with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=str(path), **more) as bot:
        config = read_config(path)
        if delivery == "http":
            address = f"{bot.url}/slack/events"
            said_so = manifest(public_url=bot.url, config=config)
            assert world.set_app(manifest=said_so, delivery="http", request_url=address)["verified"]
        else:
            world.set_app(manifest=manifest(config=config))
        yield Spoken(world, delivery, language, rep)


def test_every_way_in(spoken: Spoken) -> None:
    """Command, shortcuts, Home, reaction and mention open the form, and each files a report."""
    world, t = spoken.world, spoken.t
    rep = world.person(spoken.rep)
    support = world.channel("C0SUPPORT", seen_by=spoken.rep)
    said = world.person(IRIS).says("Olga says: the basket is empty")

    def offered(number: int) -> Form:
        """Open the form from the offer of this number."""
        offers = support.expect_count(number, t("Report this as a bug?"))
        return offers[-1].click(t("Report a bug")).opens()

    def reacts() -> Form:
        said.react("bug", by=spoken.rep)
        return offered(1)

    def mentions() -> Form:
        rep.says("@bugle the basket is empty")
        return offered(2)

    forms: dict[str, Callable[[], Form]] = {
        "command": lambda: rep.types("/bug"),
        "shortcut": lambda: rep.shortcut("bug_new"),
        "Home": lambda: rep.home().click(t("Report a bug")).opens(),
        "message": lambda: rep.shortcut("bug_msg", said),
        "reaction": reacts,
        "mention": mentions,
    }
    for way, opened in forms.items():
        form = opened()
        assert form.title == t("Report a bug")
        if way in ("message", "reaction", "mention"):
            assert "the basket is empty" in form.value(t("What happened"))
        assert spoken.filled(form, f"By {way} it fails").submit().closed
    for way in forms:
        expect_issue(world, f"By {way} it fails")


def test_every_field(spoken: Spoken) -> None:
    """Fields of ours and of every sort that Jira has reach the issue; the step before asks and masks."""
    world, t = spoken.world, spoken.t
    world.post("/jira/projects/SHOP", {"require": [*OWN, "customfield_10050"]})
    world.advance(600)

    def look() -> bool:
        form = spoken.form()
        there = "Order reference" in form.labels
        form.close()
        return there

    eventually(look, what="a form with what Jira requires")
    form = spoken.filled(spoken.form(), f"The card {CARD} is charged twice")
    form.choose(t("Area"), "Payment")
    form.choose(t("Customers"), t("New customer: {name}", name="Lumen"), query="Lumen")
    form.choose(t("Environment"), "Web shop")
    form.choose(t("Version"), "2026.9")
    form.choose(t("Customer effort"), effort_name(translator(spoken.language), 5))
    form.fill(t("Help desk link"), "https://desk.example/7")
    form.attach(t("Screenshots"), {"name": "basket.png", "content": "png"})
    answer_all(form)
    assert not form.submit().closed
    step = world.person(spoken.rep).expect_form(t("Before it is filed"))
    assert step.submit().closed
    fields = expect_issue(world, "Payment: ")["fields"]
    expect_answers(fields)
    assert CARD not in fields["description"]
    assert ([each["name"] for each in fields["versions"]], fields["environment"]) == (["2026.9"], "Web shop")
    assert f"||{t('Customers')}|Lumen|" in fields["description"]
    key = expect_issue(world, "Payment: ")["key"]
    eventually(
        lambda: [each["filename"] for each in world.get(f"/jira/issues/{key}")["fields"]["attachment"]],
        what="the screenshot on the issue",
    )


def test_drafts_and_doubts(spoken: Spoken) -> None:
    """Continue, Start anew, Discard; Keep as typed; File all the same and Add it; Open the form."""
    world, t = spoken.world, spoken.t
    rep = world.person(spoken.rep)
    spoken.filled(spoken.form(), "The first draft").close()
    form = rep.home().click(t("Continue")).opens()
    assert "The first draft" in form.value(t("What happened"))
    form.close()
    form = spoken.form()
    form.click(t("Start anew"))
    form.expect_no_field(t("Start anew")).close()
    home = rep.home()
    assert home.click(t("Discard"), confirm=t("Discard")).ok
    home.expect_no_field(t("Discard"))

    spoken.filled(spoken.form(), f"The test card {CARD} fails").submit()
    step = rep.expect_form(t("Before it is filed"))
    step.choose(t("Card number"), t("Keep as typed"))
    assert step.submit().closed
    expect_issue(world, f"The test card {CARD} fails")

    form = spoken.filled(spoken.form(), "Paying hangs")
    form.fill(t("What happened"), spoken.parts(VAGUE[spoken.language], "One charge", "Paying hangs"))
    form.submit()
    assert rep.expect_form(t("Before it is filed")).submit().closed
    note = spoken.with_button(world.dm(spoken.rep), t("Add it"))
    form = note.click(t("Add it")).opens(t("Tell more"))
    form.fill(spoken.heading(Part.STEPS), "1. Open the basket\n2. Press Pay")
    assert form.submit().closed
    spoken.card("Paying hangs").thread.expect_message("2. Press Pay")

    world.trouble("slack", "slow", "views.open", times=1, delay=4)
    assert rep.runs("/bug", "The basket is empty").ok
    told = spoken.with_button(world.channel("C0SUPPORT", seen_by=spoken.rep), t("Open the form"))
    assert "The basket is empty" in told.click(t("Open the form")).opens().value(t("What happened"))


def test_the_same_bug_again(spoken: Spoken) -> None:
    """It is this one: the second report of a bug adds its customers to the first."""
    world, t = spoken.world, spoken.t
    rep = world.person(spoken.rep)
    card = spoken.filed("The card is charged twice")
    again = spoken.filled(spoken.form(), "The card is charged twice")
    again.choose(t("Customers"), t("New customer: {name}", name="Lumen"), query="Lumen")
    assert not again.submit().closed
    step = rep.expect_form(t("Before it is filed"))
    assert step.click(t("It is this one: add my customers")).ok
    told = rep.expect_form(t("Reported before"))
    told.expect_text(spoken.key(card)).close()
    card.expect_text(translator(spoken.language).plural("{count} customer", "{count} customers", 1))


def test_what_is_refused(spoken: Spoken) -> None:
    """Correct it goes to the reporter; Retry and Drop to admins."""
    world, t = spoken.world, spoken.t
    form = spoken.filled(spoken.form(), "Paying hangs")
    world.post("/jira/projects/SHOP", {"require": ["duedate"]})
    assert form.submit().closed
    form = spoken.with_button(world.dm(spoken.rep), t("Correct it")).click(t("Correct it")).opens()
    form.fill("Due date", "2036-12-24")
    assert form.submit().closed
    spoken.card("Paying hangs")

    world.post("/jira/projects/SHOP", {"not_required": ["duedate"], "revoke": ["CREATE_ISSUES"]})
    admins = world.channel(ADMINS, seen_by=IRIS)
    for number, deed in enumerate(("Retry", "Drop"), 2):
        form = spoken.filled(spoken.form(), f"{deed} this")
        if "Due date" in form.labels:
            form.fill("Due date", "2036-12-24")
        assert form.submit().closed
        admins.expect_count(number, t("Create the Jira issue"))
    world.post("/jira/projects/SHOP", {"grant": ["CREATE_ISSUES"]})
    _, retried, dropped = admins.messages(t("Create the Jira issue"))
    assert dropped.click(t("Drop"), confirm=t("Drop")).ok
    dropped.expect_text(t("It was given up."))
    assert retried.click(t("Retry")).ok
    spoken.card("Retry this")


def test_every_button_of_a_ping(spoken: Spoken) -> None:
    """Acknowledge, Pass to next, and Take from the next one's ping."""
    world, t = spoken.world, spoken.t
    card = spoken.filed("The card is charged twice")
    ping = world.dm(engineer(world)).expect_message("The card is charged twice")
    assert ping.click(t("Acknowledge")).ok
    ping.expect_no_button(t("Acknowledge"))
    assert ping.click(t("Pass to next")).ok
    ping.expect_no_button(t("Pass to next"))
    line = read_config(CONFIG).rotations[0].rotation.members
    following = line[(line.index(engineer(world)) + 1) % len(line)]
    assert world.dm(following).expect_message("The card is charged twice").click(t("Take")).ok
    card.expect_no_button(t("Take"))


def test_every_button_of_a_card(spoken: Spoken) -> None:
    """Take, Assign…, Set severity and all behind the three dots, with their forms; Link my Jira account."""
    world, t = spoken.world, spoken.t
    card = spoken.filed("The card is charged twice")
    assert card.click(t("Take"), by=GRACE).ok
    card.expect_no_button(t("Take"))
    form = card.click(t("Assign…")).opens(t("Assign"))
    form.choose(t("New owner"), "Diego Mora")
    assert form.submit().closed
    card.expect_text("@Diego Mora")
    assert card.choose(t("Hand to rotation")).ok
    card.expect_button(t("Take"))
    form = card.click(t("Set severity")).opens(t("Set severity"))
    form.choose(t("Severity"), "Critical")
    form.fill(t("Reason"), "All shops")
    assert form.submit().closed
    card.expect_text("Critical")
    view = card.choose(t("Why?")).opens(t("Why?"))
    assert t("*Severity: {severity}*", severity="Critical").replace("*", "") in view.text.replace("*", "")
    view.close()
    form = card.choose(t("Ask reporter")).opens(t("Ask reporter"))
    form.fill(t("Question"), "Which card?")
    assert form.submit().closed
    asked = spoken.with_button(world.dm(spoken.rep), t("Answer"))
    form = asked.click(t("Answer")).opens(t("Answer"))
    form.fill(t("Your answer"), "The blue one")
    assert form.submit().closed
    card.thread.expect_message("The blue one")
    form = card.choose(t("Not a bug")).opens(t("Not a bug"))
    form.fill(t("Reason"), "It is meant so")
    assert form.submit().closed
    card.expect_text("It is meant so")
    assert card.choose(t("Reopen")).ok
    card.expect_button(t("Set severity"))
    other = spoken.filed("Paying hangs")
    form = other.choose(t("Duplicate of…")).opens(t("Duplicate of"))
    key = spoken.key(card)
    form.choose(t("The same problem as"), f"{key} · The card is charged twice", query=key)
    assert form.submit().closed
    other.expect_button("⋯").expect_no_button(t("Set severity"))

    form = world.person(FANG).home().click(t("Link my Jira account")).opens(t("Link my Jira account"))
    form.expect_field(t("Account"))
    search = t("Your name or e-mail in Jira")
    form.fill(search, "Grace")
    assert form.click(search).ok
    form.expect_no_field(t("Account"))
    form.fill(search, "Fang")
    assert form.click(search).ok
    form.expect_field(t("Account"))
    form.choose(t("Account"), form.options(t("Account"))[0])
    assert form.submit().closed
