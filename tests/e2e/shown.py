"""A team whose rotation is shown in Slack, and what Slack shows of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.config import read_config
from bot.manifest import manifest
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, CONFIG
from tests.harness.waiting import eventually
from tests.harness.world import World

MONDAY = datetime(2031, 1, 6, 9, 30, tzinfo=UTC)  # half an hour after Elsa's week has begun
WEEK = timedelta(days=7)
GROUP, PRIVATE = "S0ONDUTY", "C0ADMINS"
SHOWN = f'user_group = "{GROUP}"\ntopic = true\npinned = true\n'
SOON = 20.0  # seconds


def team(world: World, folder: Path, *, more: str = "") -> Path:
    """Write the bugle.toml of a team that shows its first rotation everywhere, and install its app.

    *more* are lines about the second rotation.
    """
    path = folder / "bugle.toml"
    text = CONFIG.read_text(encoding="utf-8").replace('name = "Shop bugs"\n', f'name = "Shop bugs"\n{SHOWN}')
    second = 'key = "pay-bugs"\n'
    path.write_text(text.replace(second, f"{second}{more}"), encoding="utf-8")
    world.set_app(manifest=manifest(config=read_config(path)))
    world.post("/clock", {"to": MONDAY.isoformat()})
    return path


def running(world: World, folder: Path, url: str = "", *, more: str = "") -> BotProcess:
    """Return the bot of such a team, to be started."""
    config = team(world, folder, more=more)
    return BotProcess(world.url, folder, url or f"sqlite:///{folder / 'bugle.db'}", BUGLE_CONFIG=str(config))


def let_pass(world: World, by: timedelta) -> None:
    """Let business time pass."""
    world.advance(by.total_seconds())


def channel(world: World, name: str = CARDS) -> dict[str, Any]:
    """Return a channel as Slack has it."""
    channels = world.get("/slack/channels")["channels"]
    found: dict[str, Any] = next(each for each in channels if each["id"] == name)
    return found


def group(world: World) -> list[str]:
    """Return who is in the user group."""
    groups = world.get("/slack/groups")["groups"]
    members: list[str] = next(each["users"] for each in groups if each["id"] == GROUP)
    return members


def board(world: World) -> str:
    """Return what the one pinned message says; empty while there is none."""
    pins = channel(world)["pins"]
    if len(pins) != 1:
        return ""
    return next(each.text for each in world.channel(CARDS).messages() if each.raw["ts"] == pins[0])


def expect_shown(world: World, user: str) -> None:
    """Wait until group, topic and pinned message say that somebody is on duty, and nobody else."""
    name = world.name(user)
    eventually(lambda: group(world) == [user], within=SOON, what=f"{name} in the group")
    eventually(
        lambda: channel(world)["topic"]["value"].endswith(f"On duty: {name}"),
        within=SOON,
        what=f"{name} in the topic",
    )
    eventually(lambda: f"@{name} until" in board(world), within=SOON, what=f"{name} on the pinned message")


def count(world: World, method: str) -> int:
    """Return how many calls of a method Slack answered well."""
    return sum(call["outcome"] == "ok" for call in world.calls("slack", method))


def notes(world: World) -> list[str]:
    """Return what admins were told of it."""
    said = [each.text for each in world.channel(PRIVATE).messages()]
    return [each for each in said if "cannot be kept" in each or "shows again" in each]
