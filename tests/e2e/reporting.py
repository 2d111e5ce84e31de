"""Filing a report as a support rep does, and reading what came of it."""

from typing import Any

from tests.harness.forms import Form
from tests.harness.results import Result
from tests.harness.waiting import eventually
from tests.harness.world import World

HAPPENED = """Steps to reproduce:
1. Put two items into the basket
2. Pay by card

Expected result:
The card is charged once

Actual result:
{actual}
"""


def filled(form: Form, actual: str, *, product: str = "Shop", area: str | None = "Payment") -> Form:
    """Return the form with everything filled in."""
    form.choose("Product", product)
    if area:
        form.expect_field("Area")
        form.choose("Area", area)
    form.choose("Impact", "Blocks their work")
    form.choose("Workaround", "None known")
    form.fill("What happened", HAPPENED.format(actual=actual))
    return form


def report(world: World, actual: str, *, by: str = "U0ANA") -> Result:
    """File a report through /bug and return what the rep saw."""
    form = world.person(by).types("/bug", channel="C0SUPPORT")
    return filled(form, actual, area=None).submit()


def issues(world: World) -> list[dict[str, Any]]:
    """Return all issues in Jira that Bugle made."""
    found: list[dict[str, Any]] = world.get("/jira/issues")["issues"]
    return [issue for issue in found if any("bugle-" in label for label in issue["fields"]["labels"])]


def expect_issue(world: World, summary: str, within: float = 20.0) -> dict[str, Any]:
    """Wait for the one issue whose summary holds this and return it."""
    return eventually(
        lambda: next((each for each in issues(world) if summary in each["fields"]["summary"]), None),
        what=f"an issue about {summary!r}",
        within=within,
    )
