"""Linking a Jira account: by whoever Jira does not know, from what they take on."""

import pytest

from tests.e2e.reporting import expect_card, expect_issue, report
from tests.harness.cards import Card
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")
TWICE = "The card is charged twice"
FANG, BEN = "U0FANG", "U0BEN"


def owned(world: World, by: str, actual: str = TWICE) -> Card:
    """Let somebody take a new report, and return what they are told since Jira does not know them."""
    report(world, actual)
    key = expect_issue(world, actual)["key"]
    assert expect_card(world, actual).expect_text(key).click("Take", by=by).ok

    def note() -> Card | None:
        return next((each for each in world.dm(by).messages(actual) if len(each.buttons) == 1), None)

    return eventually(note, what="a note with a button")


def opened(note: Card) -> Form:
    """Open the form from the note."""
    return note.click(note.buttons[0]).opens()


def accounts(form: Form) -> list[str]:
    """Return the accounts the form offers."""
    return [
        each["text"]["text"]
        for block in form.raw["blocks"]
        for each in block.get("element", {}).get("options", [])
    ]


def assignee(world: World) -> str | None:
    """Return whose the issue is."""
    held = world.get("/jira/issues/SHOP-1")["fields"]["assignee"]
    return held and str(held["displayName"])


def test_somebody_with_a_hidden_address_links_their_account(world: World) -> None:
    """Bugle offers the account of their name; chosen, it gets the issue, and admins are told."""
    form = opened(owned(world, FANG))
    eventually(lambda: accounts(form.refresh()), what="the accounts of that name")
    assert accounts(form) == ["Fang Wei-Lun 方威倫"]
    assert form.submit().closed
    eventually(lambda: assignee(world) == "Fang Wei-Lun 方威倫", what="the issue to be theirs")
    notice = world.channel("C0ADMINS", seen_by="U0IRIS").expect_message("@Fang Wei-Lun 方威倫 says that")
    assert "[people]" in notice.text


def test_nobody_takes_a_colleagues_account(world: World) -> None:
    """Accounts that Slack, bugle.toml or a link know as another's are not offered, nor Bugle's."""
    form = opened(owned(world, BEN))
    search = form.labels[0]
    for typed in ("Elsa", "Bugle", "nobody"):
        form.fill(search, typed)
        assert form.click(search).ok
        form.expect_text("no account")
    form.fill(search, "Fang")
    assert form.click(search).ok
    eventually(lambda: accounts(form.refresh()), what="the account of a hidden address")


def test_what_is_chosen_too_late_is_refused(world: World) -> None:
    """Two people choose one account at once: the second reads that it is taken."""
    form = opened(owned(world, FANG))
    eventually(lambda: accounts(form.refresh()), what="the accounts of that name")
    other = opened(owned(world, BEN, "Paying charges two times"))
    search = other.labels[0]
    other.fill(search, "Fang")
    other.click(search)
    eventually(lambda: accounts(other.refresh()), what="the same account")
    assert form.submit().closed
    assert "meanwhile" in next(iter(other.submit().errors.values()))


def test_a_form_without_a_choice_says_how_to_choose(world: World) -> None:
    """Submitted before anything is chosen, the form says to search."""
    form = opened(owned(world, BEN))
    assert "Press Enter" in next(iter(form.submit().errors.values()))


def test_two_searches_at_once_end_with_one_shown(world: World) -> None:
    """A search whose view was replaced meanwhile (hash_conflict) is shown all the same."""
    form = opened(owned(world, BEN))
    search = form.labels[0]
    form.fill(search, "Fang")
    world.trouble("slack", "error", "views.update", times=1, error="hash_conflict")
    assert form.click(search).ok
    eventually(lambda: accounts(form.refresh()), what="what was found")


def test_home_has_the_button_too(world: World) -> None:
    """Whom bugle.toml does not name links their account from Home, and the issues they own become theirs."""
    owned(world, FANG)
    form = world.person(FANG).home().click("Link my Jira account").opens("Link my Jira account")
    eventually(lambda: accounts(form.refresh()), what="the accounts of that name")
    assert form.submit().closed
    eventually(lambda: assignee(world) == "Fang Wei-Lun 方威倫", what="the issue to be theirs")
