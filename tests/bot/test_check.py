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


def test_a_missing_scope_is_named(setup: SetUp) -> None:
    """A scope of the manifest that Slack has not granted is named with where to add it."""
    setup.world.set_app(scopes=[scope for scope in scopes() if scope != "chat:write"])
    said = setup.check()
    assert said.code == 1
    assert said.problems == [
        (
            "Slack has not granted the scope chat:write: add it in your Slack app, OAuth & Permissions,"
            " Bot Token Scopes, and reinstall the app"
        )
    ]


def test_what_a_missing_scope_hides_is_no_fault_of_its_own(setup: SetUp) -> None:
    """Channels that cannot be looked at for want of a scope are told of, once as a fault: the scope's."""
    setup.world.set_app(scopes=[scope for scope in scopes() if scope != "channels:read"])
    said = setup.check()
    assert len(said.problems) == 1
    assert "has not granted the scope channels:read" in said.problems[0]
    assert any(line.startswith("note bugle.toml: products[0].channel: is not checked") for line in said.lines)


def test_a_superfluous_scope_is_a_note(setup: SetUp) -> None:
    """More scopes than the manifest asks for are told of, and are no fault."""
    setup.world.set_app(scopes=[*scopes(), "pins:write"])
    said = setup.check()
    assert said.code == 0
    assert "note Slack: has granted more than Bugle needs: pins:write" in said.lines


def test_a_channel_without_bugle_is_named(setup: SetUp) -> None:
    """A product's channel that Bugle is not in is named with the command that invites it."""
    setup.world.set_channel("C0PAYBUGS", leave="app")
    said = setup.check()
    assert said.code == 1
    assert said.problems == [
        (
            "bugle.toml: products[1].channel is #pay-bugs, and Bugle is not in it:"
            " type /invite @bugle in #pay-bugs"
        )
    ]


def test_a_channel_that_does_not_exist_is_named(setup: SetUp) -> None:
    """A channel that Slack does not know is named with its place in bugle.toml."""
    setup.rewrite('"C0SHOPBUGS"', '"C0NOWHERE"')
    said = setup.check()
    assert said.code == 1
    assert said.problems == [
        (
            "bugle.toml: products[0].channel is C0NOWHERE, which does not exist, or is private and Bugle is"
            " not in it: correct the ID, or type /invite @bugle in the private channel"
        )
    ]


def test_channels_nobody_or_too_many_can_read_are_named(setup: SetUp) -> None:
    """No channel may be archived, and only a support channel may be shared with another company."""
    setup.world.set_channel("C0PAYBUGS", archived=True)
    setup.world.set_channel("C0SHOPBUGS", share="T0LUMEN")
    setup.world.set_channel("C0SUPPORT", share="T0LUMEN")
    assert setup.check().problems == [
        (
            "bugle.toml: products[0].channel is #shop-bugs, which is shared with another company:"
            " name a channel that only your own people read: Bugle tells of customers there"
        ),
        (
            "bugle.toml: products[1].channel is #pay-bugs, which is archived:"
            " unarchive it in Slack, or name another channel"
        ),
    ]


def test_members_who_cannot_be_on_duty_are_named(setup: SetUp) -> None:
    """Who is unknown, deactivated, a bot or of another company cannot be a member of a rotation."""
    setup.world.set_person("U0ELSA", deactivated=True)
    setup.rewrite('["U0GRACE", "U0FANG"]', '["U0GRACE", "U0NOBODY", "U0BUGLE", "U0XOLGA"]')
    out = "take them out, or name somebody else"
    assert setup.check().problems == [
        f"bugle.toml: rotations[0].members has U0ELSA (Elsa Lind), whose Slack account is deactivated: {out}",
        (
            "bugle.toml: rotations[1].members has U0NOBODY, whom Slack does not know:"
            " correct the member ID (Slack: profile, ⋮, Copy member ID)"
        ),
        f"bugle.toml: rotations[1].members has U0BUGLE (Bugle), which is a bot: {out}",
        f"bugle.toml: rotations[1].members has U0XOLGA (Olga Petrov), who belongs to another company: {out}",
    ]


