"""One bug, forty customers of six reps in three languages: in the end each was told once, or let go."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from hmac import new as hmac
from pathlib import Path
from random import Random
from threading import Event
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import select

from domain.duty import TimeOff
from domain.loop import State
from domain.working_hours import USUAL as WORKING
from storage import time_off
from storage.database import Database
from storage.tables import audit
from storage.time_off import KeptTimeOff, Source
from tests.e2e.bot_process import BotProcess
from tests.e2e.closing import Bug, customer, database_url
from tests.e2e.reporting import CONFIG
from tests.harness.cards import Card
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

MONDAY = datetime(2031, 1, 6, 9, 30, tzinfo=UTC)
SECRET = "shared-with-jira"
LEAD = "U0IRIS"
REPS = {
    "U0ANA": "Europe/Madrid",
    "U0BEN": "Europe/London",
    "U0CHEN": "Asia/Taipei",
    "U0HUGO": "Europe/Madrid",
    "U0GRACE": "Europe/London",
    "U0DIEGO": "America/Mexico_City",
}
LANGUAGES = ("en", "es", "zh-TW")
FIXED = {"en": "It is fixed", "es": "Está corregido", "zh-TW": "問題已修正"}
FOLLOW_UP = f"""
[follow_up]
tell_when = "released"
lead = "{LEAD}"

[follow_up.stand_ins]
U0BEN = "U0CHEN"
"""


class Story:
    """A bug that forty customers told us of, and what their reps do."""

    def __init__(self, world: World, database: Database, bot: BotProcess, *, hooks: bool) -> None:
        self.world, self.database, self.bot, self.hooks = world, database, bot, hooks
        self.chance = Random(40)  # noqa: S311 - not for secrets
        self.bug = Bug(world, database.url.render_as_string(hide_password=False))
        self.reps = list(REPS)
        for number in range(40):
            owner, language = self.reps[number % 6], LANGUAGES[number % 3]
            self.bug.told_by([customer(number, owner, language)])
        self.bug.known()

    @property
    def now(self) -> datetime:
        """The business time."""
        return datetime.fromisoformat(self.world.get("/clock")["now"])

    def until(self, moment: datetime) -> None:
        """Let time pass until then."""
        self.world.advance((moment - self.now).total_seconds())

    def states(self) -> Counter[State]:
        """Return how many loops are in each state."""
        return Counter(each.state for each in self.bug.loops())

    def away(self, person: str, days: int) -> None:
        """Let somebody be away from now on."""
        off = TimeOff("01K" + "0" * 23, person, self.now, self.now + timedelta(days=days))
        with self.database.transaction() as tx:
            time_off.add(tx, KeptTimeOff(off, Source.FORM, None, person, self.now))

    def fix(self) -> None:
        """Let the issue be fixed in a version to come."""
        self.bug.does("edit", fields={"fixVersions": [{"name": "2026.10"}]})
        self.bug.done()
        self.bug.minutes(lambda: self._card_says("to be released in 2026.10"), "the fix to be known")

    def release(self) -> None:
        """Let that version come out."""
        self.world.post("/jira/projects/SHOP", {"release_versions": ["2026.10"]})
        self.bug.minutes(lambda: self._card_says("Fixed and released in 2026.10"), "the release")

    def _card_says(self, text: str) -> bool:
        cards = self.world.channel("C0SHOPBUGS").messages(self.bug.key)
        return any(text in each.text for each in cards)

    def message_to(self, person: str) -> Card:
        """Return the live message to a rep."""
        return self.world.dm(person).expect_message("How it ended", within=20)

    def crash(self, times: int) -> None:
        """Kill Bugle so many times, each at some instant of the next second, and start it again."""
        for _ in range(times):
            Event().wait(self.chance.random())  # that it is some instant is the point
            self.bot.kill()
            self.bot.start()

    def tell_often(self) -> None:
        """Let Jira's webhooks come again and late: each is only a reason to read the issue."""
        body = json.dumps({"webhookEvent": "jira:issue_updated", "issue": {"key": self.bug.key}}).encode()
        signed = {"X-Hub-Signature": f"sha256={hmac(SECRET.encode(), body, sha256).hexdigest()}"}
        for _ in range(10 if self.hooks else 0):
            url = f"{self.bot.url}/jira/webhook"
            assert httpx.post(url, content=body, headers=signed, trust_env=False).status_code == 204

    def tell_all(self, person: str) -> None:
        """Let somebody tell all their customers, from the list."""
        form = self.world.person(person).types("/loops", channel="C0SHOPBUGS")
        while True:
            form.refresh()
            if "Nobody has to be told" in form.text:
                return
            ticked = form.options("Told by other means")
            form.choose("Told by other means", *ticked)
            form.submit()

    def reminders(self, person: str) -> list[Card]:
        """Return the reminders somebody got."""
        return self.world.dm(person).messages("to be told by you how it ended")

    def escalations(self) -> list[Card]:
        """Return what the lead was told of."""
        return self.world.dm(LEAD).messages("waited long to be told how it ended")

    def lists_nobody(self, person: str) -> bool:
        """Tell whether the message to a rep says that nobody is left to be told."""
        return "Nobody of yours has to be told any more." in self.message_to(person).text

    def told_times(self) -> Counter[str]:
        """Return how often each customer issue was noted as told."""
        with self.database.reading() as tx:
            rows = tx.execute(select(audit.c.subject, audit.c.details).where(audit.c.deed == "changed")).all()
        return Counter(row.subject for row in rows if (row.details or {}).get("loop") == State.TOLD)


