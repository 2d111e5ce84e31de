"""What the stories about pings share: who is asked, by when, and what is read of it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.config import read_config
from domain.duty_window import DutyWindow
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from domain.rotation_profile import Profile
from domain.working_hours import WorkingHours
from storage import migrate, rotations
from storage.database import Database, Transaction
from tests.e2e.reporting import CONFIG, engineer, expect_card
from tests.harness.cards import Card
from tests.harness.world import World

WRONG = "The card is charged twice"
TARGET = timedelta(hours=1)  # of a bug that blocks and has no workaround
ZONES = {
    "U0ELSA": "Europe/Stockholm",
    "U0DIEGO": "America/Mexico_City",
    "U0FANG": "Asia/Taipei",
    "U0GRACE": "Europe/London",
    "U0HUGO": "Europe/Madrid",
}
MONDAY = datetime(2031, 1, 6, 9, 30, tzinfo=UTC)


def begin_on_monday(world: World) -> None:
    """Begin on the morning of a Monday, after the hand-off."""
    world.post("/clock", {"to": MONDAY.isoformat()})


def line(world: World) -> list[str]:
    """Return the engineers in the order in which they are asked."""
    members = read_config(CONFIG).rotations[0].rotation.members
    first = members.index(engineer(world))
    return [*members[first:], *members[:first]]


def now(world: World) -> datetime:
    """Return the business time."""
    return datetime.fromisoformat(world.get("/clock")["now"])


def pings(world: World, user: str) -> list[Card]:
    """Return the pings about this that somebody got; a hand-off lists it too."""
    told = world.dm(user).messages(WRONG)
    return [each for each in told if "Steps to reproduce" in each.text or "asked again:" in each.text]


def expect_ping(world: World, user: str) -> Card:
    """Wait for the ping to somebody."""
    return world.dm(user).expect_message(WRONG, within=20)


def let_target_pass(world: World, user: str) -> None:
    """Let time pass until just after somebody should have reacted, by the hours they work."""
    due = WorkingHours().after(now(world), TARGET, ZoneInfo(ZONES[user]))
    world.advance((due - now(world)).total_seconds() + 30)


def let_time_pass_until_nearly(world: World, user: str) -> None:
    """Let time pass until just before that."""
    due = WorkingHours().after(now(world), TARGET, ZoneInfo(ZONES[user]))
    world.advance((due - now(world)).total_seconds() - 300)


def expect_line(world: World, text: str) -> Card:
    """Wait for a line in the thread of the card."""
    return expect_card(world, WRONG).thread.expect_message(text, within=20)


@contextmanager
def before_the_start(url: str) -> Iterator[Transaction]:
    """Let something be kept before Bugle is first started."""
    with closing(Database(url)) as database:
        migrate.upgrade(database)
        with database.transaction() as tx:
            yield tx


def keep_rotation(
    tx: Transaction, key: str, members: tuple[str, ...], profile: Profile, window: DutyWindow | None = None
) -> None:
    """Keep a weekly rotation, begun like the shop's."""
    start = datetime(2026, 1, 5, 10)  # noqa: DTZ001 - a rotation's start is local
    rotation = Rotation(members, Kind.WEEKLY, 1, start, "Europe/Stockholm")
    rotations.add_new(tx, key, profile, begin(rotation, window))
