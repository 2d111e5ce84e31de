import logging
import traceback
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.problems import SetupError
from bot.settings import Secret, Settings, environment, intake_problems, read_settings, usable_settings
from domain.customer_config import HelpDesk, Source

CLOUD = {
    "SLACK_BOT_TOKEN": "xoxb-good",
    "SLACK_APP_TOKEN": "xapp-good",
    "JIRA_URL": "https://harbor.example",
    "JIRA_EMAIL": "bugle@harbor.example",
    "JIRA_API_TOKEN": "jira-good",
}
SERVER = {name: value for name, value in CLOUD.items() if name not in ("JIRA_EMAIL", "JIRA_API_TOKEN")} | {
    "JIRA_PAT": "pat-good"
}
NAMES = [name.upper() for name in Settings.__dataclass_fields__]


def problems(env: dict[str, str]) -> list[str]:
    """Return what `read_settings` says is wrong."""
    with pytest.raises(SetupError) as refused:
        read_settings(env)
    return [str(problem) for problem in refused.value.problems]


def without(*names: str, **others: str) -> dict[str, str]:
    """Return sound settings for Cloud without some, and with others."""
    return {name: value for name, value in CLOUD.items() if name not in names} | others


@pytest.mark.parametrize("env", [CLOUD, SERVER], ids=["cloud", "data center"])
def test_the_few_needed_settings_suffice(env: dict[str, str]) -> None:
    """A bot token, a way for Slack in and a Jira login are all that must be set; the rest has defaults."""
    settings = read_settings(env)
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///bugle.db"
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert settings.bugle_config == Path("bugle.toml")
    assert settings.log_format == "text"
    assert settings.socket_mode


def test_a_signing_secret_alone_means_http() -> None:
    """Without an app token Slack's requests come by HTTP."""
    assert not read_settings(without("SLACK_APP_TOKEN", SLACK_SIGNING_SECRET="s3cret")).socket_mode


@pytest.mark.parametrize(
    ("env", "said"),
    [
        (
            without("SLACK_BOT_TOKEN"),
            (
                "SLACK_BOT_TOKEN is not set: copy the Bot User OAuth Token (xoxb-…) from your Slack app,"
                " OAuth & Permissions"
            ),
        ),
        (
            without(SLACK_BOT_TOKEN="xapp-other"),
            (
                "SLACK_BOT_TOKEN is not a bot token:"
                " it begins with xoxb-; an xapp- token belongs in SLACK_APP_TOKEN"
            ),
        ),
        (
            without("SLACK_APP_TOKEN"),
            (
                "SLACK_APP_TOKEN is not set, nor is SLACK_SIGNING_SECRET: set an app-level token (xapp-…,"
                " scope connections:write) for Socket Mode, or the signing secret for HTTP"
            ),
        ),
        (
            without(SLACK_APP_TOKEN="xoxb-other"),
            (
                "SLACK_APP_TOKEN is not an app-level token:"
                " create one that begins with xapp- in Basic Information, App-Level Tokens"
            ),
        ),
        (
            without("JIRA_URL"),
            "JIRA_URL is not set: give the address of your Jira, https://you.atlassian.net",
        ),
        (
            without("JIRA_EMAIL"),
            (
                "JIRA_EMAIL is not set:"
                " give the e-mail of Bugle's Jira account; with Data Center set JIRA_PAT instead"
            ),
        ),
        (
            without("JIRA_API_TOKEN"),
            (
                "JIRA_API_TOKEN is not set: make one at https://id.atlassian.com, Security, API tokens;"
                " with Data Center set JIRA_PAT instead"
            ),
        ),
        (
            without(JIRA_PAT="pat"),
            (
                "JIRA_PAT is set beside JIRA_EMAIL or JIRA_API_TOKEN:"
                " keep JIRA_PAT for Data Center, or the other two for Cloud"
            ),
        ),
        (
            without(JIRA_URL="harbor.example"),
            "JIRA_URL is not an address: write it whole, beginning with https://",
        ),
        (
            without(SLACK_API_URL="ftp://slack.com"),
            "SLACK_API_URL is not an address: write it whole, beginning with https://",
        ),
        (
            without(PUBLIC_URL="https://[half"),
            "PUBLIC_URL is not an address: write it whole, beginning with https://",
        ),
        (
            without(BUGLE_CLOCK_URL="http://127.0.0.1:99999/clock"),
            "BUGLE_CLOCK_URL is not an address: write it whole, beginning with https://",
        ),
        *(
            (
                without(DATABASE_URL=url),
                (
                    "DATABASE_URL is not a database Bugle knows:"
                    " write sqlite:///bugle.db or postgresql://user:password@host/name"
                ),
            )
            for url in (
                "bugle.db",
                "postgres://u:p@h/d",
                "mysql://h/d",
                "postgresql+asyncpg://h/d",
                "postgresql://u:p@h:port/d",
            )
        ),
        *(
            (without(HTTP_PORT=port), "HTTP_PORT is not a port: give a number from 1 to 65535")
            for port in ("0", "65536", "-1", "http", "²", "9" * 5000)
        ),
        (without(LOG_FORMAT="xml"), "LOG_FORMAT is not a format Bugle knows: set it to text or json"),
        (without(LOG_LEVEL="loud"), "LOG_LEVEL is not a level: set it to DEBUG, INFO, WARNING or ERROR"),
    ],
)
def test_each_missing_or_wrong_setting_is_one_line(env: dict[str, str], said: str) -> None:
    """What is missing or wrong is one line that says where, what and how to mend it."""
    assert problems(env) == [said]


