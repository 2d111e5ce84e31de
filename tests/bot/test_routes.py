"""What is said of the routing table: by bugle.toml itself, by `bugle check`, and by `bugle routes`."""

from pathlib import Path

import pytest

from bot.config import parse_config
from bot.problems import SetupError
from domain.config import Config
from tests.bot.stage import SANDBOX_TOML, SetUp, bugle

PRODUCT = {"key": "shop", "name": "Shop", "project": "SHOP", "channel": "C0SHOP", "language": "es"}


def config(*routes: dict[str, object]) -> Config:
    """Return a config with these lines."""
    lines = [{"name": f"Line {number}", **line} for number, line in enumerate(routes)]
    return parse_config({"admins": {"channel": "C0ADMINS"}, "products": [PRODUCT], "routes": lines}, "it")


def test_a_channel_has_one_language() -> None:
    """A channel has its product's language, or the one that any of its lines says, else English."""
    read = config({"channel": "C0SHOP"}, {"channel": "C0A"}, {"channel": "C0A", "language": "zh_Hant"})
    assert [read.channel_language(each) for each in ("C0SHOP", "C0A", "C0B")] == ["es", "zh_Hant", "en"]


def test_two_languages_for_one_channel_are_refused() -> None:
    """Lines that say different languages for a channel, or another than its product, are refused by name."""
    with pytest.raises(SetupError) as refused:
        config(
            {"channel": "C0A", "language": "es"},
            {"channel": "C0A", "language": "en"},
            {"channel": "C0SHOP", "language": "en"},
        )
    assert [str(each) for each in refused.value.problems] == [
        "it: routes[1].language is en, and C0A has es: give a channel one language",
        "it: routes[2].language is en, and C0SHOP has es: give a channel one language",
    ]


def test_what_is_wrong_with_a_line_is_named(setup: SetUp) -> None:
    """A shared channel, an area that Jira does not have, a line behind a wider one: each with its fix."""
    setup.world.set_channel("C0VOICES", share="T0LUMEN")
    setup.config.write_text(
        f"{setup.config.read_text()}"
        '\n[[routes]]\nname = "Narrow"\nchannel = "C0VOICES"\nareas = ["payment", "Paiement"]\n'
    )
    problems = setup.check().problems
    assert problems[:2] == [
        (
            "bugle.toml: routes[4] never has anything: routes[3] has it all for the same channel:"
            " put the narrower line first, or take it out"
        ),
        (
            "bugle.toml: routes[3].channel is #product-voices, which is shared with another company:"
            " name a channel that only your own people read: Bugle tells of customers there"
        ),
    ]
    assert len(problems) == 3
    assert problems[2].startswith(
        "bugle.toml: routes[4].areas has 'Paiement', which is no component of its products in Jira: choose"
    )
    assert "Payment" in problems[2]


def test_the_table_can_be_read(tmp_path: Path) -> None:
    """`bugle routes` writes each line, and where what fits none goes."""
    said = bugle("routes", folder=tmp_path, BUGLE_CONFIG=str(SANDBOX_TOML))
    assert said.code == 0
    assert said.lines[0].split() == ["line", "name", "channel", "has", "when"]
    assert said.lines[4].split("  ")[-1] == "a digest each hour"
    assert said.lines[-1] == (
        "What fits no line goes to its product's channel: shop C0SHOPBUGS, pay C0PAYBUGS."
    )


def test_what_the_table_does_with_a_customer_issue(tmp_path: Path) -> None:
    """With facts, each line says whether it has that customer issue, and then where it goes, and when."""
    asked = ("--product", "shop", "--tier", "Enterprise", "--at", "2026-11-23T10:20")
    said = bugle("routes", *asked, folder=tmp_path, BUGLE_CONFIG=str(SANDBOX_TOML))
    assert [" ".join(line.split()) for line in said.lines] == [
        "1 Large customers of the Shop has it",
        "2 All of the Shop line 1 has it for the same channel",
        "3 All of Pay not its product: pay",
        "4 What customers say has it",
        (
            "It goes to C0SHOPBUGS by line 1 (each), Mon 2026-11-23 10:20 UTC,"
            " naming who is on duty in shop-bugs."
        ),
        "It goes to C0VOICES by line 4 (a digest each hour), Mon 2026-11-23 11:00 UTC.",
    ]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (("--product", "sho"), "--product is 'sho', which is no product: choose from shop, pay"),
        (("--tier", "starter"), "--product is missing: add --product: what --tier is about"),
        (("--product", "shop", "--at", "soon"), "--at is 'soon': give a time such as 2026-11-23T10:00+01:00"),
        (("--product", "shop", "--zone", "Madrid"), "--zone cannot be used: 'Madrid' is no IANA time zone"),
    ],
)
def test_what_cannot_be_asked_is_refused(tmp_path: Path, asked: tuple[str, ...], answer: str) -> None:
    """What is no fact is named, with what to give instead."""
    said = bugle("routes", *asked, folder=tmp_path, BUGLE_CONFIG=str(SANDBOX_TOML))
    assert said.code == 1
    assert said.err.startswith(answer)
