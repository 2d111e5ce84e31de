"""A year of hand-offs in the running product: computed, recorded, announced and shown are the same."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
import vobject
from sqlalchemy import select
from ulid import ULID

from bot.config import read_config
from bot.manifest import manifest
from domain.duty import Duty, Layers, Override, TimeOff, Why
from domain.layers import on_call, shifts
from domain.rotation_changes import redefined, without_member
from gateways.jira import Jira
from gateways.slack import Slack
from storage import calendars, duty_layers, duty_now, overrides, rotations, time_off
from storage.calendars import Subscribed
from storage.database import Database, Transaction
from storage.overrides import KeptOverride
from storage.tables import duty_records, effects, handoffs
from storage.time_off import KeptTimeOff, Source
from tests.databases import PostgresServer
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CONFIG
from tests.e2e.shown import GROUP, group
from tests.harness.waiting import eventually
from tests.harness.world import World
from workflows import handing_off
from workflows.context import Context

ELSA, DIEGO, FANG, GRACE = "U0ELSA", "U0DIEGO", "U0FANG", "U0GRACE"
SHOP, PAY = "shop-bugs", "pay-bugs"
NAMES = {SHOP: "Shop bugs", PAY: "Pay bugs"}
CHANNELS = {SHOP: "C0SHOPBUGS", PAY: "C0PAYBUGS"}
START = datetime(2031, 1, 6, 9, 30, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
DAYS = 31 if os.environ.get("SOAK") == "short" else 365
SLIP = timedelta(seconds=5)
Spell = tuple[datetime, datetime, str | None]  # from, to, and who was on duty


@dataclass
class Year:
    """The world, the database that the bots work on, and what people do to the rotations in that year."""

    world: World
    database: Database
    gone: set[str] = field(default_factory=set)
    calendars: dict[str, str] = field(default_factory=dict)  # addresses, by the key of the rotation

    @property
    def now(self) -> datetime:
        """Business time."""
        return datetime.fromisoformat(self.world.get("/clock")["now"])

    @contextmanager
    def change(self, key: str) -> Iterator[Transaction]:
        """Change a rotation as the workflows do, settled in the same transaction."""
        now = self.now
        with closing(Jira(url="http://127.0.0.1:9", pat="none")) as jira:
            slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
            ctx = Context(read_config(CONFIG), self.database, slack, jira, lambda: now)
            with self.database.transaction() as tx:
                rotations.lock(tx, key)
                yield tx
                handing_off.settle(tx, ctx, key)

    def takes(self, key: str, person: str, start: datetime, end: datetime) -> None:
        """Let somebody take the duty for a while."""
        self._override(key, [Override(str(ULID()), start, end, person)])

    def swap(self, key: str, one: Duty, other: Duty) -> None:
        """Let the holders of two stretches to come have each other's."""
        swap = str(ULID())
        assert one.person is not None
        assert other.person is not None
        halves = ((one, other.person), (other, one.person))
        self._override(key, [Override(str(ULID()), it.start, it.end, who, swap) for it, who in halves])

    def away(self, person: str, start: datetime, end: datetime) -> None:
        """Let somebody have time off, from and to an hour and a half later.

        A time that ends a moment after the clock has been moved there would pass while the test looks.
        """
        start, end = start + timedelta(hours=1.5), end + timedelta(hours=1.5)
        off = KeptTimeOff(TimeOff(str(ULID()), person, start, end), Source.FORM, None, person, self.now)
        with self.change(SHOP) as tx:
            time_off.add(tx, off)
        with self.change(PAY):
            pass

    def coming(self, key: str) -> list[Duty]:
        """Return the stretches of the next weeks that have not begun, without those that are overridden."""
        after = self.truth(key, self.now, self.now + 4 * WEEK)
        return [each for each in after if each.start > self.now and each.why is Why.TURN]

    def truth(self, key: str, start: datetime, end: datetime) -> list[Duty]:
        """Compute who is on duty in a range from what is kept, but not from the record."""
        with self.database.reading() as tx:
            kept, layers = self._kept(tx, key, start, end)
        return list(shifts(kept.history, layers, start, end))

    def holder(self, key: str, at: datetime) -> str | None:
        """Compute who is on duty at an instant."""
        with self.database.reading() as tx:
            kept, layers = self._kept(tx, key, at, at + timedelta(seconds=1))
        return on_call(kept.history, layers, at)

    def subscribe(self, bot: BotProcess) -> None:
        """Have an address for the calendar of each rotation."""
        for key in NAMES:
            with self.database.transaction() as tx:
                digest = sha256(key.encode()).hexdigest()
                calendars.add(tx, digest, Subscribed(GRACE, key), self.now)
            self.calendars[key] = f"{bot.url}/calendar/{key}.ics"

    def expect_calendars(self) -> None:
        """Compare what is to come in each calendar with what is computed."""
        for key, address in self.calendars.items():
            now = self.now
            calendar = vobject.readOne(httpx.get(address, timeout=30).text)
            found = sorted((each.dtstart.value, each.dtend.value) for each in calendar.contents["vevent"])
            truth = [each for each in self.truth(key, now, now + 4 * WEEK) if each.person is not None]
            ahead = [each for each in found if now < each[1] and each[0] < now + 4 * WEEK]
            # A calendar tells seconds; cover taken in the middle of a shift begins between two of them.
            expected = [(each.start.replace(microsecond=0), each.end) for each in truth if each.end > now]
            assert ahead == expected, key

    def expect_quiet(self) -> None:
        """Wait until what the bots settled is what is computed, and all that follows from it is done."""
        eventually(self._is_quiet, within=60, every=0.1, what="everything to be settled and said")

    def _is_quiet(self) -> bool:
        now = self.now
        with self.database.reading() as tx:
            settled = duty_now.all_settled(tx)
            # The group is looked at every few hours, at Slack's pace, and waited for where it has to change.
            waiting = select(effects.c.id).where(
                effects.c.state.in_(("waiting", "running")),
                effects.c.due_at <= now,
                effects.c.kind != "set_group",
            )
            is_done = tx.execute(waiting.limit(1)).first() is None
        if set(settled) != set(NAMES) or not is_done:
            return False
        standings = {key: each.standing for key, each in settled.items()}
        return all(
            one.person == self.holder(key, now) and (one.end is None or one.end > now)
            for key, one in standings.items()
        )

    def _override(self, key: str, new: list[Override]) -> None:
        with self.change(key) as tx:
            overrides.add(tx, [KeptOverride(key, each, None, each.person, self.now) for each in new])

    @staticmethod
    def _kept(
        tx: Transaction, key: str, start: datetime, end: datetime
    ) -> tuple[rotations.KeptRotation, Layers]:
        kept = rotations.find(tx, key)
        assert kept is not None
        over = duty_layers.between(tx, key, start - 5 * WEEK, end + 5 * WEEK)
        return kept, replace(over, recorded=())