def test_all_problems_are_told_at_once() -> None:
    """Nobody has to start Bugle once for each thing that is wrong."""
    told = problems({"HTTP_PORT": "none", "LOG_FORMAT": "xml"})
    assert [line.split(" ")[0] for line in told] == [
        "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "JIRA_URL", "JIRA_EMAIL", "JIRA_API_TOKEN", "HTTP_PORT",
        "LOG_FORMAT",
    ]  # fmt: skip


def test_blanks_around_values_do_not_count() -> None:
    """Blanks are cut, and a value of blanks alone is not set."""
    settings = read_settings(CLOUD | {"HTTP_PORT": " 9000 ", "PUBLIC_URL": "  ", "LOG_LEVEL": "debug"})
    assert (settings.http_port, settings.public_url) == (9000, "")


def test_the_usable_settings_leave_out_what_is_wrong() -> None:
    """For a look at a half-made set-up, what is wrong is as if not set, and the rest is there."""
    settings, told = usable_settings({"SLACK_BOT_TOKEN": "xoxb-good", "HTTP_PORT": "none"})
    assert settings == Settings(slack_bot_token=Secret("xoxb-good"), jira_url="")
    assert "HTTP_PORT" in {problem.where for problem in told}


@given(
    st.dictionaries(st.sampled_from(NAMES), st.text() | st.sampled_from([*CLOUD.values(), "https://[", "%"]))
)
def test_whatever_is_set_is_read_or_refused(env: dict[str, str]) -> None:
    """No value of any setting ends in anything but settings or a list of problems."""
    settings, told = usable_settings(env)
    if told:
        assert problems(env) == [str(problem) for problem in told]
    else:
        assert read_settings(env) == settings
    settings.secrets()