def test_those_who_triage_are_looked_up(setup: SetUp) -> None:
    """People and user groups that may triage must be there; groups need a scope that others do not."""
    setup.rewrite(
        'channel = "C0SHOPBUGS"', 'channel = "C0SHOPBUGS"\ntriage = ["S0ONDUTY", "S0GONE", "U0GONE"]'
    )
    lacks = "Slack has not granted the scope usergroups:read"
    assert any(line.startswith(lacks) for line in setup.check().problems)
    setup.world.set_app(scopes=[*scopes(), "usergroups:read"])
    said = setup.check()
    assert "ok bugle.toml: products[0].triage has the user group S0ONDUTY, people in it: 1" in said.lines
    assert said.problems == [
        (
            "bugle.toml: products[0].triage has U0GONE, whom Slack does not know:"
            " correct the member ID (Slack: profile, ⋮, Copy member ID)"
        ),
        (
            "bugle.toml: products[0].triage has S0GONE, which is no user group in use: correct the ID (Slack:"
            " People, User groups, ⋮, Copy group ID), or enable the group"
        ),
    ]


def test_a_wrong_bot_token_is_named_and_not_shown(setup: SetUp) -> None:
    """A bot token that Slack refuses is one fault, is not printed, and keeps nothing else unchecked."""
    said = setup.check(SLACK_BOT_TOKEN="xoxb-of-last-year")
    assert said.code == 1
    assert said.problems == [
        (
            "SLACK_BOT_TOKEN is not accepted (auth.test: Slack refuses the bot token (invalid_auth)):"
            " copy the Bot User OAuth Token from your Slack app, OAuth & Permissions, as it is now"
        )
    ]
    assert "of-last-year" not in said.out + said.err
    assert "ok Jira: Bugle may create issues in SHOP" in said.lines


def test_a_wrong_app_token_is_named_and_not_shown(setup: SetUp) -> None:
    """An app-level token that Slack refuses is one fault, and the bot token is checked all the same."""
    said = setup.check(SLACK_APP_TOKEN="xapp-of-last-year")
    assert said.code == 1
    assert said.problems == [
        (
            "SLACK_APP_TOKEN is refused by Slack (invalid_auth):"
            " create one with the scope connections:write in your Slack app,"
            " Basic Information, App-Level Tokens"
        )
    ]
    assert "of-last-year" not in said.out + said.err
    assert "ok Slack: has granted every scope that Bugle needs" in said.lines


def test_socket_mode_that_is_off_is_named(setup: SetUp) -> None:
    """An app token is of no use while Socket Mode is off in the Slack app."""
    setup.world.set_app(delivery="http")
    assert setup.check().problems == ["Slack has Socket Mode off: turn it on in your Slack app, Socket Mode"]


@pytest.mark.parametrize(
    ("sandbox", "setting", "fix"),
    [
        (
            "cloud",
            "JIRA_API_TOKEN",
            "make a new API token at https://id.atlassian.com as the account of JIRA_EMAIL, and set it",
        ),
        (
            "server",
            "JIRA_PAT",
            "make a new personal access token in the profile of Bugle's Jira account, and set it",
        ),
    ],
    indirect=["sandbox"],
)
def test_a_wrong_jira_token_is_named_and_not_shown(setup: SetUp, setting: str, fix: str) -> None:
    """A login that Jira refuses is one fault, is not printed, and does not keep Slack from being checked."""
    said = setup.check(**{setting: "of-last-year"})
    assert said.code == 1
    assert said.problems == [f"{setting} is not accepted (Jira answered 401; it refuses our login): {fix}"]
    assert "of-last-year" not in said.out + said.err
    assert "ok bugle.toml: products[1].channel is #pay-bugs, and Bugle is in it" in said.lines


def test_a_jira_that_cannot_be_reached_is_named(setup: SetUp) -> None:
    """A Jira that is down is one fault, and everything else is checked."""
    setup.world.trouble("jira", "down")
    said = setup.check()
    assert said.code == 1
    assert len(said.problems) == 1
    assert said.problems[0].startswith("JIRA_URL does not answer as Jira (")
    assert f"ok DATABASE_URL: the database is at {HEAD}" in said.lines


def test_a_slack_that_cannot_be_reached_is_named(setup: SetUp) -> None:
    """A Slack that is down is told of, and everything else is checked."""
    setup.world.trouble("slack", "down")
    said = setup.check()
    assert said.code == 1
    assert [line.split(" ")[0] for line in said.problems] == ["SLACK_APP_TOKEN", "SLACK_API_URL"]
    assert "ok Jira: Bugle may create issues in SHOP" in said.lines


