import signal
import subprocess
import sys
from pathlib import Path

from tests.e2e.bot_process import PATIENCE, ROOT, BotProcess
from tests.e2e.reporting import expect_issue, filled, open_form
from tests.harness.world import World


def test_it_works_and_ends_as_an_operator_starts_it(world: World, tmp_path: Path) -> None:
    """`python -m bot run` makes its database, takes a report, and ends when told to, without a complaint."""
    bot = BotProcess(world.url, tmp_path, f"sqlite:///{tmp_path / 'bugle.db'}")
    env = {name: value for name, value in bot.env.items() if value}
    with bot.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=env, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        bot.expect_ready()
        assert filled(open_form(world), "The card is charged twice").submit().closed
        expect_issue(world, "The card is charged twice")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == -signal.SIGTERM
    finally:
        process.kill()
        process.wait()
    assert bot.log.read_text(encoding="utf-8") == ""
