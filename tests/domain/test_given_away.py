"""What drafts give away, field by field."""

from dataclasses import replace

import pytest

from domain.config import Product
from domain.create_fields import Answer, Kind
from domain.given_away import Place, given_away, is_told, masked, texts
from domain.happened import Happened, Part
from domain.report import Brought, Draft, Impact, Workaround
from tests.views.reports import REPORT

CARD = "4111 1111 1111 1111"
SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS", environments=(f"Test with {CARD}",))
DRAFT = Draft(
    "N1",
    "U0ANA",
    "ana",
    "shop",
    None,
    Impact.BLOCKED,
    Workaround.NONE,
    Happened("Pay", "Once", "Twice"),
    "en",
)
LINK = "https://desk.example/t/4111111111111111?token=a1b2c3d4e5f6"


def own(kind: Kind, *given: str) -> Draft:
    """Return a draft with an answer to a field of the project's own."""
    return replace(DRAFT, fields={"customfield_1": Answer(kind, given)})


@pytest.mark.parametrize(
    ("draft", "place", "said"),
    [
        (replace(DRAFT, happened=Happened("Pay", "Once", CARD)), Place(Part.ACTUAL.value), "••••1111"),
        (
            replace(DRAFT, happened=Happened(f"With {CARD}", "1", "2")),
            Place(Part.STEPS.value),
            "With ••••1111",
        ),
        (
            replace(DRAFT, customers=Brought((), ("Ana", f"Ben {CARD}"))),
            Place("customers", 1),
            "Ben ••••1111",
        ),
        (replace(DRAFT, environment=f"Till {CARD}"), Place("environment"), "Till ••••1111"),
        (replace(DRAFT, help_desk_url=LINK), Place("help_desk_link"), LINK.replace("a1b2c3d4e5f6", "••••")),
        (own(Kind.LINE, f"Order by {CARD}"), Place("customfield_1"), "Order by ••••1111"),
        (own(Kind.TEXT, f"a\n{CARD}\nb"), Place("customfield_1"), "a\n••••1111\nb"),
        (own(Kind.URL, LINK), Place("customfield_1"), LINK.replace("a1b2c3d4e5f6", "••••")),
        (own(Kind.LABELS, "slow", "password=hunter2"), Place("customfield_1", 1), "password=••••"),
    ],
)
def test_what_is_typed_into_any_field_is_found_and_masked_there(
    draft: Draft, place: Place, said: str
) -> None:
    """Wherever a secret was typed it is found once; masked, the place reads on and nothing else changes."""
    (found,) = given_away(draft, SHOP)
    assert found.place == place
    hidden = masked(draft, [found])
    assert said in texts(hidden, SHOP)
    assert given_away(hidden, SHOP) == ()
    changed = [
        one for one, other in zip(texts(draft, SHOP), texts(hidden, SHOP), strict=True) if one != other
    ]
    assert changed == [found.text]
    assert masked(draft, []) == draft


@pytest.mark.parametrize(
    "draft",
    [
        own(Kind.ONE_OF, "4111111111111111"),
        own(Kind.USER, "U0ANA"),
        own(Kind.DATE, "2026-11-23"),
        replace(DRAFT, environment=SHOP.environments[0]),
        replace(DRAFT, help_desk_url="https://desk.example/tickets/4111111111111111"),
    ],
)
def test_what_was_picked_or_leads_somewhere_gives_nothing_away(draft: Draft) -> None:
    """Choices, and the number of a ticket in an address, are no secrets."""
    assert given_away(draft, SHOP) == ()


def test_what_a_report_holds_already_was_kept_by_its_reporter() -> None:
    """A secret that stands in the report as it is, in whichever field, is told."""
    report = replace(REPORT, fields={"customfield_1": Answer(Kind.LINE, (f"Order by {CARD}",))})
    assert is_told(CARD, report, SHOP)
    assert not is_told("4242 4242 4242 4242", report, SHOP)
