import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.logs import Redacting, set_up_logs, without_secrets
from bot.settings import read_settings
from storage.database import Database
from tests.bot.stage import bugle
from tests.bot.test_settings import CLOUD

PASSWORD = 'pä"ss\\w/ord'
URL = "postgresql://bugle:p%C3%A4%22ss%5Cw%2Ford@127.0.0.1:1/bugle"


@pytest.fixture(autouse=True)
def _logging_stays_as_it_was() -> Iterator[None]:
    """Leave the root logger as it was."""
    logger = logging.getLogger()
    handlers, level = logger.handlers[:], logger.level
    yield
    logger.handlers[:], logger.level = handlers, level


def test_json_logs_are_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """LOG_FORMAT=json makes each event, with its trace, one line of JSON that tells when in UTC."""
    set_up_logs(read_settings(CLOUD | {"LOG_FORMAT": "json"}))
    log = logging.getLogger("bot.tests")
    log.info("a report\nfrom %s", "Ana")
    try:
        int("over\ntwo lines")
    except ValueError:
        log.exception("failed")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["level"], first["logger"], first["message"]) == ("info", "bot.tests", "a report\nfrom Ana")
    assert abs(datetime.now(UTC) - datetime.fromisoformat(first["at"])) < timedelta(minutes=1)
    assert second["message"] == "failed"
    assert second["trace"].endswith(r"'over\ntwo lines'")


def test_the_level_is_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    """What is below LOG_LEVEL is not written."""
    set_up_logs(read_settings(CLOUD | {"LOG_LEVEL": "warning"}))
    logging.getLogger("bot.tests").info("small talk")
    logging.getLogger("bot.tests").warning("look here")
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_is_logged(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Tokens and the database's password are blotted out of messages and traces, however they are escaped."""
    settings = read_settings(CLOUD | {"LOG_FORMAT": form, "DATABASE_URL": URL})
    set_up_logs(settings)
    log = logging.getLogger("bot.tests")
    try:
        {}[f"cannot connect to {settings.database_url} as {PASSWORD!r} ({PASSWORD})"]
    except KeyError:
        log.exception("with %s and %r", settings.slack_bot_token, {"token": str(settings.jira_api_token)})
    said = capsys.readouterr().err
    assert said.count("[secret]") >= 5
    for part in ("xoxb-good", "jira-good", "ss\\w", "%22ss", "ss%5C", 'pä"', 'pä\\"'):
        assert part not in said


def test_a_trace_of_the_database_shows_no_password() -> None:
    """What the database's driver raises, with all its causes, is logged without the password."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    settings = read_settings(CLOUD | {"DATABASE_URL": "postgresql://bugle:pa55word@127.0.0.1:1/bugle"})
    handler.setFormatter(Redacting(logging.Formatter(), settings.secrets()))
    logger = logging.getLogger("tests.alone")
    logger.addHandler(handler)
    logger.propagate = False
    database = Database(settings.database_url)
    try:
        with database.reading():
            pytest.fail("nobody listens there")
    except Exception as error:
        error.add_note(f"the address was {settings.database_url}")
        logger.exception("no database at %s", database.url)
    said = stream.getvalue()
    assert "OperationalError" in said
    assert "pa55word" not in said
    assert "postgresql://bugle:[secret]@127.0.0.1:1/bugle" in said


def test_nothing_is_blotted_without_secrets() -> None:
    """A text in which no secret occurs stays as it is."""
    assert without_secrets("as it is", ("xoxb-good",)) == "as it is"
    assert without_secrets("as it is", ()) == "as it is"


def test_a_start_that_fails_shows_no_secret(tmp_path: Path) -> None:
    """`bugle run` with a database that is not there ends with a log that holds no secret."""
    (tmp_path / "bugle.toml").write_text('[admins]\nchannel = "C0"\n')
    said = bugle("run", folder=tmp_path, **(CLOUD | {"DATABASE_URL": URL}))
    assert said.code == 1
    assert "C0" in said.err
    assert "good" not in said.out + said.err
