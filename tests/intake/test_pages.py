"""What docs/help-desks.md tells people to paste works as it stands there."""

import json
import re
import tomllib

from bot.config import parse_config
from domain.intake import read
from tests.bot.stage import SANDBOX_TOML
from tests.docs.pages import ROOT
from tests.intake.conftest import PRODUCTS
from tests.intake.desks import source_of

PAGE = (ROOT / "docs" / "help-desks.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^ *```(?P<kind>json|toml)\n(?P<body>.*?)^ *```", re.MULTILINE | re.DOTALL)
FILLED = {
    "ticket.id": "5158",
    "satisfaction.current_rating": "Bad",
    "ticket.url": "harbor.freshdesk.example/helpdesk/tickets/5158",
    "ticket.link": "https://harbor.zendesk.example/agent/tickets/5158",
    "ticket.requester.language": "Spanish",
}


def section(name: str) -> list[str]:
    """Return the blocks of one help desk's section."""
    part = PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    return [found["body"] for found in BLOCK.finditer(part)]


def sent(block: str) -> dict[str, object]:
    """Return a body with its placeholders filled in as the help desk does."""
    filled = re.sub(r"\{\{([^}]+)\}\}", lambda each: FILLED.get(each[1], f"the {each[1]}"), block)
    told: dict[str, object] = json.loads(filled)
    return told


def test_every_payload_of_the_page_is_understood() -> None:
    """Pasted and filled in, each is read whole: nothing of it is left out but what nobody can know."""
    for name, kind in (("Zendesk", "zendesk"), ("Freshdesk", "freshdesk"), ("Anything else", "json")):
        bodies = [each for each in section(name) if each.lstrip().startswith("{")]
        assert bodies
        for body in bodies:
            incoming = read(sent(body), source_of(kind), PRODUCTS)
            assert {each.path for each in incoming.left_out} <= {"freshdesk_webhook.ticket_product_name"}
    rated = read(sent(section("Zendesk")[1]), source_of("zendesk"), PRODUCTS)
    assert (rated.id, rated.satisfaction, rated.language) == ("5158-Bad", 0, "es")


def test_every_section_of_toml_on_the_page_is_sound() -> None:
    """Put behind a sound bugle.toml, each is read."""
    sound = SANDBOX_TOML.read_text().partition("[[intake]]")[0]
    tomls = [found["body"] for found in BLOCK.finditer(PAGE) if found["kind"] == "toml"]
    for each in tomls:
        config = parse_config(tomllib.loads(f"{sound}\n{each}"), "bugle.toml")
        assert len(config.intakes) == 1
    assert tomls
