"""`bugle check` as a whole: what is sound, settings and database, and many faults at once."""

import sqlite3
from pathlib import Path

import pytest

from bot.config import read_config
from bot.manifest import scopes
from storage import migrate
from storage.database import Database
from tests.bot.stage import SetUp, bugle
from workflows.rotating import keep_new_rotations

HEAD = migrate.head()


@pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)
def test_a_healthy_set_up_has_no_problems(setup: SetUp) -> None:
    """On Jira Cloud and Data Center a sound set-up is told to be fine, thing by thing, with exit code 0."""
    said = setup.check()
    assert (said.code, said.problems, said.err) == (0, [], "")
    for line in (
        "ok settings: all that are needed are there",
        "ok bugle.toml: can be read",
        "ok SLACK_APP_TOKEN: Slack lets Bugle open a Socket Mode connection",
        "ok Slack: connected to harbor.slack.example as U0BUGLE",
        "ok Slack: has granted every scope that Bugle needs",
        "ok bugle.toml: admins.channel is #bugle-admins, and Bugle is in it",
        "ok bugle.toml: rotations[1].members has Grace Okafor",
        "ok Jira: logged in as Bugle",
        "ok Jira: Bugle may create issues in PAY",
        "ok bugle.toml: products[1]: all that PAY requires of a Bug is filled",
        f"ok DATABASE_URL: the database is at {HEAD}",
    ):
        assert line in said.lines


def test_a_set_up_for_http_needs_no_app_token(setup: SetUp) -> None:
    """With a signing secret instead of an app token the set-up is sound too."""
    said = setup.check(SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="sandbox-signing-secret")
    assert (said.code, said.problems) == (0, [])
    assert "ok SLACK_SIGNING_SECRET: is set: Slack's requests come by HTTP" in said.lines


def test_a_database_that_is_not_there_is_named_and_not_made(setup: SetUp) -> None:
    """An SQLite file that does not exist is a fault, and looking for it does not make it."""
    said = setup.check(DATABASE_URL="sqlite:///new.db")
    assert said.code == 1
    assert said.problems == ["DATABASE_URL has no file new.db yet: run `bugle migrate`"]
    assert not (setup.folder / "new.db").exists()


def test_a_database_behind_head_is_named(setup: SetUp) -> None:
    """A database whose migrations are not at head is a fault that `bugle migrate` mends."""
    path = setup.settings["DATABASE_URL"].removeprefix("sqlite:///")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.commit()
    connection.close()
    said = setup.check()
    assert said.code == 1
    assert said.problems == [f"DATABASE_URL is at 0000, not at {HEAD}: run `bugle migrate`"]


def test_a_database_that_cannot_be_reached_is_named_without_its_password(setup: SetUp) -> None:
    """A database that does not answer is one fault, and its password is not printed."""
    said = setup.check(DATABASE_URL="postgresql://bugle:h%40rbour-secret@127.0.0.1:1/bugle")
    assert said.code == 1
    assert len(said.problems) == 1
    assert said.problems[0].startswith("DATABASE_URL cannot be used (")
    assert "rbour-secret" not in said.out + said.err


def test_a_drifted_rotation_is_named_field_by_field(setup: SetUp) -> None:
    """Each field in which bugle.toml differs from the rotation that is kept is named with the kept value."""
    database = Database(setup.settings["DATABASE_URL"])
    keep_new_rotations(database, read_config(setup.config))
    database.close()
    setup.rewrite('["U0ELSA", "U0DIEGO", "U0FANG"]', '["U0DIEGO", "U0ELSA"]')
    setup.rewrite("2026-01-05T10:00:00", "2026-01-05T11:00:00")
    said = setup.check()
    assert said.code == 1
    taken = "(only a rotation with a new key is taken over from here)"
    members = '["U0ELSA", "U0DIEGO", "U0FANG"]'
    assert said.problems == [
        (
            'bugle.toml: rotations[0].members is ["U0DIEGO", "U0ELSA"], but shop-bugs is kept, and followed,'
            f" with {members}: write members = {members} {taken}"
        ),
        (
            "bugle.toml: rotations[0].start is 2026-01-05T11:00:00, but shop-bugs is kept, and followed,"
            f" with 2026-01-05T10:00:00: write start = 2026-01-05T10:00:00 {taken}"
        ),
    ]
    assert "ok bugle.toml: rotations[1]: pay-bugs is kept as it is here" in said.lines
    setup.rewrite('["U0DIEGO", "U0ELSA"]', members)
    setup.rewrite("2026-01-05T11:00:00", "2026-01-05T10:00:00")
    assert setup.check().problems == []