def test_a_project_without_create_permission_is_named(setup: SetUp) -> None:
    """A project in which Bugle may not create issues is named with the permission and who grants it."""
    setup.jira("PAY", revoke=["CREATE_ISSUES"])
    said = setup.check()
    assert said.code == 1
    assert said.problems == [
        (
            "bugle.toml: products[1].project is PAY, where Bugle may not create issues (CREATE_ISSUES):"
            " give it the permission Create Issues in PAY's permission scheme in Jira"
        )
    ]


def test_permissions_bugle_can_do_without_are_notes(setup: SetUp) -> None:
    """What Bugle does without a lesser permission is said, and is no fault."""
    setup.jira("SHOP", revoke=["MODIFY_REPORTER", "ASSIGN_ISSUES", "ADD_COMMENTS"])
    said = setup.check()
    assert said.code == 0
    for permission in ("MODIFY_REPORTER", "ASSIGN_ISSUES", "ADD_COMMENTS"):
        assert any(line.startswith(f"note Jira: without {permission} in SHOP ") for line in said.lines)


def test_a_project_or_issue_type_that_does_not_exist_is_named(setup: SetUp) -> None:
    """A project that Jira does not show to Bugle is named, and of an issue type those that there are."""
    setup.rewrite('project = "SHOP"', 'project = "SHIP"')
    setup.rewrite('project = "PAY"', 'project = "PAY"\nissue_type = "Defect"')
    assert setup.check().problems == [
        (
            "bugle.toml: products[0].project is SHIP, which does not exist or which Bugle may not see:"
            " correct the key, or give Bugle the permission Browse Projects there"
        ),
        (
            "bugle.toml: products[1].issue_type cannot be used (project PAY has no issue type Defect;"
            " it has Bug, Task): name one of those that it has"
        ),
    ]


@pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)
def test_a_required_field_that_no_form_can_ask_is_named(setup: SetUp) -> None:
    """Required fields that Slack has no input for are named, with a line that fills them."""
    setup.jira("SHOP", require=["duedate", "customfield_10050", "issuelinks"])
    assert setup.check().problems == [
        (
            "bugle.toml: products[0].fields do not fill Linked Issues (issuelinks), which SHOP requires and"
            ' no form can ask: add issuelinks = "…" to [products.fields]'
        )
    ]


def test_a_field_that_is_not_on_the_screen_is_named(setup: SetUp) -> None:
    """A field of bugle.toml that Jira would refuse, or that no form can ask for, is named."""
    setup.rewrite('name = "Pay"', 'name = "Pay"\nform = ["customfield_10051", "area"]')
    setup.rewrite(
        '[[rotations]]\nkey = "shop-bugs"',
        '[products.fields]\ncustomfield_10052 = 3\n[[rotations]]\nkey = "shop-bugs"',
    )
    screen = "is not on the screen on which PAY makes a Bug: take it out, or add it to that screen"
    assert setup.check().problems == [
        f"bugle.toml: products[1].form names customfield_10051, which {screen}",
        f"bugle.toml: products[1].fields.customfield_10052 {screen}",
    ]


def test_a_priority_that_jira_does_not_have_is_named(setup: SetUp) -> None:
    """A severity whose priority a project does not have is named with those that it has."""
    setup.add('[[severities]]\nkey = "all"\nname = "All"\npriority = "Urgent"')
    assert setup.check().problems == [
        f"bugle.toml: severities[0].priority give All the priority 'Urgent', which {project} does not have:"
        " choose from Highest, High, Medium, Low, Lowest"
        for project in ("SHOP", "PAY")
    ]


@pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)
def test_a_jira_account_that_does_not_exist_is_named(setup: SetUp) -> None:
    """Accounts in [people] are looked up in Jira, and their people in Slack."""
    elsa = setup.sandbox.jira.find_account("elsa@harbor.example")
    assert elsa is not None
    known = elsa.id if setup.sandbox.jira.cloud else elsa.name
    setup.add(f'[people]\nU0ELSA = "{known}"\nU0FANG = "nobody"\nU0NOBODY = "{known}"')
    said = setup.check()
    assert said.problems == [
        (
            "bugle.toml: people.U0NOBODY has U0NOBODY, whom Slack does not know:"
            " correct the member ID (Slack: profile, ⋮, Copy member ID)"
        ),
        (
            "bugle.toml: people.U0FANG is 'nobody', which is no Jira account:"
            " give the account ID from the address of their Jira profile (Data Center: their user name)"
        ),
    ]
    assert "ok bugle.toml: people.U0ELSA: Elsa Lind in Jira" in said.lines


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