@contextmanager
def story(world: World, folder: Path, database: Database, *, hooks: bool) -> Iterator[Story]:
    """Yield the story as it begins, on a Monday morning."""
    config = folder / "bugle.toml"
    config.write_text(CONFIG.read_text(encoding="utf-8") + FOLLOW_UP, encoding="utf-8")
    world.post("/clock", {"to": MONDAY.isoformat()})
    url = database.url.render_as_string(hide_password=False)
    secret = {"JIRA_WEBHOOK_SECRET": SECRET} if hooks else {}
    with BotProcess(world.url, folder, url, BUGLE_CONFIG=str(config), **secret) as bot:
        if hooks:
            world.post("/jira/webhooks", {"url": f"{bot.url}/jira/webhook", "secret": SECRET})
        yield Story(world, database, bot, hooks=hooks)


@pytest.mark.parametrize("hooks", [False, True], ids=["polling", "webhooks"])
def test_every_customer_is_told_or_let_go(
    world: World, tmp_path: Path, database: Database, hooks: bool
) -> None:
    """Fixed, released, told: reminders on schedule, the lead when it takes too long, nothing twice."""
    with story(world, tmp_path, database, hooks=hooks) as told:
        told.away("U0BEN", days=3)
        told.fix()
        assert stays(lambda: not told.bug.loops(), during=1.0)  # customers wait for the release
        told.release()
        eventually(lambda: told.states() == {State.TO_TELL: 40}, what="forty loops")
        _drafts_are_in_their_language(told)
        _the_one_away_is_stood_in_for(told)
        for rep in ("U0HUGO", "U0GRACE"):
            told.tell_all(rep)
        eventually(lambda: told.states()[State.TOLD] == 13, what="two reps to have told all")
        _reminders_come_on_schedule(told)
        for rep in told.reps:
            told.tell_all(rep)
        eventually(lambda: told.states()[State.TO_TELL] == 0, what="nothing to be left")
        assert told.states() == {State.TOLD: 40}
        assert told.told_times() == Counter(each.customer_issue for each in told.bug.loops())
        before = {rep: len(told.world.dm(rep).messages()) for rep in (*told.reps, LEAD)}
        told.world.advance(timedelta(days=20).total_seconds())
        assert stays(
            lambda: before == {rep: len(told.world.dm(rep).messages()) for rep in before}, during=2.0
        )


@pytest.mark.soak
@pytest.mark.parametrize("hooks", [False, True], ids=["polling", "webhooks"])
def test_through_outages_and_crashes_nobody_is_lost(
    world: World,
    tmp_path: Path,
    database: Database,
    hooks: bool,
) -> None:
    """Jira down for a day, webhooks late and doubled, Bugle killed twenty times: told once, all of them."""
    with story(world, tmp_path, database, hooks=hooks) as told:
        told.fix()
        told.crash(3)
        trouble = world.trouble("jira", "down")
        world.advance(timedelta(hours=12).total_seconds())
        told.tell_often()
        told.crash(3)
        world.advance(timedelta(hours=12).total_seconds())
        world.no_trouble(trouble)
        world.post("/jira/projects/SHOP", {"release_versions": ["2026.10"]})
        told.tell_often()
        told.crash(4)
        told.bug.minutes(lambda: told.states()[State.TO_TELL] == 40, "forty loops")
        told.crash(4)
        for rep in told.reps:
            told.message_to(rep)
            told.tell_all(rep)
            told.crash(1)
        told.tell_often()
        told.bug.minutes(lambda: told.states() == {State.TOLD: 40}, "all to be told")
        assert told.told_times() == Counter(each.customer_issue for each in told.bug.loops())
        for rep in told.reps:
            eventually(partial(told.lists_nobody, rep), what=f"the message to {rep} to be right", within=60)
            assert len(told.world.dm(rep).messages("How it ended")) == 1


