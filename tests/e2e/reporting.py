"""Filing a report as a support rep does, and reading what came of it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from bot.config import read_config
from tests.e2e.bot_process import ROOT
from tests.harness.cards import Card
from tests.harness.forms import Form
from tests.harness.results import Result
from tests.harness.waiting import eventually
from tests.harness.world import World

CARDS = "C0SHOPBUGS"
SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvz" for vowel in "aeiou"]
CONFIG: Path = ROOT / "bot" / "sandbox.toml"
HAPPENED = """Steps to reproduce:
1. Put two items into the basket
2. Pay by card

Expected result:
The card is charged once

Actual result:
{actual}
"""


def open_form(world: World, *, by: str = "U0ANA") -> Form:
    """Open the form from the support channel, where the product is chosen already."""
    return world.person(by).types("/bug", channel="C0SUPPORT")


def form_with(world: World, label: str, *, by: str = "U0ANA") -> Form:
    """Open a form for the shop that shows a field, as soon as Bugle knows of it."""

    def look() -> Form | None:
        form = open_form(world, by=by)
        if label in form.labels:
            return form
        form.close()
        return None

    world.advance(600)
    return eventually(look, what=f"a form with {label}")


def filled(form: Form, actual: str, *, area: str | None = None) -> Form:
    """Return the form with everything filled in."""
    if area:
        # A bot that has just started for the first time is still copying them from Jira.
        eventually(lambda: area in form.options("Area"), what=f"the area {area}")
        form.choose("Area", area)
    form.choose("Impact", "Blocks their work")
    form.choose("Workaround", "None known")
    form.fill("What happened", happened(actual))
    return form


@cache
def vocabulary() -> list[str]:
    """Return the words people use here."""
    chance = Random(1)  # noqa: S311 - not for secrets
    return ["".join(chance.choices(SYLLABLES, k=4)) for _ in range(6000)]


def happened(actual: str) -> str:
    """Return what somebody types as what happened: common words, put together like nothing else."""
    chance = Random(actual)  # noqa: S311 - not for secrets
    words = [" ".join(chance.sample(vocabulary(), k=8)) for _ in range(6)]
    steps = "\n".join(f"{number}. {each}" for number, each in enumerate(words[:4], 1))
    expected, more = words[4:]
    return (
        f"Steps to reproduce:\n{steps}\n\nExpected result:\n{expected}\n\nActual result:\n{actual}\n{more}\n"
    )


def report(world: World, actual: str, *, by: str = "U0ANA") -> Result:
    """File a report through /bug and return what the rep saw."""
    return filled(open_form(world, by=by), actual).submit()


def engineer(world: World) -> str:
    """Return who is on duty for the shop by the sandbox's clock."""
    rotation = read_config(CONFIG).rotations[0].rotation
    holder = rotation.holder(datetime.fromisoformat(world.get("/clock")["now"]))
    assert holder is not None
    return holder


def issues(world: World) -> list[dict[str, Any]]:
    """Return all issues in Jira that Bugle made."""
    found: list[dict[str, Any]] = world.get("/jira/issues")["issues"]
    return [issue for issue in found if any("bugle-" in label for label in issue["fields"]["labels"])]


def expect_issue(world: World, summary: str, *, within: float = 20.0) -> dict[str, Any]:
    """Wait for the one issue whose summary holds this and return it."""
    return eventually(
        lambda: next((each for each in issues(world) if summary in each["fields"]["summary"]), None),
        what=f"an issue about {summary!r}",
        within=within,
    )


def expect_card(world: World, actual: str, *, within: float = 20.0) -> Card:
    """Wait for the card about this."""
    return world.channel(CARDS).expect_message(actual, within=within)


def expect_under_way(world: World) -> None:
    """Wait until every call that a trouble was asked for has reached Slack or Jira."""
    eventually(lambda: not world.get("/troubles")["troubles"], what="the calls to be under way")


def in_order(world: World, said: Sequence[str]) -> bool:
    """Tell whether the cards stand in the channel in the order in which the reports were filed."""
    cards = [card.text for card in world.channel(CARDS).messages()]
    shown = [actual for text in cards for actual in said if actual in text]
    return shown == list(said)


def let_doubts_end(world: World, reports: int) -> None:
    """Let time pass until every report has an issue.

    Of a create that was interrupted nobody knows whether it reached Jira: Bugle waits out the ten minutes in
    which Jira's search may not show it before it makes the issue again.
    """

    def made() -> bool:
        world.advance(60)
        return len(issues(world)) >= reports

    eventually(made, within=120, every=0.5, what=f"{reports} issues")


def expect_whole(world: World, said: Sequence[str], *, within: float = 60.0) -> None:
    """Wait until each report has its issue and every message shows its key; then there is one of each."""
    for actual in said:
        key = expect_issue(world, actual, within=within)["key"]
        for place in (world.channel(CARDS), world.dm(engineer(world)), world.dm("U0ANA")):
            place.expect_message(actual, within=within).expect_text(key, within=within)
    for actual in said:
        assert len([each for each in issues(world) if actual in each["fields"]["summary"]]) == 1
        for place in (world.channel(CARDS), world.dm(engineer(world)), world.dm("U0ANA")):
            assert len(place.messages(actual)) == 1
