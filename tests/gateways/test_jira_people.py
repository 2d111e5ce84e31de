"""Who people are in Jira, and what Bugle's own account may do there."""

from dataclasses import replace

import pytest

from domain.effects import Never
from gateways.jira import Account, Jira
from sandbox.jira.model import Account as Kept
from sandbox.server import Sandbox
from tests.gateways.stage import Seconds

pytestmark = pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)


def change(sandbox: Sandbox, who: str, **changes: object) -> Kept:
    """Change an account Jira keeps, and return it."""
    kept = sandbox.jira.find_account(who)
    changed: Kept = replace(kept, **changes)
    sandbox.jira.accounts[kept.id] = changed
    return changed


def identity(sandbox: Sandbox, kept: Kept) -> str:
    """Return what Jira wants to hear for an account: Cloud its id, Data Center its name."""
    return str(kept.id if sandbox.jira.cloud else kept.name)


def test_a_person_is_found_by_email(jira: Jira, sandbox: Sandbox) -> None:
    """Somebody with this exact e-mail, in any case of letters, is found."""
    kept = sandbox.jira.find_account("elsa@harbor.example")
    expected = Account(identity(sandbox, kept), "Elsa Lind", "elsa@harbor.example")
    assert jira.account(email="Elsa@Harbor.example") == expected


@pytest.mark.parametrize("email", ["fang@harbor.example", "ben@harbor.example", "els", "olga@lumen.example"])
def test_nobody_is_guessed(jira: Jira, email: str) -> None:
    """A hidden e-mail, somebody without an account, or a part of an e-mail finds nobody."""
    assert jira.account(email=email) is None


def test_an_inactive_account_is_nobody(jira: Jira, sandbox: Sandbox) -> None:
    """Somebody whose account was closed is not found."""
    change(sandbox, "elsa@harbor.example", active=False)
    assert jira.account(email="elsa@harbor.example") is None


def test_two_of_one_email_are_nobody(jira: Jira, sandbox: Sandbox) -> None:
    """Where two accounts have the same e-mail, neither is picked."""
    change(sandbox, "diego@harbor.example", email="elsa@harbor.example")
    assert jira.account(email="elsa@harbor.example") is None


def test_a_longer_email_is_somebody_else(jira: Jira, sandbox: Sandbox) -> None:
    """Jira's search finds prefixes; only the whole e-mail counts."""
    change(sandbox, "diego@harbor.example", email="elsa@harbor.example.org")
    found = jira.account(email="elsa@harbor.example")
    assert found is not None
    assert found.name == "Elsa Lind"


def test_knowledge_of_people_lasts_an_hour(jira: Jira, sandbox: Sandbox, seconds: Seconds) -> None:
    """Whom an e-mail belongs to, or that it is nobody's, is asked again after an hour."""
    assert jira.account(email="ben@harbor.example") is None
    change(sandbox, "diego@harbor.example", email="ben@harbor.example")
    seconds.go(3599)
    assert jira.account(email="ben@harbor.example") is None
    seconds.go(1)
    assert jira.account(email="ben@harbor.example") is not None


def test_bugles_own_account(jira: Jira, sandbox: Sandbox) -> None:
    """Bugle knows its own account."""
    expected = Account(identity(sandbox, sandbox.jira.service), "Bugle", "bugle@harbor.example")
    assert jira.myself() == expected


def test_permissions_are_those_held(jira: Jira, sandbox: Sandbox) -> None:
    """The permissions in a project are those the account has, of those Bugle can use."""
    held = jira.permissions("SHOP")
    needed = {
        "CREATE_ISSUES",
        "EDIT_ISSUES",
        "ASSIGN_ISSUES",
        "ADD_COMMENTS",
        "EDIT_OWN_COMMENTS",
        "DELETE_OWN_COMMENTS",
        "CREATE_ATTACHMENTS",
        "LINK_ISSUES",
    }
    assert needed | {"MODIFY_REPORTER", "BROWSE_PROJECTS", "TRANSITION_ISSUES"} == held
    assert "MODIFY_REPORTER" not in jira.permissions("PAY")
    sandbox.jira.find_project("SHOP").revoked.add("CREATE_ISSUES")
    assert "CREATE_ISSUES" not in jira.permissions("SHOP")


def test_permissions_of_no_project_are_never(jira: Jira) -> None:
    """A project that is not there is Never, not one without permissions."""
    with pytest.raises(Never, match="No project could be found with key 'NOPE'"):
        jira.permissions("NOPE")
