import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import read_config
from domain.effects import Effect, State
from storage import effects, migrate
from storage.database import Database
from storage.tables import effects as effect_rows
from tests.bot.stage import SANDBOX_TOML, Said, bugle
from tests.bot.test_settings import CLOUD
from tests.databases import SqliteFiles

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def run(*arguments: str, folder: Path, url: str = "sqlite:///bugle.db") -> Said:
    """Run `bugle` in a folder with sound settings and a database."""
    secrets = {source.setting: "x" * 32 for source in read_config(SANDBOX_TOML).intakes}
    return bugle(*arguments, folder=folder, **(CLOUD | secrets | {"DATABASE_URL": url}))


def test_without_the_secret_of_a_help_desk_nothing_runs(tmp_path: Path) -> None:
    """`bugle run` names the secret of each [[intake]] that is missing, and its fix, a line each."""
    (tmp_path / "bugle.toml").write_text(SANDBOX_TOML.read_text())
    said = bugle("run", folder=tmp_path, **CLOUD)
    missing = [line.partition(" is not set")[0] for line in said.err.splitlines()]
    assert (said.code, missing) == (1, [each.setting for each in read_config(SANDBOX_TOML).intakes])


def test_migrate_makes_a_database_at_head(tmp_path: Path) -> None:
    """`bugle migrate` makes the database where there is none, says where it stands, and may be run again."""
    for _ in range(2):
        said = run("migrate", folder=tmp_path)
        assert (said.code, said.out, said.err) == (0, f"The database is at {migrate.head()}.\n", "")
    with closing(Database(f"sqlite:///{tmp_path / 'bugle.db'}")) as database:
        assert migrate.is_current(database)
        assert migrate.drift(database) == []


def test_migrate_check_compares_migrations_and_tables(tmp_path: Path) -> None:
    """`bugle migrate --check` finds no table without a migration, needs no settings and makes no file."""
    said = bugle("migrate", "--check", folder=tmp_path)
    assert (said.code, said.out, said.err) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("run",), ("migrate",), ("effects", "list")])