def deeds(year: Year) -> dict[int, list[partial[None]]]:
    """Return what happens in the year, by the day of it: all kinds in the first month, most of them again."""

    def swapped(key: str) -> None:
        one, *others = year.coming(key)
        year.swap(key, one, next(each for each in others if each.person != one.person))

    def covered(key: str, person: str) -> None:
        year.takes(key, person, year.now, year.now + timedelta(hours=30))

    def left(key: str, person: str) -> None:
        year.gone.add(person)
        year.world.set_person(person, deactivated=True)

    def removed(key: str, person: str) -> None:
        with year.change(key) as tx:
            kept = rotations.lock(tx, key)
            assert kept is not None
            rotations.change(tx, kept, history=without_member(kept.history, year.now, person))

    def moved(key: str, zone: str) -> None:
        with year.change(key) as tx:
            kept = rotations.lock(tx, key)
            assert kept is not None
            rotations.change(tx, kept, history=redefined(kept.history, year.now, zone=zone))

    def everybody_away() -> None:
        for person in (ELSA, DIEGO, FANG, GRACE):
            year.away(person, year.now + 2 * DAY, year.now + 3 * DAY)

    def one_away(person: str) -> None:
        year.away(person, year.now + DAY, year.now + 4 * DAY)

    month = {
        2: [partial(covered, SHOP, FANG)],
        4: [partial(swapped, SHOP), partial(swapped, PAY)],
        8: [partial(one_away, DIEGO), partial(one_away, GRACE)],
        13: [partial(everybody_away)],
        20: [partial(moved, SHOP, "America/New_York")],
        22: [partial(left, SHOP, ELSA)],
        25: [partial(removed, SHOP, ELSA)],
        27: [partial(covered, PAY, DIEGO)],
    }
    again = {day: month[day % 30] for day in range(31, 360) if day % 30 in (2, 4, 8, 13, 27)}
    zones = {120: [partial(moved, PAY, "Asia/Taipei")], 250: [partial(moved, SHOP, "Europe/Madrid")]}
    return month | again | zones


def down(day: int) -> bool:
    """Say whether Bugle is down from this day to two days later."""
    return day % 30 in (10, 17)


@pytest.mark.soak
def test_a_year_of_hand_offs(world: World, tmp_path: Path, postgres_server: PostgresServer) -> None:
    """With cover, swaps, time off, a leaver, new zones and downtime each hand-off is announced once."""
    world.post("/clock", {"to": START.isoformat()})
    with postgres_server.fresh() as url, closing(Database(url)) as database:
        year = Year(world, database)
        config = tmp_path / "bugle.toml"
        text = CONFIG.read_text(encoding="utf-8")
        config.write_text(text.replace('key = "shop-bugs"', f'key = "shop-bugs"\nuser_group = "{GROUP}"'))
        world.set_app(manifest=manifest(config=read_config(config)))
        one, two = (BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=str(config)) for _ in range(2))
        with one, two:
            year.expect_quiet()
            year.subscribe(one)
            expected = live_through(year, one, two)
        check(year, expected)


