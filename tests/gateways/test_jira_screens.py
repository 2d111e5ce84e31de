"""What the gateway knows of create screens, and how old that may be."""

import pytest

from domain.create_fields import Choice, Field, Kind
from domain.effects import Never, TryAgain
from gateways.jira import Jira
from gateways.jira.fields import fields_from
from sandbox.jira.model import Component
from sandbox.server import Sandbox
from tests.gateways.stage import Seconds, calls

BOTH = pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)
TYPES = "GET issue/createmeta/{project}/issuetypes"
OLD = "GET issue/createmeta"


@BOTH
def test_a_screen_tells_what_can_be_picked(jira: Jira) -> None:
    """A create screen tells components, priorities, versions and the id of the issue type."""
    screen = jira.screen("SHOP", "Bug")
    assert (screen.project, screen.issue_type, screen.issue_type_id) == ("SHOP", "Bug", "10004")
    names = ["Catalogue", "Checkout", "Payment", "Search", "Accounts", "Mobile app"]
    assert [choice.name for choice in screen.components] == names
    assert [choice.name for choice in screen.priorities] == ["Highest", "High", "Medium", "Low", "Lowest"]
    assert [choice.name for choice in screen.versions] == ["2026.8", "2026.9", "2026.10"]
    assert screen.asked == ()


@BOTH
def test_a_screen_tells_what_must_be_asked(jira: Jira) -> None:
    """A required custom field is asked for, with its choices."""
    (region,) = jira.screen("PAY", "Bug").asked
    choices = (Choice("10120", "Europe"), Choice("10121", "Americas"), Choice("10122", "Asia"))
    assert region == Field("customfield_10050", "Affected region", True, Kind.ONE_OF, choices)


@BOTH
def test_a_screen_tells_whom_we_may_set(jira: Jira) -> None:
    """The reporter is on the screen only where the account may set one."""
    shop, pay = jira.screen("SHOP", "Bug"), jira.screen("PAY", "Bug")
    assert [screen.has("reporter") for screen in (shop, pay)] == [True, False]
    assert [screen.has("assignee") for screen in (shop, pay)] == [True, True]


@BOTH
def test_a_screen_without_a_field_offers_none(jira: Jira, sandbox: Sandbox) -> None:
    """Where the screen has no components and versions there are none to pick."""
    sandbox.jira.find_project("SHOP").create_screen[:] = ["summary", "labels"]
    screen = jira.screen("SHOP", "Bug")
    assert (screen.components, screen.versions, screen.priorities) == ((), (), ())


@BOTH
def test_a_screen_of_many_pages_is_read_whole(jira: Jira, sandbox: Sandbox) -> None:
    """Every component of a large project is offered."""
    project = sandbox.jira.find_project("SHOP")
    project.components = [Component(str(number), f"Part {number}") for number in range(300)]
    assert len(jira.screen("SHOP", "Bug").components) == 300


@BOTH
def test_what_is_not_there_is_named(jira: Jira) -> None:
    """A project or an issue type that is not there is Never; the reason says which, and what there is."""
    with pytest.raises(Never, match="No project could be found with key 'NOPE'"):
        jira.screen("NOPE", "Bug")
    with pytest.raises(Never, match="project SHOP has no issue type Incident; it has Bug, Task"):
        jira.screen("SHOP", "Incident")


@BOTH
def test_a_project_we_may_not_create_in_is_never(jira: Jira, sandbox: Sandbox) -> None:
    """A project in which the account may not create issues is Never, not an empty screen."""
    sandbox.jira.find_project("SHOP").revoked.add("CREATE_ISSUES")
    with pytest.raises(Never, match="answered 404"):
        jira.screen("SHOP", "Bug")


def test_the_old_address_is_used_where_the_new_one_is_missing(jira: Jira, sandbox: Sandbox) -> None:
    """A Jira from before the new addresses tells the same screen by the old one."""
    new = jira.screen("PAY", "Bug")
    sandbox.core.troubles.add(service="jira", method=TYPES, kind="error", status=404)
    assert jira.screen("PAY", "Bug", fresh=True) == new
    assert len(calls(sandbox, OLD)) == 1
    with pytest.raises(Never, match="project PAY has no issue type Incident"):
        jira.screen("PAY", "Incident")


@BOTH
def test_knowledge_of_a_screen_lasts_a_quarter_of_an_hour(
    jira: Jira, sandbox: Sandbox, seconds: Seconds
) -> None:
    """A screen is asked for again after 15 min, or when asked fresh."""
    jira.screen("SHOP", "Bug")
    sandbox.jira.find_project("SHOP").components.append(Component("1", "Gift cards"))
    seconds.go(15 * 60 - 1)
    assert len(jira.screen("SHOP", "Bug").components) == 6
    seconds.go(1)
    assert len(jira.screen("SHOP", "Bug").components) == 7
    sandbox.jira.find_project("SHOP").components.pop()
    assert len(jira.screen("SHOP", "Bug", fresh=True).components) == 6


