"""What customers say reaches who is to read it, when they read: lines of bugle.toml, hours, digests."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bot.stage import bugle
from tests.databases import PostgresServer
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, CONFIG
from tests.e2e.telling import choose_customer, pass_on, passing
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

VOICES = "C0VOICES"
MONDAY = datetime(2031, 7, 7, 10, 0, tzinfo=UTC)
SAID = "Search takes a minute"
LUMEN = "key,name,tier,region,zone,language\n"


def table(folder: Path, *lines: str) -> Path:
    """Write a bugle.toml with these lines in its routing table, each without its header."""
    text = CONFIG.read_text(encoding="utf-8")
    head, _, rest = text.partition("[[routes]]")
    after = "[[intake]]" + rest.partition("[[intake]]")[2]
    routes = "\n".join(f'[[routes]]\nname = "Line {n}"\n{line}\n' for n, line in enumerate(lines, 1))
    path = folder / "bugle.toml"
    path.write_text(f"{head}{routes}\n{after}", encoding="utf-8")
    return path


@contextmanager
def routed(world: World, folder: Path, *lines: str, url: str = "", know: str = "") -> Iterator[BotProcess]:
    """Run the bot at ten on a Monday with this table; *know* are lines of CSV about customers."""
    world.post("/clock", {"to": MONDAY.isoformat()})
    url = url or f"sqlite:///{folder / 'bugle.db'}"
    config = str(table(folder, *lines))
    with BotProcess(world.url, folder, url, BUGLE_CONFIG=config) as bot:
        if know:
            file = folder / "customers.csv"
            file.write_text(LUMEN + know, encoding="utf-8")
            said = bugle("customers", "import", str(file), folder=folder, **known(bot.env))
            assert said.code == 0, said.err
        yield bot


def known(env: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a bot for a command beside it."""
    return {name: value for name, value in env.items() if name not in ("PATH", "HTTP_PORT") and value}


def test_each_line_has_what_it_chooses_and_says_so(world: World, tmp_path: Path) -> None:
    """By product, area, tier, region, language, zone, effort; Why here? names the line, or what kept it."""
    filters = (
        'products = ["pay"]',
        'areas = ["payment"]',
        'tiers = ["enterprise"]',
        'regions = ["emea"]',
        'languages = ["es"]',
        'zones = ["Asia/*"]',
        "effort = 6",
    )
    lines = [f'channel = "{VOICES}"\n{each}' for each in filters]
    know = (
        "tier,By tier,enterprise,,,\n"
        "region,By region,,EMEA,,\n"
        "language,By language,,,,es-MX\n"
        "zone,By zone,,,Asia/Taipei,\n"
        "none,By none,starter,AMER,America/Chicago,en\n"
    )
    with routed(world, tmp_path, *lines, know=know):
        for number, (name, choose) in enumerate(CHOSEN.items(), 1):
            form = passing(world, f"Said {name}.")
            choose_customer(form, f"By {name}" if not choose else "By none")
            for label, option in choose.items():
                form.choose(label, option)
            assert form.submit().closed
            card = world.channel(VOICES, seen_by="U0HUGO").expect_message(f"Said {name}.")
            why = card.choose("Why here?").opens("Why here?")
            assert f"Line {number} of the routing table" in why.text
            why.close()
        assert pass_on(world, SAID, customer="By none").closed
        card = world.channel(CARDS, seen_by="U0HUGO").expect_message(SAID)
        why = card.choose("Why here?").opens("Why here?")
        assert "No line of the routing table fits, so the channel of Shop has it." in why.text
        assert "Tier: takes enterprise" in why.text
        assert "Tier: starter" in why.text
        assert len(world.channel(VOICES).messages()) == len(filters)


CHOSEN: Mapping[str, dict[str, str]] = {
    "product": {"Product": "Pay"},
    "area": {"Area": "Payment"},
    "tier": {},
    "region": {},
    "language": {},
    "zone": {},
    "effort": {"Customer effort": "6 · Far too much"},
}

TAIPEI = 'hours = { start = 09:00:00, end = 17:00:00 }\nzone = "Asia/Taipei"'


