"""How what people do reaches Bugle: by Socket Mode or by signed HTTP, to one process or to one of several."""

import re
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.manifest import manifest
from tests.databases import PostgresServer, SqliteFiles
from tests.e2e.bot_process import BY_HTTP, BotProcess
from tests.e2e.reporting import expect_whole, filled, in_order, let_doubts_end, open_form
from tests.harness.waiting import eventually
from tests.harness.world import World

COMMAND = "command=/bug&text=x&team_id=T0HARBOR&user_id=U0ANA&channel_id=C0SUPPORT&trigger_id="


def reach_by_http(world: World, bot: BotProcess) -> None:
    """Have Slack send everything to this bot's address from now on."""
    address = f"{bot.url}/slack/events"
    done = world.set_app(manifest=manifest(public_url=bot.url), delivery="http", request_url=address)
    assert done["verified"]


def answered(bot: BotProcess) -> int:
    """Return how many of Slack's requests this process has answered."""
    page = httpx.get(f"{bot.url}/metrics", trust_env=False).text
    return sum(
        int(float(count)) for count in re.findall(r"^bugle_ack_seconds_count\S* (\S+)$", page, re.MULTILINE)
    )


def file_in_turn(world: World, bots: Sequence[BotProcess], said: Sequence[str], *, http: bool) -> None:
    """File these reports, each through another bot; by Socket Mode Slack takes turns by itself."""
    for number, actual in enumerate(said):
        if http:
            reach_by_http(world, bots[number % len(bots)])
        assert filled(open_form(world), actual, area="Payment").submit().closed


@pytest.mark.parametrize("delivery", ["socket", "http"])
def test_reports_come_in_by_every_way(
    world: World, tmp_path: Path, databases: SqliteFiles | PostgresServer, delivery: str
) -> None:
    """One process on SQLite, or two on PostgreSQL of which one is killed midway: all reports are whole."""
    http, replicas = delivery == "http", 2 if isinstance(databases, PostgresServer) else 1
    said = [f"Fault {number} at checkout." for number in range(4)]
    with databases.fresh() as url, ExitStack() as running:
        more = BY_HTTP if http else {}
        bots = [running.enter_context(BotProcess(world.url, tmp_path, url, **more)) for _ in range(replicas)]
        file_in_turn(world, bots, said[:2], http=http)
        assert all(answered(bot) for bot in bots)
        if replicas > 1:
            bots.pop(0).kill()
            eventually(lambda: world.get("/slack/app")["sockets"] == (not http), what="its socket to close")
        file_in_turn(world, bots, said[2:], http=http)
        let_doubts_end(world, len(said))
        expect_whole(world, said)
        assert in_order(world, said)
        bots[0].expect_ready()


def test_forged_and_replayed_requests_do_nothing(world: World, tmp_path: Path) -> None:
    """A wrong signature, an old one, and one used again: none opens anything."""
    with BotProcess(world.url, tmp_path, f"sqlite:///{tmp_path / 'bugle.db'}", **BY_HTTP) as bot:
        reach_by_http(world, bot)
        now = int(time.time())
        assert send(bot, "1.2.forged", secret="forged", at=now) == 401
        assert send(bot, "1.2.old", at=now - 3600) == 401
        assert send(bot, "1.2.first", at=now) == 200
        eventually(lambda: "1.2.first" in triggers(world), what="the first to be taken")
        assert [send(bot, "1.2.first", at=now) for _ in range(5)] == [200] * 5
        assert send(bot, "1.2.second", at=now) == 200
        eventually(lambda: "1.2.second" in triggers(world), what="the second to be taken")
        assert triggers(world) == ["1.2.first", "1.2.second"]


def send(bot: BotProcess, trigger: str, *, secret: str = BY_HTTP["SLACK_SIGNING_SECRET"], at: int) -> int:
    """Send a slash command as Slack does, signed with this secret at this time; return the status."""
    body = COMMAND + trigger
    signature = SignatureVerifier(secret).generate_signature(timestamp=str(at), body=body)
    assert signature is not None
    headers = {
        "X-Slack-Signature": signature,
        "X-Slack-Request-Timestamp": str(at),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    url = f"{bot.url}/slack/events"
    return httpx.post(url, content=body, headers=headers, trust_env=False).status_code


def triggers(world: World) -> list[str]:
    """Return the triggers with which the bot has tried to open forms, in order."""
    return [call["request"]["trigger_id"] for call in world.calls("slack", "views.open")]
