"""Cover, swaps and time off, as engineers ask for them on their phones and all concerned read of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CONFIG
from tests.gateways.test_absence_calendars import calendar, says, served
from tests.harness.cards import Card, Channel
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World
from views.shift_menu import read_block

pytestmark = pytest.mark.usefixtures("bot")

ELSA, DIEGO, FANG, GRACE, HUGO = "U0ELSA", "U0DIEGO", "U0FANG", "U0GRACE", "U0HUGO"
NAMES = {ELSA: "Elsa Lind", DIEGO: "Diego Mora", FANG: "Fang Wei-Lun 方威倫", GRACE: "Grace Okafor"}
MENU = "Cover or swap…"
DAY = 24 * 3600


def my_shifts(world: World, user: str) -> Form:
    """Open My shifts from the list of rotations."""
    listed = world.person(user).types("/rotation", channel="C0SHOPBUGS")
    form = listed.click("My shifts").opens("My shifts")
    named = set(NAMES.values())
    eventually(lambda: named & {*form.refresh().options(MENU)}, what="people by their names")
    return form


def shop(world: World, user: str = HUGO) -> Channel:
    """Return the channel in which the shop's rotation is asked."""
    return world.channel("C0SHOPBUGS", seen_by=user)


def begins(form: Form) -> float:
    """Return when the first shift of a list begins, in seconds since 1970."""
    return read_block(form.expect_field(MENU).block_id).shift.start.timestamp()


def asked_all(world: World, user: str) -> Card:
    """Ask everyone to cover somebody's next shift; return the message in the channel."""
    my_shifts(world, user).choose(MENU, "Everyone")
    return shop(world).expect_message("Who can cover this shift")


def test_everyone_is_asked_with_two_taps_and_the_first_has_it(world: World) -> None:
    """Tap the menu, tap Everyone. Two press I'll cover at once: one has it, the other is told who."""
    card = asked_all(world, ELSA)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda who: card.seen_by(who).click("I'll cover"), (DIEGO, FANG)))
    card.expect_no_button("I'll cover").expect_text("covers it")
    winner = DIEGO if NAMES[DIEGO] in card.text else FANG
    loser = FANG if winner == DIEGO else DIEGO
    world.dm(ELSA).expect_message(f"@{NAMES[winner]} covers your shift")
    world.dm(winner).expect_message(f"You cover this shift for @{NAMES[ELSA]}")
    shop(world, loser).expect_message("settled already")


def test_one_person_is_asked_with_two_taps_and_may_decline(world: World) -> None:
    """The one asked gets Accept and Decline; declined, the asker reads so and the message says it."""
    form = my_shifts(world, ELSA)
    form.choose(MENU, NAMES[DIEGO])
    form.expect_text("Diego Mora is asked now").expect_text("@Diego Mora is asked to cover")
    card = world.dm(DIEGO).expect_message("Can you cover this shift of @Elsa Lind?")
    assert card.buttons == ["Accept", "Decline"]
    card.click("Decline")
    card.expect_no_button("Accept").expect_text("@Diego Mora declined")
    world.dm(ELSA).expect_message("@Diego Mora cannot cover this shift")


def test_a_request_is_taken_back(world: World) -> None:
    """The message in the channel loses its button and says who took it back."""
    card = asked_all(world, ELSA)
    form = my_shifts(world, ELSA)
    form.choose(MENU, "Stop asking everyone")
    form.expect_text("The request is taken back")
    card.expect_no_button("I'll cover").expect_text("@Elsa Lind took the request back")


def swap_of(form: Form, person: str) -> str:
    """Return the choice of a list's first menu that swaps with somebody."""
    return next(each for each in form.options(MENU) if each.startswith(f"{NAMES[person]} ·"))


