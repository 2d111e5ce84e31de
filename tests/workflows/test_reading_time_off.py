"""Reading who is away from calendars and statuses, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from domain.config import Admins, Config, TimeOffSources
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from domain.rotation_profile import Profile
from gateways.absence_calendars import Absence
from gateways.jira import Jira
from gateways.slack import Slack
from storage import rotations, time_off
from storage.database import Database
from storage.time_off import KeptTimeOff, Source
from tests.domain.rotations import DAY, local, utc
from workflows import reading_time_off
from workflows.context import Context

NOW = utc("2026-11-23T12:00")
ELSA, DIEGO, ANA = "U0ELSA", "U0DIEGO", "U0ANA"


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context of a team that reads statuses, with a rotation of two."""
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
    config = Config(Admins("C0ADMINS"), (), time_off=TimeOffSources(status=True))
    rotation = Rotation((ELSA, DIEGO), Kind.WEEKLY, 1, local("2026-11-23T09:00"), "UTC")
    with database.transaction() as tx:
        rotations.add_new(tx, "shop", Profile("Shop"), begin(rotation))
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as jira:
        yield Context(config, database, slack, jira, lambda: NOW)


def away(ctx: Context, person: str) -> list[KeptTimeOff]:
    """Return somebody's time off under way or to come."""
    with ctx.database.reading() as tx:
        return time_off.coming(tx, person, NOW)


def second(days: int) -> int:
    """Return a time some days from now, as Slack has it."""
    return int((NOW + days * DAY).timestamp())


def test_a_status_is_time_off_until_it_ends(ctx: Context) -> None:
    """Told twice it is noted once; one that lasts longer takes its place; cleared, they are there again."""
    for _ in range(2):
        reading_time_off.follow_status(ctx, ELSA, ":palm_tree:", second(3))
    (kept,) = away(ctx, ELSA)
    assert (kept.off.start, kept.off.end, kept.source) == (NOW, NOW + 3 * DAY, Source.STATUS)
    reading_time_off.follow_status(ctx, ELSA, ":face_with_thermometer:", second(5))
    assert [each.off.end for each in away(ctx, ELSA)] == [NOW + 5 * DAY]
    reading_time_off.follow_status(ctx, ELSA, "", 0)
    assert away(ctx, ELSA) == []


@pytest.mark.parametrize(
    ("person", "emoji", "until"),
    [
        (ELSA, ":palm_tree:", 0),
        (ELSA, ":palm_tree:", second(-1)),
        (ELSA, ":coffee:", second(1)),
        (ANA, ":palm_tree:", second(1)),
    ],
)
def test_other_statuses_say_nothing(ctx: Context, person: str, emoji: str, until: int) -> None:
    """Without an end, over, another emoji, or of somebody who takes no turns: nothing is kept."""
    reading_time_off.follow_status(ctx, person, emoji, until)
    assert away(ctx, person) == []


def test_nothing_is_read_where_it_is_not_configured(ctx: Context) -> None:
    """Statuses are people's own where bugle.toml does not say that they count."""
    silent = replace(ctx, config=Config(Admins("C0ADMINS"), ()))
    reading_time_off.follow_status(silent, ELSA, ":palm_tree:", second(3))
    reading_time_off.read_statuses(silent)
    assert away(ctx, ELSA) == []


def test_a_calendar_is_compared_with_what_was_read_before(ctx: Context) -> None:
    """What is new is noted, what is gone cancelled; what stays is the same row, and forms are left alone."""
    one = Absence("one", NOW + DAY, NOW + 2 * DAY)
    two = Absence("two", NOW + 3 * DAY, NOW + 4 * DAY)
    reading_time_off.take_over(ctx, ELSA, Source.ICAL, [one, two])
    first = away(ctx, ELSA)
    reading_time_off.follow_status(ctx, ELSA, ":palm_tree:", second(9))
    reading_time_off.take_over(ctx, ELSA, Source.ICAL, [one, two._replace(end=NOW + 5 * DAY)])
    later = [each for each in away(ctx, ELSA) if each.source is Source.ICAL]
    assert later[0] == first[0]
    assert [each.off.end - NOW for each in later] == [2 * DAY, 5 * DAY]
    reading_time_off.take_over(ctx, ELSA, Source.ICAL, [])
    assert [each.source for each in away(ctx, ELSA)] == [Source.STATUS]


def test_what_does_not_answer_changes_nothing(ctx: Context) -> None:
    """Where Slack or the calendar is not reached, what is known stays."""
    asking = replace(ctx.config, time_off=TimeOffSources({ELSA: "https://127.0.0.1:9/elsa.ics"}, status=True))
    reading_time_off.take_over(ctx, ELSA, Source.ICAL, [Absence("one", NOW, NOW + DAY)])
    unreached = replace(ctx, config=asking)
    reading_time_off.read_calendars(unreached)
    reading_time_off.read_statuses(unreached)
    assert len(away(ctx, ELSA)) == 1
