"""Group, topic and pinned message in the running product: always who is on duty, whatever happens."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.manifest import DUTY_SCOPES
from domain.duty import Override
from storage import overrides
from storage.database import Database
from storage.overrides import KeptOverride
from tests.databases import PostgresServer
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, expect_card, report
from tests.e2e.shown import (
    GROUP,
    PRIVATE,
    WEEK,
    board,
    channel,
    count,
    expect_shown,
    group,
    let_pass,
    notes,
    running,
)
from tests.e2e.test_scopes import used_scopes
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

ELSA, DIEGO, FANG = "U0ELSA", "U0DIEGO", "U0FANG"
HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def shown(world: World, tmp_path: Path) -> Iterator[BotProcess]:
    """Yield the running bot of a team whose rotation is shown, Elsa being on duty."""
    with running(world, tmp_path) as bot:
        expect_shown(world, ELSA)
        yield bot


@pytest.mark.usefixtures("shown")
def test_each_hand_over_is_shown(world: World) -> None:
    """Week after week, also after many at once, and with one message that is edited in place."""
    (pinned,) = channel(world)["pins"]
    let_pass(world, WEEK)
    expect_shown(world, DIEGO)
    assert "then @Fang" in board(world)
    let_pass(world, 7 * WEEK)
    expect_shown(world, FANG)
    assert channel(world)["pins"] == [pinned]
    assert count(world, "pins.add") == 1
    assert channel(world)["topic"]["value"].startswith("Bugs in the Shop · ")
    assert notes(world) == []


def test_an_override_in_the_middle_of_a_shift_is_shown(
    shown: BotProcess, world: World, tmp_path: Path
) -> None:
    """Who takes two hours of the shift is shown for just these."""
    now = datetime.fromisoformat(world.get("/clock")["now"])
    with closing(Database(shown.env["DATABASE_URL"])) as database, database.transaction() as tx:
        taken = Override("01K0000000000000000000000A", now + HOUR, now + 3 * HOUR, FANG)
        overrides.add(tx, [KeptOverride("shop-bugs", taken, ELSA, FANG, now)])
    let_pass(world, timedelta(minutes=5))
    expect_shown(world, ELSA)
    let_pass(world, HOUR)
    expect_shown(world, FANG)
    assert "then @Elsa Lind" in board(world)
    let_pass(world, 2 * HOUR)
    expect_shown(world, ELSA)


@pytest.mark.usefixtures("shown")
def test_a_group_that_is_changed_by_hand_is_put_right_at_once(world: World) -> None:
    """Slack tells of it; no time passes."""
    world.post(f"/slack/group/{GROUP}", {"members": ["U0HUGO", ELSA]})
    eventually(lambda: group(world) == [ELSA], what="the group to be put right")


@pytest.mark.usefixtures("shown")
def test_what_slack_does_not_tell_of_is_put_right_within_a_quarter_of_an_hour(world: World) -> None:
    """A topic that was changed keeps what people wrote; what was unpinned is pinned again."""
    (pinned,) = channel(world)["pins"]
    world.set_channel(CARDS, topic="Be kind", unpin=pinned)
    let_pass(world, QUARTER)
    expect_shown(world, ELSA)
    assert channel(world)["topic"]["value"] == "Be kind · On duty: Elsa Lind"
    assert channel(world)["pins"] == [pinned]


REFUSALS = [
    ({"groups_managed_by": "admins"}, {"groups_managed_by": "everyone"}, "Permissions, User Groups"),
    ({"paid": False}, {"paid": True}, "need a paid plan"),
]


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(("refusing", "mending", "fix"), REFUSALS)
def test_a_refusal_is_told_once_and_the_bot_goes_on(
    world: World, refusing: dict[str, object], mending: dict[str, object], fix: str
) -> None:
    """Two hand-overs meet it: admins read it once, reports and all else go their way, and it is mended."""
    world.set_app(**refusing)
    for _ in range(2):
        let_pass(world, WEEK)
    eventually(lambda: f"@{world.name(FANG)} until" in board(world), within=20, what="the second hand-over")
    eventually(lambda: notes(world), within=20, what="what admins are told")
    report(world, "The card is charged twice")
    expect_card(world, "charged twice")
    assert fix in notes(world)[0]
    assert group(world) == [ELSA]
    assert stays(lambda: len(notes(world)) == 1, during=1.0)
    world.set_app(**mending)
    let_pass(world, QUARTER)
    expect_shown(world, FANG)
    eventually(lambda: len(notes(world)) == 2, what="that it works again")
    assert "shows again who is on duty" in notes(world)[1]


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("changes", [{"guest": True}, {"deactivated": True}])
def test_somebody_who_may_be_in_no_group(world: World, changes: dict[str, bool]) -> None:
    """Their shift leaves the group with its last holder, admins read whom to replace, the next is right."""
    world.set_person(DIEGO, **changes)
    world.expect_heard("user_change")
    let_pass(world, WEEK)
    (note,) = eventually(lambda: notes(world), within=20, what="what admins are told")
    assert f"@{world.name(DIEGO)} is on duty" in note
    assert group(world) == [ELSA]
    let_pass(world, WEEK)
    expect_shown(world, FANG)


def test_two_replicas_write_once(world: World, tmp_path: Path, postgres_server: PostgresServer) -> None:
    """Of two processes on one database only one posts, pins, and changes group and topic at a hand-over."""
    with postgres_server.fresh() as url, running(world, tmp_path, url) as one:
        with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=one.env["BUGLE_CONFIG"]):
            expect_shown(world, ELSA)
            let_pass(world, WEEK)
            expect_shown(world, DIEGO)
            assert stays(lambda: count(world, "usergroups.users.update") == 1, during=1.0)
        assert [count(world, method) for method in ("conversations.setTopic", "pins.add")] == [2, 1]
        shown = [each for each in world.channel(CARDS).messages() if "*Shop bugs*  @" in each.text]
        assert len(shown) == 1


def test_after_a_restart_it_goes_on(shown: BotProcess, world: World) -> None:
    """A hand-over while Bugle was down is shown when it is back, in the same message."""
    (pinned,) = channel(world)["pins"]
    shown.kill()
    let_pass(world, WEEK)
    shown.start()
    expect_shown(world, DIEGO)
    assert channel(world)["pins"] == [pinned]


def test_each_scope_that_is_asked_for_is_used(world: World, tmp_path: Path) -> None:
    """A group, a public and a private channel use all that showing who is on duty needs."""
    more = f'channel = "{PRIVATE}"\ntopic = true\n'
    with running(world, tmp_path, more=more):
        expect_shown(world, ELSA)
        eventually(lambda: "On duty:" in channel(world, PRIVATE)["topic"]["value"], what="the private topic")
        let_pass(world, WEEK)
        expect_shown(world, DIEGO)
    assert used_scopes(world) >= {*DUTY_SCOPES}


@pytest.mark.usefixtures("shown")
def test_the_pinned_message_leads_to_all_rotations(world: World) -> None:
    """Whoever wants to know more presses its button and reads every rotation."""
    (pinned,) = channel(world)["pins"]
    message = next(each for each in world.channel(CARDS).messages() if each.raw["ts"] == pinned)
    opened = message.click("All rotations", by="U0ANA").opens()
    eventually(lambda: "Pay bugs" in opened.refresh().text, what="the other rotation")


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("word", ["duty", "guardia", "值班", "Duty?"])
def test_whoever_is_on_duty_is_called_by_a_mention_of_bugle(world: World, word: str) -> None:
    """Where no user group can be kept this reaches them too: in the thread, whatever the language."""
    said = world.person("U0ANA").says(f"@bugle {word}", CARDS)
    answer = said.thread.expect_message("is on duty for")
    assert answer.text == f"@{world.name(ELSA)} is on duty for *Shop bugs*, and @{world.name('U0ANA')} calls."


@pytest.mark.usefixtures("shown")
def test_people_of_other_companies_call_nobody(world: World) -> None:
    """Where they read, Bugle names nobody who works here, whoever asks."""
    for user in ("U0XOLGA", "U0ANA"):
        said = world.person(user).says("@bugle duty", "C0LUMEN")
        thread = said.thread
        assert stays(lambda: not any("on duty" in each.text for each in thread.messages()), during=1.0)  # noqa: B023


@pytest.mark.usefixtures("shown")
def test_home_follows_for_those_who_hand_over(world: World) -> None:
    """Who goes and who comes read on their Home who is on duty, without opening it anew."""
    let_pass(world, WEEK - HOUR)
    homes = [world.person(user).home() for user in (ELSA, DIEGO)]
    for home in homes:
        home.expect_text(f"*Shop*  @{world.name(ELSA)} until")
    let_pass(world, HOUR)
    for home in homes:
        home.expect_text(f"*Shop*  @{world.name(DIEGO)} until")