def test_two_swap_and_swap_back(world: World) -> None:
    """Accepted, both lists show it; asked again and accepted, each has their own again."""
    form = my_shifts(world, ELSA)
    before = form.text
    form.choose(MENU, swap_of(form, DIEGO))
    there = world.dm(DIEGO).expect_message("would like to swap shifts with you")
    there.click("Accept")
    world.dm(ELSA).expect_message("@Diego Mora swaps with you")
    swapped = my_shifts(world, ELSA)
    swapped.expect_text("swapped with @Diego Mora")
    swapped.choose(MENU, swap_of(swapped, DIEGO))
    world.dm(DIEGO).expect_message("would like to swap shifts with you", after=there).click("Accept")
    world.dm(ELSA).expect_count(2, "@Diego Mora swaps with you")
    assert my_shifts(world, ELSA).text == before


def test_anybody_of_a_rotation_takes_a_shift_or_a_part_of_it(world: World) -> None:
    """Chosen from the rotation's own list; who had it is told, and what is in the way is named."""
    form = my_shifts(world, DIEGO)
    form.choose("Whose shifts", "Shop bugs")
    theirs = form.expect_field("Take it…")
    form.choose("Take it…", "Take it")
    form.expect_text("The shift is @Diego Mora's now")
    holder = theirs.block_id.split(":")[-2]
    world.dm(holder).expect_message("@Diego Mora took over your shift")
    form.expect_text(f"instead of @{NAMES[holder]}")


def test_a_part_is_asked_for_with_pickers_alone(world: World) -> None:
    """Reversed and a year long are refused on the form; a day of it is asked for in the channel."""
    form = my_shifts(world, ELSA)
    form.choose(MENU, "A part of it…")
    part = world.person(ELSA).expect_form("A part of a shift")
    start, end = (part.expect_field(each).element["initial_date_time"] for each in ("From", "Until"))
    part.fill("Until", start - DAY)
    assert "Choose a later end" in part.submit().errors["Until"]
    part.fill("Until", start + 400 * DAY)
    assert "longer than a year" in part.submit().errors["Until"]
    part.fill("Until", end + DAY)
    assert "somebody else's" in part.submit().errors["Until"]
    part.fill("Until", start + DAY)
    assert part.submit().closed
    card = shop(world).expect_message("Who can cover this shift")
    card.click("I'll cover", by=DIEGO)
    world.dm(ELSA).expect_message("@Diego Mora covers your shift")


def test_an_unanswered_request_reminds_and_lapses(world: World) -> None:
    """As the shift comes near it is posted again; when it begins, all of it says that it lapsed."""
    my_shifts(world, ELSA).choose(MENU, "Everyone")
    first = shop(world).expect_message("Who can cover this shift")
    start = begins(my_shifts(world, ELSA))
    world.advance(start - 3 * DAY + 3600 - now(world))
    again = shop(world).expect_message("Who can cover this shift", after=first)
    world.dm(ELSA).expect_message("Nobody has answered the request for cover yet")
    world.advance(start + 60 - now(world))
    for card in (first, again):
        card.expect_no_button("I'll cover").expect_text("Nobody answered in time")
    world.dm(ELSA).expect_count(1, "Nobody answered your request in time")


def now(world: World) -> int:
    """Return the business time, as seconds since 1970."""
    return int(datetime.fromisoformat(world.get("/clock")["now"]).timestamp())


def test_time_off_shows_who_stands_in_and_tells_them(world: World) -> None:
    """Picking the days shows it at once; saved, the stand-in is told, and told again when it is cancelled."""
    form = my_shifts(world, ELSA)
    start = datetime.fromtimestamp(begins(form), UTC).date()
    off = form.click("Time off").opens("Time off")
    off.fill("Last day", str(start + timedelta(days=1)))
    off.fill("First day", str(start))
    off.expect_text("@Diego Mora stands in")
    off.submit()
    world.person(ELSA).expect_form("Time off").expect_text("Noted: @Elsa Lind is away")
    world.dm(DIEGO).expect_message("You stand in for @Elsa Lind, who has time off")
    assert "Your time off" in my_shifts(world, ELSA).text
    leads = my_shifts(world, FANG)
    leads.choose("Whose shifts", "Shop bugs")
    leads.expect_text("@Elsa Lind ·").click("Cancel", confirm="Cancel it")
    world.dm(ELSA).expect_message("@Fang Wei-Lun 方威倫 cancelled your time off")
    world.dm(DIEGO).expect_message("@Elsa Lind is there after all")