def test_without_settings_a_command_says_what_is_missing(command: tuple[str, ...], tmp_path: Path) -> None:
    """A command that needs settings ends with a line for each that is missing, and no trace."""
    said = bugle(*command, folder=tmp_path)
    assert (said.code, said.out) == (1, "")
    assert [line.split(" ")[0] for line in said.err.splitlines()] == [
        "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "JIRA_URL", "JIRA_EMAIL", "JIRA_API_TOKEN",
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_settings_come_from_the_env_file_too(tmp_path: Path) -> None:
    """A `.env` file in the folder is read, and the real environment wins over it."""
    lines = [f"{name}={value}" for name, value in CLOUD.items()]
    (tmp_path / ".env").write_text("\n".join([*lines, "DATABASE_URL=sqlite:///file.db"]))
    assert bugle("migrate", folder=tmp_path).code == 0
    assert bugle("migrate", folder=tmp_path, DATABASE_URL="sqlite:///real.db").code == 0
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["file.db", "real.db"]


def test_run_tells_every_problem_of_the_config(tmp_path: Path) -> None:
    """`bugle run` does not start with a wrong bugle.toml: it says each problem of it in a line."""
    (tmp_path / "bugle.toml").write_text('[admins]\nchanel = "C0ADMINS"\n')
    said = run("run", folder=tmp_path)
    assert said.code == 1
    assert [line.split(" ")[1] for line in said.err.splitlines()] == [
        "admins.channel", "products", "admins.chanel",
    ]  # fmt: skip


@pytest.fixture
def dead(sqlite_files: SqliteFiles) -> Iterator[str]:
    """Yield the URL of a database with two dead effects, a waiting one and one that is done."""
    with sqlite_files.fresh() as url, closing(Database(url)) as database:
        with database.transaction() as tx:
            new = [Effect(kind, f"{kind}:1", "lane", {}, AT) for kind in ("issue", "card", "ping", "receipt")]
            effects.decide(tx, new, AT)
            for kind, state in (("issue", State.DEAD), ("card", State.DEAD), ("receipt", State.DONE)):
                row = effect_rows.update().where(effect_rows.c.kind == kind)
                tx.execute(row.values(state=state, error="project: is required" if kind == "issue" else None))
        yield url


def states(url: str) -> dict[str, str]:
    """Return the state of each effect by its kind."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return dict(connection.execute("SELECT kind, state FROM effects ORDER BY id"))


def test_effects_lists_them_with_what_went_wrong(dead: str, tmp_path: Path) -> None:
    """`bugle effects list` shows number, state, kind, lane, time and error of each effect."""
    said = run("effects", "list", folder=tmp_path, url=dead)
    assert said.code == 0
    rows = [line.split("\t") for line in said.lines]
    assert ["1", "dead", "issue", "lane", "2026-11-23 09:30:00", "project: is required"] in rows
    assert {row[2]: row[1] for row in rows} == states(dead)


def test_effects_lists_those_in_one_state(dead: str, tmp_path: Path) -> None:
    """`--state` lists only the effects that are in it; a state that does not exist is refused."""
    said = run("effects", "list", "--state", "dead", folder=tmp_path, url=dead)
    assert sorted(line.split("\t")[2] for line in said.lines) == ["card", "issue"]
    refused = run("effects", "list", "--state", "deed", folder=tmp_path, url=dead)
    assert refused.code == 1
    assert refused.err == "--state is 'deed': choose from waiting, running, done, dead, dropped\n"


def test_a_dead_effect_is_tried_again(dead: str, tmp_path: Path) -> None:
    """`bugle effects retry` makes a dead effect due now; one that is not dead stays, with exit code 1."""
    said = run("effects", "retry", "1", "4", folder=tmp_path, url=dead)
    assert (said.code, said.lines) == (
        1,
        ["effect 1 is tried again", "effect 4 is not dead: nothing changed"],
    )
    assert states(dead) == {"issue": "waiting", "card": "dead", "ping": "waiting", "receipt": "done"}
    with closing(Database(dead)) as database, database.reading() as tx:
        again = next(one for one in effects.listed(tx, State.WAITING) if one.id == 1)
    assert abs(datetime.now(UTC) - again.due_at) < timedelta(minutes=1)
    assert again.tries == 0


def test_a_dead_effect_is_given_up(dead: str, tmp_path: Path) -> None:
    """`bugle effects drop` gives dead effects up, by their numbers."""
    said = run("effects", "drop", "1", "2", folder=tmp_path, url=dead)
    assert (said.code, said.lines) == (0, ["effect 1 is given up", "effect 2 is given up"])
    assert states(dead) == {"issue": "dropped", "card": "dropped", "ping": "waiting", "receipt": "done"}


def test_which_effect_must_be_said(dead: str, tmp_path: Path) -> None:
    """Without a number nothing is retried or dropped: the command says how to name one."""
    said = run("effects", "drop", folder=tmp_path, url=dead)
    assert (said.code, said.err) == (1, "number is missing: say which: bugle effects drop 12\n")
    assert states(dead)["issue"] == "dead"


def test_a_list_takes_no_number(dead: str, tmp_path: Path) -> None:
    """`bugle effects list` with a number changes nothing and says how to choose."""
    said = run("effects", "list", "1", folder=tmp_path, url=dead)
    assert (said.code, said.err) == (1, "number is of no use to list: choose with --state\n")
    assert states(dead)["issue"] == "dead"


def test_effects_need_a_database_at_head(tmp_path: Path) -> None:
    """Without a database, and on one without tables, `bugle effects` says to migrate it and makes nothing."""
    said = run("effects", "list", folder=tmp_path)
    assert (said.code, said.err) == (1, "DATABASE_URL has no file bugle.db yet: run `bugle migrate`\n")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "bugle.db").touch()
    said = run("effects", "list", folder=tmp_path)
    assert (said.code, said.err) == (
        1,
        f"DATABASE_URL is at no revision, not at {migrate.head()}: run `bugle migrate`\n",
    )


@pytest.mark.parametrize("command", [("run",), ("migrate",), ("effects", "list")])
def test_a_database_that_cannot_be_used_is_one_line(command: tuple[str, ...], tmp_path: Path) -> None:
    """Where the database does not answer commands say so in one line, without its password."""
    (tmp_path / "bugle.toml").write_text(SANDBOX_TOML.read_text())
    said = run(*command, folder=tmp_path, url="postgresql://bugle:pa55word@127.0.0.1:1/bugle")
    assert said.code == 1
    assert said.err.startswith("DATABASE_URL cannot be used (connection failed")
    assert said.err.count("\n") == 1
    assert "pa55word" not in said.err


def test_help_needs_nothing(tmp_path: Path) -> None:
    """`bugle --help` names every command, in a folder where nothing is set up."""
    said = bugle("--help", folder=tmp_path)
    assert said.code == 0
    for command in ("run", "check", "migrate", "manifest", "effects", "sandbox"):
        assert f"\n    {command} " in said.out