def _drafts_are_in_their_language(told: Story) -> None:
    """Each rep reads of their own customers, and drafts what those read."""
    for rep in ("U0ANA", "U0GRACE", "U0DIEGO"):
        message = told.message_to(rep)
        form = message.click("Show text").opens("Tell the customer")
        number = told.reps.index(rep)
        text = form.value("Text for the customer")
        assert FIXED[LANGUAGES[number % 3]] in text
        assert "2026.10" in text
        form.close()


def _the_one_away_is_stood_in_for(told: Story) -> None:
    """Ben is away: Chen has his customers, and Ben has them when he is back."""
    assert not told.world.dm("U0BEN").messages("How it ended")
    holders = Counter(each.holder for each in told.bug.loops())
    assert (holders["U0CHEN"], holders["U0BEN"]) == (14, 0)


def _reminders_come_on_schedule(told: Story) -> None:
    """To the minute, in the hours of each rep; with the third the lead hears of it too. Ben comes back."""
    reminded: dict[str, list[datetime]] = {rep: [] for rep in REPS}
    told.bug.minutes(lambda: None not in _due(told).values(), "all reminders to be planned")
    while not told.escalations():
        due = {holder: at for holder, at in _due(told).items() if at is not None}
        moment = min(due.values())
        now_due = [holder for holder, at in due.items() if at - moment < timedelta(minutes=1)]
        before = {each: len(told.reminders(each)) for each in now_due}
        told.until(moment - timedelta(seconds=20))
        assert stays(lambda: before == {each: len(told.reminders(each)) for each in before}, during=0.3)  # noqa: B023
        told.until(max(due[each] for each in now_due) + timedelta(seconds=5))
        eventually(
            lambda: all(len(told.reminders(each)) == before[each] + 1 for each in before),  # noqa: B023
            what=f"one reminder to each of {before} at {moment}",
        )
        for each in now_due:
            assert WORKING.includes(due[each], ZoneInfo(REPS[each]))
            reminded[each].append(due[each])
    (began,) = {each.since for each in told.bug.loops() if each.holder == "U0ANA"}
    assert reminded["U0ANA"] == [began + timedelta(days=days) for days in (1, 3, 9)]
    assert [f"{each:%d %H:%M}" for each in reminded["U0CHEN"]][:2] == ["08 01:00", "10 01:00"]
    assert Counter(each.holder for each in told.bug.loops())["U0BEN"] == 7
    assert told.message_to("U0BEN")


def _due(told: Story) -> dict[str, datetime | None]:
    """Return when each rep is reminded next."""
    waiting = [each for each in told.bug.loops() if each.state is State.TO_TELL]
    return {each.holder or "": each.remind_at for each in waiting}


WEEKLY = """
[follow_up.weekly]
channel = "C0SUPPORT"
day = "tue"
at = 10:00:00
zone = "Europe/Madrid"
"""


def test_a_line_each_week_says_how_many_were_told(world: World, tmp_path: Path) -> None:
    """On its day and at its time, once: told, let go, waiting, and how long telling them took."""
    config, url = tmp_path / "bugle.toml", database_url(tmp_path)
    config.write_text(CONFIG.read_text(encoding="utf-8") + "[follow_up]\n" + WEEKLY, encoding="utf-8")
    world.post("/clock", {"to": MONDAY.isoformat()})
    with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=str(config)):
        bug = Bug(world, url)
        bug.told_by([customer(number, "U0ANA") for number in range(3)])
        bug.known()
        bug.done()
        message = bug.expect_message("U0ANA", "3 customers of yours have to be told.")
        world.advance(timedelta(hours=12).total_seconds())
        assert message.choose("Told by other means").ok
        message.expect_text("2 customers of yours have to be told.")
        form = message.choose("Let go because…").opens("Let go")
        form.fill("Why", "They left us")
        assert form.submit().closed
        channel = world.channel("C0SUPPORT")
        assert not channel.messages("the week for customers")
        world.advance((datetime(2031, 1, 7, 9, 1, tzinfo=UTC) - _now(world)).total_seconds())
        line = channel.expect_message("the week for customers", within=20)
        for said in ("1 customer told", "1 let go", "1 waits", "0.5 days"):
            assert said in line.text
        world.advance(timedelta(days=1).total_seconds())
        assert stays(lambda: len(channel.messages("the week for customers")) == 1, during=1.0)
        world.advance(timedelta(days=6).total_seconds())
        channel.expect_count(2, "the week for customers", within=20)


def _now(world: World) -> datetime:
    return datetime.fromisoformat(world.get("/clock")["now"])