@BOTH
@pytest.mark.parametrize("kind", ["down", "error", "rate_limit", "auth"])
def test_an_old_screen_is_better_than_none(jira: Jira, sandbox: Sandbox, seconds: Seconds, kind: str) -> None:
    """While Jira does not answer, or not us, the form goes on with what was last known."""
    known = jira.screen("SHOP", "Bug")
    sandbox.core.troubles.add(service="jira", method="*", kind=kind)
    seconds.go(24 * 3600)
    assert jira.screen("SHOP", "Bug") == known


def test_no_screen_at_all_is_told(jira: Jira, sandbox: Sandbox) -> None:
    """Where nothing is known and Jira is down, that is TryAgain; asked fresh, old knowledge will not do."""
    sandbox.core.troubles.add(service="jira", method="*", kind="down", times=1)
    with pytest.raises(TryAgain):
        jira.screen("SHOP", "Bug")
    jira.screen("SHOP", "Bug")
    sandbox.core.troubles.add(service="jira", method="*", kind="down")
    with pytest.raises(TryAgain):
        jira.screen("SHOP", "Bug", fresh=True)


TYPE = "com.atlassian.jira.plugin.system.customfieldtypes:"
REGIONS = [{"id": "1", "value": "Europe"}, {"id": "2", "value": "Asia"}]
TREE = [{"id": "1", "value": "Europe", "children": [{"id": "11", "value": "Spain"}]}, REGIONS[1]]


@pytest.mark.parametrize(
    ("schema", "allowed", "kind", "answers", "value"),
    [
        ({"type": "option", "custom": f"{TYPE}select"}, REGIONS, Kind.ONE_OF, ("2",), {"id": "2"}),
        (
            {"type": "array", "items": "option", "custom": f"{TYPE}multicheckboxes"}, REGIONS, Kind.CHECKS,
            ("1", "2"), [{"id": "1"}, {"id": "2"}],
        ),
        (
            {"type": "array", "items": "option", "custom": f"{TYPE}multiselect"}, REGIONS, Kind.SOME_OF,
            ("1",), [{"id": "1"}],
        ),
        ({"type": "option", "custom": f"{TYPE}radiobuttons"}, REGIONS, Kind.RADIO, ("1",), {"id": "1"}),
        (
            {"type": "option-with-child", "custom": f"{TYPE}cascadingselect"}, TREE, Kind.CASCADE,
            ("1", "11"), {"id": "1", "child": {"id": "11"}},
        ),
        (
            {"type": "option-with-child", "custom": f"{TYPE}cascadingselect"}, TREE, Kind.CASCADE,
            ("2",), {"id": "2"},
        ),
        ({"type": "array", "items": "string", "system": "labels"}, None, Kind.LABELS, ("a", "b"), ["a", "b"]),
        ({"type": "number", "custom": f"{TYPE}float"}, None, Kind.NUMBER, ("2.5",), 2.5),
        ({"type": "date", "system": "duedate"}, None, Kind.DATE, ("2026-11-23",), "2026-11-23"),
        ({"type": "datetime", "custom": f"{TYPE}datetime"}, None, Kind.MOMENT,
         ("2026-11-23T10:15:00+01:00",), "2026-11-23T09:15:00.000+0000"),
        ({"type": "string", "custom": f"{TYPE}textfield"}, None, Kind.LINE, ("One",), "One"),
        ({"type": "string", "custom": f"{TYPE}textarea"}, None, Kind.TEXT, ("A\nB",), "A\nB"),
        ({"type": "string", "custom": f"{TYPE}url"}, None, Kind.URL, ("https://a",), "https://a"),
        ({"type": "string", "system": "environment"}, None, Kind.TEXT, ("Chrome",), "Chrome"),
    ],
)  # fmt: skip
def test_fields_are_told_by_their_sort(
    schema: dict[str, str],
    allowed: list[dict[str, str]] | None,
    kind: Kind,
    answers: tuple[str, ...],
    value: object,
) -> None:
    """Each sort of field is known by its schema, and turns an answer into the JSON Jira wants."""
    raw = {"fieldId": "f", "name": "F", "required": True, "schema": schema}
    (field,) = fields_from([raw | ({"allowedValues": allowed} if allowed else {})])
    assert (field.kind, field.required, field.value(*answers)) == (kind, True, value)


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "user", "custom": f"{TYPE}userpicker"}, Kind.USER),
        ({"type": "array", "items": "user", "custom": f"{TYPE}multiuserpicker"}, Kind.USERS),
        ({"type": "array", "items": "issuelinks"}, Kind.OTHER),
        ({"type": "any"}, Kind.OTHER),
    ],
)
def test_fields_nobody_can_fill_from_here(schema: dict[str, str], kind: Kind) -> None:
    """A field of people, or of another sort, says so: it cannot be given a value without knowing more."""
    (field,) = fields_from([{"key": "f", "name": "Odd", "schema": schema}])
    assert (field.kind, field.required) == (kind, False)
    with pytest.raises(ValueError, match="The field Odd cannot be filled from here"):
        field.value("x")


def test_a_field_with_a_default_need_not_be_asked() -> None:
    """A required field with a default value is not required of us."""
    raw = {"key": "priority", "name": "Priority", "required": True, "hasDefaultValue": True}
    assert not fields_from([raw])[0].required