def live_through(year: Year, *bots: BotProcess) -> dict[str, list[str | None]]:
    """Let the year pass from hand-off to hand-off; return who is to be announced, rotation by rotation."""
    seen: dict[str, list[str | None]] = {key: [year.holder(key, year.now)] for key in NAMES}
    plan, day = deeds(year), 0
    while day < DAYS:
        if down(day):
            for bot in bots:
                bot.kill()
            year.world.post("/clock", {"to": (START + (day + 2) * DAY).isoformat()})
            for bot in bots:
                bot.start()
            day += 2
        else:
            for deed in plan.get(day, []):
                deed()
                look(year, seen)
            walk(year, START + (day + 1) * DAY, seen)
            day += 1
        look(year, seen)
        if day % 10 == 0:
            year.expect_calendars()
    return seen


def walk(year: Year, end: datetime, seen: dict[str, list[str | None]]) -> None:
    """Let time pass up to *end*, stopping after each change that is computed."""
    while (now := year.now) < end:
        ends = [each.end for key in NAMES for each in year.truth(key, now, now + timedelta(seconds=1))]
        to = min(*(each + timedelta(seconds=1) for each in ends), end)
        year.world.post("/clock", {"to": to.isoformat()})
        look(year, seen)


def look(year: Year, seen: dict[str, list[str | None]]) -> None:
    """Wait until Bugle has settled what is so now, and note who has to be announced by then."""
    year.expect_quiet()
    holder = year.holder(SHOP, year.now)
    if holder is not None and holder not in year.gone:  # else the group keeps whom it had
        eventually(lambda: group(year.world) == [holder], within=30, what=f"the group to be {holder}")
    for key, people in seen.items():
        holder = year.holder(key, year.now)
        if holder != people[-1]:
            people.append(holder)


def check(year: Year, expected: dict[str, list[str | None]]) -> None:
    """Compare the record, the hand-offs, the lines and the messages with what was computed."""
    world = year.world
    told: dict[str, int] = dict.fromkeys((ELSA, DIEGO, FANG, GRACE), 0)
    for key, people in expected.items():
        announced = people[1:]
        with year.database.reading() as tx:
            columns = (duty_records.c.start, duty_records.c.end, duty_records.c.person)
            of_key = duty_records.c.rotation == key
            recorded = [(*row,) for row in tx.execute(select(*columns).where(of_key).order_by(columns[0]))]
            query = select(handoffs.c.leaver, handoffs.c.taker).where(handoffs.c.rotation == key)
            made = [(*row,) for row in tx.execute(query.order_by(handoffs.c.id))]
        found = year.truth(key, recorded[0][0], recorded[-1][1])
        computed = spells([(each.start, each.end, each.person) for each in found])
        expect_same(spells(recorded), computed)
        assert [taker for _, taker in made] == announced
        lines = world.channel(CHANNELS[key]).messages(f"*{NAMES[key]}*")
        said = [line.text for line in lines if "on duty now" in line.text]
        assert len(said) == len(announced)
        for text, person in zip(said, announced, strict=True):
            assert text.startswith("Nobody" if person is None else f"@{world.name(person)}"), (key, said)
        warned = world.channel(CHANNELS[key]).messages(f"Everybody in *{NAMES[key]}* is away")
        assert len(warned) == sum(person is None for *_, person in computed)
        for leaver, taker in made:
            if leaver is not None and taker is not None:
                told[leaver] += 1
    left = {person: len(world.dm(person).messages("is over.")) for person in told}
    assert {**left, ELSA: 0} == {**told, ELSA: 0}
    assert left[ELSA] <= told[ELSA]


def expect_same(recorded: list[Spell], computed: list[Spell]) -> None:
    """Compare who was on duty when; the clock goes on between a deed and its settling."""
    differ = (
        at for at, (one, other) in enumerate(zip(recorded, computed, strict=False)) if one[2] != other[2]
    )
    if (at := next(differ, None)) is not None:
        near = slice(max(at - 2, 0), at + 3)
        raise AssertionError(f"Recorded: {recorded[near]}. Computed: {computed[near]}")
    for one, other in zip(recorded[:-1], computed[:-1], strict=True):
        assert abs(one[1] - other[1]) < SLIP, (one, other)
    assert all(one[1] == after[0] for one, after in pairwise(recorded))


def spells(stretches: list[Spell]) -> list[Spell]:
    """Return stretches with those that follow on each other with the same person as one."""
    found: list[Spell] = []
    for start, end, person in stretches:
        if found and found[-1][1] == start and found[-1][2] == person:
            found[-1] = (found[-1][0], end, person)
        else:
            found.append((start, end, person))
    return found