def test_the_real_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a setting in both places the real one counts; what only the file has counts too."""
    file = tmp_path / ".env"
    file.write_text("LOG_FORMAT=json\nHTTP_HOST=192.0.2.1\nPUBLIC_URL=https://bugle.example\n")
    monkeypatch.setenv("LOG_FORMAT", "text")
    monkeypatch.setenv("PUBLIC_URL", "")
    monkeypatch.delenv("HTTP_HOST", raising=False)
    settings = read_settings(environment(file) | CLOUD)
    assert (settings.log_format, settings.http_host, settings.public_url) == ("text", "192.0.2.1", "")


def test_a_missing_file_is_no_fault(tmp_path: Path) -> None:
    """The `.env` file may be missing: the environment may say it all."""
    assert environment(tmp_path / ".env")["PATH"]


def test_a_file_that_is_no_text_is_told_of(tmp_path: Path) -> None:
    """A `.env` file that is not UTF-8 is one line with its fix."""
    file = tmp_path / ".env"
    file.write_bytes(b"JIRA_EMAIL=\xff\xfe\n")
    with pytest.raises(SetupError) as refused:
        environment(file)
    assert str(refused.value) == f"{file} cannot be read (UnicodeDecodeError): save it as UTF-8 text"


SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-s3cret-1",
    "SLACK_APP_TOKEN": "xapp-s3cret-2",
    "SLACK_SIGNING_SECRET": "s3cret-3",
    "JIRA_API_TOKEN": "s3cret-4",
    "JIRA_WEBHOOK_SECRET": "s3cret-5",
    "DATABASE_URL": "postgresql://bugle:s3cret%2D6@db/bugle",
}


def test_a_repr_shows_no_secret() -> None:
    """Settings printed in a trace or a debugger show no secret, nor the database's password."""
    settings = read_settings(CLOUD | SECRETS)
    assert "s3cret" not in repr(settings)
    assert "s3cret" not in f"{settings!s} {[settings]} {settings!r:>9}"
    assert "bugle@harbor.example" in repr(settings)


def test_secrets_names_every_secret() -> None:
    """Every secret that is set is blotted out of logs; of a database its password."""
    named = read_settings(CLOUD | SECRETS).secrets()
    assert set(named) == {
        "xoxb-s3cret-1",
        "xapp-s3cret-2",
        "s3cret-3",
        "s3cret-4",
        "s3cret-5",
        "s3cret-6",
        "s3cret%2D6",
    }
    assert list(named) == sorted(named, key=len, reverse=True)


def test_every_setting_that_sounds_secret_is_one() -> None:
    """No token, secret or password is kept as plain text."""
    for name, kind in Settings.__annotations__.items():
        if any(word in name for word in ("token", "secret", "pat", "database")) and name != "bugle_config":
            assert kind in (Secret, Mapping[str, Secret]), name


def test_an_error_shows_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    """Problems name settings, never their values, in the message, the trace and the log."""
    env = {name: f"s3cret {SECRETS.get(name, '')}" for name in NAMES}
    try:
        read_settings(env)
    except SetupError as error:
        logging.getLogger("bot").exception("no start")
        shown = "".join(traceback.format_exception(error)) + repr(error) + caplog.text
        assert "HTTP_PORT is not a port" in shown
        assert "s3cret" not in shown
    else:
        pytest.fail("it was taken")


def test_each_intake_has_a_secret_of_its_own_that_never_shows() -> None:
    """INTAKE_SECRET_ and the key names it; one that is missing or short is told with its fix, not shown."""
    zendesk, own = Source("zendesk", HelpDesk.ZENDESK, "shop"), Source("our-desk", HelpDesk.JSON, "shop")
    given = CLOUD | {"INTAKE_SECRET_OUR_DESK": "short-one"}
    settings = read_settings(given)
    assert [str(each).partition(" is ")[0] for each in intake_problems(settings, [zendesk, own])] == [
        "INTAKE_SECRET_ZENDESK",
        "INTAKE_SECRET_OUR_DESK",
    ]
    assert "short-one" in settings.secrets()
    assert "short-one" not in repr(settings) + str(intake_problems(settings, [own]))
    enough = read_settings(given | {"INTAKE_SECRET_OUR_DESK": "x" * 32, "INTAKE_SECRET_ZENDESK": "y" * 32})
    assert intake_problems(enough, [zendesk, own]) == []
