"""What `bugle check` finds in Jira: its login, permissions, projects, fields and accounts."""

import pytest

from storage import migrate
from tests.bot.stage import SetUp

HEAD = migrate.head()


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
