"""Moving an issue through its workflow, its priority, links between issues, and searching for people."""

import pytest

from domain.effects import Never, TryAgain
from domain.steps import Category, Resolution, way_to
from gateways.jira import Jira, NewIssue
from sandbox.jira.model import Issue as Kept
from sandbox.jira.seed import DONE, IN_PROGRESS
from sandbox.server import Sandbox

pytestmark = pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)


@pytest.fixture
def kept(jira: Jira, sandbox: Sandbox) -> Kept:
    """Return an issue as Jira keeps it: SHOP-1."""
    jira.create_issue(NewIssue("SHOP", "Bug", "Charged twice", "So it is"), label="bugle-1", doubt=None)
    (made,) = sandbox.jira.issues.values()
    return made


def test_steps_tell_where_they_lead_and_what_they_ask(jira: Jira, kept: Kept) -> None:
    """A step tells the category it leads to, what its screen requires, and the resolutions there."""
    kept.project.closing |= {"fixVersions"}
    start, done = jira.steps("SHOP-1")
    assert (start.name, start.to, start.asks, start.resolutions) == (
        "Start progress",
        Category.INDETERMINATE,
        (),
        (),
    )
    assert (done.to, done.asks, done.needs_resolution) == (Category.DONE, ("Fix versions",), False)
    assert Resolution("10002", "Duplicate") in done.resolutions
    kept.project.closing |= {"resolution"}
    assert jira.steps("SHOP-1")[1].needs_resolution


def test_an_issue_is_closed_with_a_resolution(jira: Jira, kept: Kept) -> None:
    """The step found by where it leads is taken, with the resolution found by its name."""
    way = way_to(jira.steps("SHOP-1"), [Category.DONE], ["duplicate"])
    assert way is not None
    assert way.resolution is not None
    jira.transition("SHOP-1", way.step.id, resolution=way.resolution.id)
    assert (kept.status, kept.resolution and kept.resolution.name) == (DONE, "Duplicate")


@pytest.mark.usefixtures("kept")
def test_a_step_that_somebody_else_took_is_tried_again(jira: Jira, kept: Kept) -> None:
    """Where the issue was moved since its steps were read, the outcome is to read them again."""
    start = jira.steps("SHOP-1")[0]
    kept.status = IN_PROGRESS
    with pytest.raises(TryAgain, match="somebody moved the issue meanwhile"):
        jira.transition("SHOP-1", start.id)
    assert kept.status == IN_PROGRESS


def test_a_step_with_fields_left_out_is_never(jira: Jira, kept: Kept) -> None:
    """A step whose screen requires something more is refused by the field's name."""
    kept.project.closing |= {"fixVersions"}
    done = jira.steps("SHOP-1")[1]
    with pytest.raises(Never, match="Fix versions is required"):
        jira.transition("SHOP-1", done.id)


def test_a_step_needs_the_permission(jira: Jira, kept: Kept) -> None:
    """Without the permission to transition there are no steps, and taking one names the permission."""
    done = jira.steps("SHOP-1")[1]
    kept.project.revoked.add("TRANSITION_ISSUES")
    assert jira.steps("SHOP-1") == ()
    with pytest.raises(Never, match="TRANSITION_ISSUES"):
        jira.transition("SHOP-1", done.id)


def test_a_priority_is_set_where_the_screen_has_it(jira: Jira, kept: Kept) -> None:
    """A priority is set by its name; a screen without it is told, a wrong name too."""
    assert jira.set_priority("SHOP-1", "Highest")
    assert jira.issue("SHOP-1").priority == "Highest"
    kept.project.edit_screen.remove("priority")
    assert not jira.set_priority("SHOP-1", "Low")
    kept.project.revoked.add("EDIT_ISSUES")
    with pytest.raises(Never, match="EDIT_ISSUES"):
        jira.set_priority("SHOP-1", "Low")


@pytest.mark.usefixtures("kept")
def test_a_duplicate_is_linked_once(jira: Jira, sandbox: Sandbox) -> None:
    """The issue duplicates the original, read from its own side, and linking again changes nothing."""
    jira.create_issue(NewIssue("SHOP", "Bug", "Charged", "The first"), label="bugle-2", doubt=None)
    jira.link_duplicate("SHOP-1", "SHOP-2")
    jira.link_duplicate("SHOP-1", "SHOP-2")
    (link,) = sandbox.jira.links
    one, two = (sandbox.jira.find_issue(key) for key in ("SHOP-1", "SHOP-2"))
    assert one
    assert two
    assert (link.type.name, link.inward, link.outward) == ("Duplicate", one.id, two.id)
    with pytest.raises(Never, match="404"):
        jira.link_duplicate("SHOP-1", "SHOP-404")


def test_people_are_found_by_the_beginning_of_a_name(jira: Jira) -> None:
    """A part of a name or a visible e-mail finds people; hidden addresses and nobody else."""
    assert [one.name for one in jira.people("Fang")] == ["Fang Wei-Lun 方威倫"]
    assert [one.name for one in jira.people("elsa@harbor")] == ["Elsa Lind"]
    assert jira.people("nobody") == ()


@pytest.mark.usefixtures("kept")
def test_a_moved_issue_is_told_by_its_new_key(jira: Jira, sandbox: Sandbox) -> None:
    """Asked for by the key it had, an issue tells the one it has; what is done by the old key arrives."""
    issue = sandbox.jira.find_issue("SHOP-1")
    assert issue
    issue.former_keys.append("SHOP-1")
    issue.key = "PAY-7"
    assert jira.issue("SHOP-1").key == "PAY-7"
    jira.comment("SHOP-1", "by its old name", marker="m", doubt=None)
    assert len(issue.comments) == 1