def test_nobody_is_woken(world: World, tmp_path: Path) -> None:
    """At six in the evening in Taipei a line waits for the morning, also where Bugle is ended meanwhile."""
    with routed(world, tmp_path, f'channel = "{VOICES}"\n{TAIPEI}') as bot:
        assert pass_on(world, SAID).closed
        world.dm("U0ANA").expect_message(SAID)
        assert stays(lambda: not world.channel(VOICES).messages(), during=1.0)
        bot.kill()
        world.post("/clock", {"to": "2031-07-08T00:30:00+00:00"})
        bot.start()
        assert stays(lambda: not world.channel(VOICES).messages(), during=1.0)
        world.post("/clock", {"to": "2031-07-08T01:00:00+00:00"})
        card = world.channel(VOICES, seen_by="U0HUGO").expect_message(SAID)
        assert "Line 1 of the routing table" in card.choose("Why here?").opens("Why here?").text
        assert world.channel(CARDS).messages() == []


def test_who_sleeps_passes_it_on(world: World, tmp_path: Path) -> None:
    """While one team sleeps the one that is awake has it, alone, in its language."""
    asia = f'channel = "{VOICES}"\n{TAIPEI}\nasleep = "next"'
    europe = 'channel = "C0SUPPORT"\nhours = {}\nzone = "Europe/Madrid"\nasleep = "next"\nlanguage = "es"'
    with routed(world, tmp_path, asia, europe):
        assert pass_on(world, SAID).closed
        world.channel("C0SUPPORT").expect_message(SAID).expect_text("Nadie")
        world.advance(20 * 3600)
        assert stays(lambda: not world.channel(VOICES).messages(), during=1.0)


@pytest.mark.parametrize(
    ("form", "early", "due"),
    [
        ("hourly", "2031-07-07T10:59:00+00:00", "2031-07-07T11:00:00+00:00"),
        ("daily", "2031-07-08T06:59:00+00:00", "2031-07-08T07:00:00+00:00"),
    ],
)
def test_a_digest_comes_at_its_time(world: World, tmp_path: Path, form: str, early: str, due: str) -> None:
    """What came in since is in one message, at the full hour or when the working day begins in Madrid."""
    line = (
        f'channel = "{VOICES}"\nform = "{form}"\nhours = {{}}\nzone = "Europe/Madrid"\nrotation = "shop-bugs"'
    )
    with routed(world, tmp_path, line):
        assert pass_on(world, SAID).closed
        assert pass_on(world, "Refunds fail", customer=None).closed
        for said in (SAID, "Refunds fail"):
            world.dm("U0ANA").expect_message(said)
        world.post("/clock", {"to": early})
        assert stays(lambda: not world.channel(VOICES).messages(), during=1.0)
        world.post("/clock", {"to": due})
        digest = world.channel(VOICES, seen_by="U0HUGO").expect_message("2 customer issues")
        for told in ("Shop 2", "On duty: @", "*Lumen Retail* · Shop", SAID, "Refunds fail"):
            assert told in digest.text
        world.dm("U0ANA").expect_message(SAID).expect_text("Passed on to #product-voices")
        assert digest.click("Show").ok
        card = digest.thread.expect_message("Nobody has said yet")
        assert card.choose("Answered…").opens().submit().closed
        digest.expect_text("✔️ answered").expect_text("its card is in this channel")
        world.advance(3600)
        assert stays(lambda: len(world.channel(VOICES).messages()) == 1, during=1.0)


def test_two_replicas_make_one_digest(world: World, tmp_path: Path, postgres_server: PostgresServer) -> None:
    """Both see that a digest is due, and one of them is killed as it is made: it comes once, with all."""
    line = f'channel = "{VOICES}"\nform = "hourly"'
    with postgres_server.fresh() as url, routed(world, tmp_path, line, url=url) as one:
        config = one.env["BUGLE_CONFIG"]
        with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=config):
            said = [f"Said {number}." for number in range(4)]
            for each in said:
                assert pass_on(world, each).closed
                world.dm("U0ANA").expect_message(each)
            world.trouble("slack", "cut_after", "chat.postMessage", times=1)
            world.advance(3600)
            one.kill()
            digest = world.channel(VOICES).expect_message("4 customer issues", within=60)
            assert [digest.text.count(each) for each in said] == [1] * 4
            eventually(lambda: len(world.channel(VOICES).messages()) == 1, what="one digest")
            assert stays(lambda: len(world.channel(VOICES).messages()) == 1, during=3.0)