def test_time_off_that_cannot_be_is_refused_at_its_field(world: World) -> None:
    """Reversed, over, and of ten years: the form stays and says what to choose."""
    off = my_shifts(world, ELSA).click("Time off").opens("Time off")
    for first, last, said in (
        ("2026-12-10", "2026-12-01", "later last day"),
        ("2020-01-01", "2020-01-02", "over already"),
        ("2026-12-01", "2036-12-01", "longer than two years"),
        ("9999-12-31", "9999-12-31", "more than two years"),
    ):
        off.fill("First day", first)
        off.fill("Last day", last)
        assert said in off.submit().errors["Last day"]


def test_home_shows_shifts_and_what_waits_for_an_answer(world: World) -> None:
    """One's next shifts are there, and a request is accepted right there."""
    my_shifts(world, ELSA).choose(MENU, NAMES[DIEGO])
    home = world.person(DIEGO).home()
    home.expect_text("My shifts").expect_text("@Elsa Lind asks you to cover")
    home.click("Accept")
    home.expect_text("instead of @Elsa Lind")
    world.dm(ELSA).expect_message("@Diego Mora covers your shift")


def test_a_slack_status_is_time_off_until_it_ends(world: World, bot: BotProcess, tmp_path: Path) -> None:
    """Whoever is on a beach is stood in for; the stand-in reads it, and reads when the status is cleared."""
    bot.terminate()
    with with_time_off(world, tmp_path, "status = true"):
        until = now(world) + 30 * DAY
        world.set_person(DIEGO, status_emoji=":palm_tree:", status_expiration=until)
        world.dm(FANG).expect_message("You stand in for @Diego Mora")
        world.set_person(DIEGO, status_emoji="", status_expiration=0)
        world.dm(FANG).expect_message("@Diego Mora is there after all")


def test_a_calendar_of_absences_is_read(world: World, bot: BotProcess, tmp_path: Path) -> None:
    """What stands in it counts, by the person's own days."""
    bot.terminate()
    days = [datetime.fromtimestamp(now(world) + each * DAY, UTC) for each in (0, 20)]
    event = f"DTSTART;VALUE=DATE:{days[0]:%Y%m%d}|DTEND;VALUE=DATE:{days[1]:%Y%m%d}"
    with (
        served(says(calendar(event))) as url,
        with_time_off(world, tmp_path, f'[time_off.ical]\n{DIEGO} = "{url}"'),
    ):
        world.dm(FANG).expect_message("You stand in for @Diego Mora")


@contextmanager
def with_time_off(world: World, folder: Path, said: str) -> Iterator[None]:
    """Run the bot of a team that reads time off from somewhere."""
    config = folder / "bugle.toml"
    config.write_text(CONFIG.read_text(encoding="utf-8") + f"\n[time_off]\n{said}\n", encoding="utf-8")
    database = f"sqlite:///{folder / 'bugle.db'}"
    with BotProcess(world.url, folder, database, BUGLE_CONFIG=str(config)):
        yield


def test_of_people_who_leave_slack_others_are_told(world: World) -> None:
    """Who was asked cannot answer any more, and who took a shift will not have it: both are said, once."""
    my_shifts(world, ELSA).choose(MENU, NAMES[FANG])
    card = world.dm(FANG).expect_message("Can you cover this shift of @Elsa Lind?")
    theirs = my_shifts(world, FANG)
    theirs.choose("Whose shifts", "Shop bugs")
    holder = theirs.expect_field("Take it…").block_id.split(":")[-2]
    theirs.choose("Take it…", "Take it")
    world.dm(holder).expect_message("took over your shift")
    world.set_person(FANG, deactivated=True)
    world.expect_heard("user_change")
    world.advance(3600)
    world.dm(ELSA).expect_count(1, "cannot be reached any more")
    world.dm(holder).expect_count(1, "took over this shift, but left Slack")
    assert "I'll cover" not in card.buttons
