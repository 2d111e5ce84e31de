"""Everything that happened to reports, out of Bugle by one command."""

import csv
import json
from io import StringIO
from pathlib import Path

from tests.bot.stage import bugle
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import engineer, expect_card, expect_issue, report
from tests.harness.world import World

WRONG = "The card is charged twice"


def test_reports_are_written_out_with_their_times(world: World, bot: BotProcess, tmp_path: Path) -> None:
    """As CSV each report is a row; as JSON Lines it has all that happened, in order, and nothing typed."""
    report(world, WRONG)
    key = expect_issue(world, WRONG)["key"]
    card = expect_card(world, WRONG).expect_text(key)
    holder = engineer(world)
    assert card.click("Take", by=holder).ok
    form = card.refresh().choose("Not a bug", by=holder).opens("Not a bug")
    form.fill("Reason", "It is a secret of the bank")
    assert form.submit().closed
    card.expect_text("Not a bug, closed by")
    said = bugle("export", folder=tmp_path, **bot.env)
    assert (said.code, said.err) == (0, "")
    (row,) = csv.DictReader(StringIO(said.out))
    assert (row["issue_key"], row["state"], row["taken_by"]) == (key, "not_a_bug", holder)
    assert float(row["taken_after_seconds"]) <= float(row["answered_after_seconds"])
    assert row["fixed_at"] == ""
    file = tmp_path / "reports.jsonl"
    assert bugle("export", str(file), "--format", "jsonl", folder=tmp_path, **bot.env).code == 0
    told = json.loads(file.read_text(encoding="utf-8"))
    happened = [(each["what"], each["who"]) for each in told["events"]]
    assert happened == [("issue_created", None), ("taken", holder), ("not_a_bug", holder)]
    assert "secret of the bank" not in file.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_said(bot: BotProcess, tmp_path: Path) -> None:
    """One line with the way out, and no traceback."""
    said = bugle("export", str(tmp_path / "no" / "where.csv"), folder=tmp_path, **bot.env)
    assert said.code == 1
    assert "cannot be written" in said.err
    assert "Traceback" not in said.err