def test_a_drifted_setting_is_named_as_it_is_to_be_written(setup: SetUp) -> None:
    """Settings that bugle.toml gives are compared too, and written in the form that it takes."""
    database = Database(setup.settings["DATABASE_URL"])
    keep_new_rotations(database, read_config(setup.config))
    database.close()
    hours = '{ days = ["sat"], start = 09:00:00, end = 17:00:00 }'
    setup.rewrite('key = "shop-bugs"\n', f'key = "shop-bugs"\nlead = "U0HUGO"\nworking_hours = {hours}\n')
    said = setup.check()
    usual = '{ days = ["mon", "tue", "wed", "thu", "fri"], start = 09:00:00, end = 17:00:00 }'
    taken = "(only a rotation with a new key is taken over from here)"
    assert said.problems == [
        (
            f"bugle.toml: rotations[0].working_hours is {hours}, but shop-bugs is kept, and followed,"
            f" with {usual}: write working_hours = {usual} {taken}"
        ),
        (
            'bugle.toml: rotations[0].lead is "U0HUGO", but shop-bugs is kept, and followed, with nothing:'
            f" leave it out {taken}"
        ),
    ]


def test_a_sandbox_clock_is_for_this_machine_only(setup: SetUp) -> None:
    """Following another machine's clock is a fault; following the sandbox's own is told of."""
    assert setup.check(BUGLE_CLOCK_URL="http://sandbox.example/control/clock").problems == [
        (
            "BUGLE_CLOCK_URL is set to another machine's clock, which is for trying Bugle out with a sandbox:"
            " leave it out, and Bugle goes by the real time"
        )
    ]
    said = setup.check(BUGLE_CLOCK_URL=f"{setup.sandbox.url}/control/clock")
    assert said.code == 0
    assert any(line.startswith("note BUGLE_CLOCK_URL: is set") for line in said.lines)


def test_every_fault_is_found_whatever_else_is_wrong(setup: SetUp) -> None:
    """Wrong settings, a wrong bugle.toml and faults in Slack and Jira are all told in one run."""
    setup.world.set_app(scopes=[scope for scope in scopes() if scope != "chat:write"])
    setup.rewrite('[[products]]\nkey = "pay"', '[[products]]\nchanel = "C0"\nkey = "pay"')
    said = setup.check(HTTP_PORT="none", JIRA_API_TOKEN="of-last-year", DATABASE_URL="sqlite:///new.db")
    assert said.code == 1
    starts = ("HTTP_PORT is", "bugle.toml: products[1].chanel is not known", "Slack has not granted",
              "JIRA_API_TOKEN is", "DATABASE_URL has no file")  # fmt: skip
    assert len(said.problems) == len(starts)
    for line, start in zip(said.problems, starts, strict=True):
        assert line.startswith(start)


def test_what_can_be_checked_is_checked_without_the_rest(setup: SetUp) -> None:
    """With only Slack's settings there, Slack is checked, and what is missing is told of."""
    said = setup.check(JIRA_URL="", JIRA_EMAIL="", JIRA_API_TOKEN="")
    assert [line.split(" is not set")[0] for line in said.problems] == [
        "JIRA_URL", "JIRA_EMAIL", "JIRA_API_TOKEN",
    ]  # fmt: skip
    assert "ok Slack: has granted every scope that Bugle needs" in said.lines


def test_nothing_set_at_all_is_told_in_plain_lines(tmp_path: Path) -> None:
    """In an empty folder everything that is missing is a line with its fix, and there is no trace."""
    said = bugle("check", folder=tmp_path)
    assert said.code == 1
    assert said.err == ""
    assert "bugle.toml does not exist: copy bugle.example.toml there, or set BUGLE_CONFIG to where it is" in (
        said.problems
    )
    assert [line.split(" ")[0] for line in said.problems] == [
        "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "JIRA_URL", "JIRA_EMAIL", "JIRA_API_TOKEN", "bugle.toml",
        "DATABASE_URL",
    ]  # fmt: skip
