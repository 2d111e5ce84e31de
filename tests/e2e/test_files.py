"""Files that people add to a report reach its Jira issue, each once, and whole."""

import base64
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, expect_card, expect_issue, filled, open_form, report
from tests.harness.cards import Card
from tests.harness.waiting import eventually
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")

MEGABYTE = 1024 * 1024
WRONG = "The card is charged twice"


def attached(world: World) -> list[dict[str, Any]]:
    """Return the files on the issue about this."""
    key = expect_issue(world, WRONG)["key"]
    found: list[dict[str, Any]] = world.get(f"/jira/issues/{key}")["fields"]["attachment"]
    return found


def names(world: World) -> list[str]:
    """Return what they are called."""
    return [each["filename"] for each in attached(world)]


def expect_names(world: World, expected: Sequence[str], *, within: float = 20.0) -> None:
    """Wait until exactly these files are on the issue."""
    eventually(
        lambda: sorted(names(world)) == sorted(expected), what=f"{expected} on the issue", within=within
    )


def filed_card(world: World) -> Card:
    """File a report and return its card."""
    report(world, WRONG)
    return expect_card(world, WRONG)


def test_files_of_the_thread_reach_the_issue(world: World) -> None:
    """Screenshots posted under the card are on the issue whole, even two of one name; words are not."""
    card = filed_card(world)
    card.reply("It happens with every card", by="U0GRACE")
    picture = {"name": "image.png", "content": "the first"}
    card.reply("Here", by="U0GRACE", files=[picture, {"name": "截圖.png", "content": "two"}])
    card.reply("And here", by="U0HUGO", files=[{"name": "image.png", "content": "the second one"}])
    expect_names(world, ["image.png", "截圖.png", "image (2).png"])
    sizes = sorted(each["size"] for each in attached(world))
    assert sizes == [len("two"), len("the first"), len("the second one")]


def test_screenshots_of_the_form_reach_the_issue(world: World) -> None:
    """What a rep puts into the form is on the issue, once."""
    form = filled(open_form(world), WRONG)
    form.attach(
        "Screenshots", {"name": "basket.png", "content": "png"}, {"name": "log.txt", "content": "lines"}
    )
    assert form.submit().closed
    expect_names(world, ["basket.png", "log.txt"])


def test_screenshots_survive_an_issue_that_is_refused_at_first(world: World) -> None:
    """When Jira takes the report only after its reporter has corrected it, the screenshot is there once."""
    form = filled(open_form(world), WRONG)
    form.attach("Screenshots", {"name": "basket.png", "content": "png"})
    world.post("/jira/projects/SHOP", {"require": ["duedate"]})
    assert form.submit().closed
    form = world.dm("U0ANA").expect_message("Jira did not take your report").click("Correct it").opens()
    form.fill("Due date", "2036-12-24")
    assert form.submit().closed
    expect_names(world, ["basket.png"])


def test_files_elsewhere_stay_where_they_are(world: World) -> None:
    """Files in the channel or in the thread of something else are nobody's report's."""
    card = filed_card(world)
    talk = world.channel(CARDS).says("Lunch?", by="U0GRACE", files=[{"name": "menu.txt", "content": "soup"}])
    talk.reply("This one", by="U0HUGO", files=[{"name": "other.txt", "content": "fish"}])
    card.reply("Here", by="U0GRACE", files=[{"name": "log.txt", "content": "lines"}])
    expect_names(world, ["log.txt"])


def test_a_lost_answer_attaches_nothing_twice(world: World) -> None:
    """A file whose arrival in Jira was not heard of is found there again."""
    card = filed_card(world)
    expect_issue(world, WRONG)
    world.trouble("jira", "cut_after", "POST issue/{issue}/attachments", times=1)
    card.reply("Here", by="U0GRACE", files=[{"name": "a.txt", "content": "aaa"}])
    card.reply("And here", by="U0GRACE", files=[{"name": "b.txt", "content": "bbb"}])
    expect_names(world, ["a.txt", "b.txt"])


def test_what_jira_does_not_take_is_told_to_who_posted_it(world: World) -> None:
    """Too large, empty or only linked: each is told kindly to its owner, and the others arrive."""
    world.post("/jira", {"attachment_limit": 2 * 1024 * 1024})
    card = filed_card(world)
    files = [
        {"name": "film.mov", "content": "x" * (2 * 1024 * 1024 + 1)},
        {"name": "plan.gdoc", "external_url": "https://drive.example/plan"},
        {"name": "log.txt", "content": "lines"},
    ]
    card.reply("Here", by="U0GRACE", files=files)
    expect_names(world, ["log.txt"])
    key = expect_issue(world, WRONG)["key"]
    told = world.dm("U0GRACE")
    told.expect_message("film.mov").expect_text("could not be added to").expect_text(
        "larger than the 2 MB"
    ).expect_text(key)
    told.expect_message("plan.gdoc").expect_text("only a link")
    assert world.channel("C0ADMINS").messages() == []


def test_a_file_bugle_can_no_longer_see_is_told(world: World) -> None:
    """A file whose conversation Bugle has left before Jira could take it is told to its owner."""
    world.trouble("jira", "down")
    card = filed_card(world)
    card.reply("Here", by="U0GRACE", files=[{"name": "a.txt", "content": "aaa"}])
    world.set_channel(CARDS, leave="app")
    world.no_trouble()
    world.dm("U0GRACE").expect_message("could not be added to").expect_text("cannot see it")
    assert names(world) == []


def peak(bot: BotProcess) -> int:
    """Return the most memory the bot has had at any time, in bytes."""
    status = Path(f"/proc/{bot.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of memory")
def test_ten_large_screenshots_are_never_held_in_memory(world: World, bot: BotProcess) -> None:
    """Ten files of 10 MB reach the issue whole, and the bot's memory grows by less than one of them."""
    card = filed_card(world)
    card.reply("Here", by="U0GRACE", files=[{"name": "small.png", "content": "png"}])
    expect_names(world, ["small.png"])
    before = peak(bot)
    content = base64.b64encode(os.urandom(10 * MEGABYTE)).decode()
    large = [f"{number}.png" for number in range(10)]
    for name in large:
        card.reply("And", by="U0GRACE", files=[{"name": name, "content_base64": content}])
    expect_names(world, ["small.png", *large], within=90)
    assert {each["size"] for each in attached(world) if each["filename"] in large} == {10 * MEGABYTE}
    assert peak(bot) - before < 8 * MEGABYTE


def test_files_wait_for_their_issue(world: World) -> None:
    """Files posted while Jira is down are on the issue once it is back."""
    world.trouble("jira", "down")
    card = filed_card(world)
    card.reply("Here", by="U0GRACE", files=[{"name": "a.txt", "content": "aaa"}])
    world.no_trouble()
    expect_names(world, ["a.txt"], within=30)
    found = attached(world)[0]["id"]
    answer = httpx.get(f"{world.url}/control/jira/attachments/{found}", trust_env=False)
    assert answer.content == b"aaa"
