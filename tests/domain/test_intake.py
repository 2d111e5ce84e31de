"""What help desks send, read into our terms."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.config import Product
from domain.customer_config import HelpDesk, Source
from domain.intake import QUOTE_LIMIT, Incoming, Refused, read
from domain.intake_values import HUNDRED, address, domain_of, effort, language, satisfaction
from domain.json_paths import PathError, parsed, values_at
from domain.plain_text import plain

PRODUCTS = (Product("shop", "Shop", "SHOP", "C0SHOP"), Product("pay", "Pay", "PAY", "C0PAY"))
SAMPLES = Path(__file__).parents[1] / "intake" / "samples"


def incoming(name: str) -> Incoming:
    """Read a sample of a help desk."""
    kind = HelpDesk(name.partition("_")[0])
    return read(json.loads((SAMPLES / f"{name}.json").read_text()), Source("x", kind, "shop"), PRODUCTS)


TOLD: dict[str, dict[str, Any]] = {
    "zendesk_ticket_created": {
        "id": "cbe4028c-7239-495d-b020-f22348516046",
        "quote": "We were charged twice for order 1182.\n\nCan you check?",
        "customer_key": "8447346622462",
        "tags": ("billing", "shop"),
    },
    "zendesk_rated": {
        "id": "5158-Bad",
        "quote": "Charged twice\nTwo weeks, and still no money back.",
        "customer": "Lumen Retail",
        "domain": "lumen.example",
        "author": "Olga Ruiz",
        "tags": ("billing", "shop"),
        "language": "es",
        "satisfaction": 0,
        "help_desk_url": "https://harbor.zendesk.com/agent/tickets/5158",
    },
    "intercom_created": {
        "id": "notif_86dc9206-7ba6-4587-844d-7227d5538d74",
        "quote": "The export has been empty since Friday.\n\nWe need it for the audit & payroll.",
        "product": "pay",
        "domain": "lumen.example",
        "author": "Kenji Abe",
        "tags": ("pay",),
        "help_desk_url": "https://app.intercom.com/a/apps/lkqcyt9t/conversations/1295",
    },
    "intercom_rated": {
        "id": "notif_1b3f1c0e-6d6a-4a4f-8f47-9c11e9f2a7d2",
        "quote": "Friendly, but the export is still empty",
        "domain": "lumen.example",
        "author": "Kenji Abe",
        "satisfaction": 25,
        "help_desk_url": "https://app.intercom.com/a/apps/lkqcyt9t/conversations/1295",
    },
    "freshdesk_created": {
        "id": "2117",
        "quote": "Hello,\nthe checkout hangs when we choose invoice.",
        "customer": "Lumen Retail",
        "domain": "lumen.example",
        "author": "Olga Ruiz",
        "tags": ("invoice", "checkout"),
        "help_desk_url": "https://harbor.freshdesk.com/helpdesk/tickets/2117",
    },
    "freshdesk_rated": {
        "id": "2117-Extremely unhappy",
        "quote": "Hello,\nthe checkout hangs.",
        "customer": "Lumen Retail",
        "domain": "lumen.example",
        "author": "Olga Ruiz",
        "satisfaction": 0,
        "help_desk_url": "https://harbor.freshdesk.com/helpdesk/tickets/2117",
    },
    "front_inbound": {
        "id": "evt_3s78kxhw",
        "quote": "Package update?\nHi,\n\nwe placed an order last week. When will it be delivered?",
        "domain": "lumen.example",
        "author": "Olga Ruiz",
        "tags": ("Shop",),
        "help_desk_url": "https://app.frontapp.com/open/cnv_1042nr10",
    },
    "json_all": {
        "id": "survey-881",
        "quote": "帳單重複扣款,請協助。",
        "product": "pay",
        "customer": "Lumen Retail",
        "domain": "lumen.example",
        "author": "Olga Ruiz",
        "tags": ("帳單",),
        "language": "zh_Hant",
        "effort": 6,
        "satisfaction": 20,
        "help_desk_url": "https://desk.harbor.example/881",
    },
}


@pytest.mark.parametrize("name", TOLD)
def test_each_sample_says_what_it_says(name: str) -> None:
    """Every field of a documented payload comes out in our terms, and nothing is left out."""
    assert incoming(name) == Incoming(**{"product": "shop", **TOLD[name]})


def test_a_rule_of_front_says_the_same_as_its_application() -> None:
    """Without the envelope it is the same message."""
    told = TOLD["front_inbound"] | {"id": "evt_3s78kxhx", "product": "shop"}
    assert incoming("front_rule_inbound") == Incoming(**told)


SCORES: list[tuple[Any, tuple[int, int], int | None]] = [
    ("Good, I'm satisfied", (1, 5), 100), ("bad", HUNDRED, 0), ("👎", HUNDRED, 0), ("很好", HUNDRED, 100),
    (1, (1, 5), 0), (3, (1, 5), 50), ("5", (1, 5), 100), (2, (1, 5), 25), (0, (0, 10), 0), (7, (0, 10), 70),
    ("4/5", HUNDRED, 75), ("9/10", (1, 5), 90), ("80%", (1, 5), 80), ("4,5", (1, 5), 88), (2.5, (1, 5), 38),
    (5, (5, 1), 0), (0, (1, 5), None), (6, (1, 5), None), (101, HUNDRED, None), ("Offered", (1, 5), None),
    (True, HUNDRED, None), (float("inf"), HUNDRED, None), ("1" * 5000, HUNDRED, None), (3, (3, 3), None),
    ("0/0", HUNDRED, None), ("1e3", HUNDRED, None), ("", HUNDRED, None),
]  # fmt: skip


@pytest.mark.parametrize(("told", "scale", "score"), SCORES)
def test_scores_of_every_scale_are_of_a_hundred(told: Any, scale: tuple[int, int], score: int | None) -> None:
    """Words, faces, fractions and numbers on a scale; what is off it says nothing."""
    assert satisfaction(told, scale) == score


def test_faces_of_freshdesk_are_told_by_its_own_numbers() -> None:
    """From -103, extremely unhappy, to 103; elsewhere these are off the scale."""
    told = [satisfaction(each, (1, 5), faces=True) for each in (-103, -102, -101, 100, 101, 102, 103)]
    assert told == [0, 17, 33, 50, 67, 83, 100]
    assert satisfaction(103, (1, 5)) is None
    assert satisfaction(3, (1, 5), faces=True) == 50


def test_other_values_are_understood_or_not() -> None:
    """Effort is 1 to 7, a language a code or a name, an address one that a browser may open."""
    assert [effort(each) for each in (1, "7", "6/7", "3.0", 0, 8, "x", True, 2.5)] == [
        1, 7, 6, 3, None, None, None, None, None,
    ]  # fmt: skip
    spoken = ["es", "es-MX", "Spanish", "zh-TW", "zh_Hant", "zh-CN", "en_GB", "French", "klingon!", "xx", ""]
    found = ["es", "es", "es", "zh_Hant", "zh_Hant", "zh", "en", "fr", None, None, None]
    assert [language(each) for each in spoken] == found
    for bad in (
        "javascript:alert(1)",
        "//x.example/",
        "https://",
        "https://a b",
        "https://u:p@x.example",
        "x",
    ):
        assert address(bad) is None, bad
    assert address("https://x.example/<!channel>") is None
    assert address("harbor.zendesk.com/tickets/1") == "https://harbor.zendesk.com/tickets/1"
    assert [domain_of(each) for each in ("Olga@Lumen.Example", "a@b", "x", "a@b@c.d", "a @b.c")] == [
        "lumen.example", None, None, None, None,
    ]  # fmt: skip


DATA = {"a": {"b": [1, {"c": None}, {"c": 3}]}, "d.e": 4, "f": [[5]], "": 6}
PLACES: dict[str, list[Any]] = {
    "a.b[0]": [1], "a.b[].c": [3], "a.b[2].c": [3], "a.b[9]": [], "d\\.e": [4], "d.e": [], "f[0][0]": [5],
    "f[][]": [5], "a[0]": [], "a.b.c": [], "x": [],
}  # fmt: skip


@pytest.mark.parametrize("path", PLACES)
def test_a_path_leads_to_what_is_there(path: str) -> None:
    """Keys, places in lists, each of a list, and dots within names; where nothing is, nothing is found."""
    assert values_at(DATA, path) == PLACES[path]


@pytest.mark.parametrize("path", ["", ".", "a.", ".a", "a..b", "a[", "a[x]", "a]", "a[0]b", "a" * 201, "a\\"])
def test_a_path_that_cannot_be_read_says_what_to_write(path: str) -> None:
    """It is refused when bugle.toml is read, not when something comes in."""
    with pytest.raises(PathError, match="write a path such as"):
        parsed(path)


@given(st.text())
def test_any_path_is_read_or_refused(path: str) -> None:
    """Whatever is written, it leads somewhere in any JSON, or nowhere, or is a PathError."""
    try:
        values_at(DATA, path)
    except PathError:
        return


@given(st.lists(st.text(min_size=1, max_size=20).filter(lambda key: "\n" not in key), min_size=1, max_size=5))
def test_any_key_can_be_written_in_a_path(keys: list[str]) -> None:
    """With a backslash before what would mean something else, every name can be reached."""
    data: Any = "found"
    for key in reversed(keys):
        data = {key: data}
    path = ".".join("".join(f"\\{mark}" if mark in ".[]\\" else mark for mark in key) for key in keys)
    assert values_at(data, path) == ["found"]


WRITTEN = {
    "<p>One</p><p>Two</p>": "One\n\nTwo",
    "a &lt; b &amp; c<br>d": "a < b & c\nd",
    "<style>p {}</style><script>x<y</script><p>Only this": "Only this",
    "<!-- no --><b>Yes</b><!-- no": "Yes",
    "if a < b and c > d": "if a < b and c > d",
    "the <div> is broken": "the <div> is broken",
    "one\r\n\r\n\r\n\r\ntwo\t three  ": "one\n\ntwo three",
    "null \x00 and \ud800 half": "null and half",
    "👩‍👩‍👧 stays": "👩‍👩‍👧 stays",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_text_is_what_people_read(text: str) -> None:
    """HTML loses its tags and keeps its lines; text that only looks like it stays; marks nobody sees go."""
    assert plain(text) == WRITTEN[text]


EVIL = [
    "<!--",
    "<a ",
    "<a<",
    "</",
    "<![CDATA[",
    "&",
    "<p",
    "<a b='",
    "<?",
    "\n ",
    "<script>",
    "<a \"'",
    "&#",
    "<",
]


@pytest.mark.parametrize("evil", EVIL)
def test_no_text_takes_long(evil: str) -> None:
    """A customer who writes half a tag fifty thousand times holds nobody up."""
    began = time.process_time()
    plain("</p>" + evil * 50_000)
    assert time.process_time() - began < 0.5


@given(st.text(), st.text())
def test_any_words_come_through_within_their_limit(subject: str, quote: str) -> None:
    """Whatever is said is kept so that every database takes it, or refused because nothing was said."""
    try:
        told = read(
            {"id": 1, "subject": subject, "quote": quote}, Source("x", HelpDesk.JSON, "shop"), PRODUCTS
        )
    except Refused:
        return
    assert 0 < len(told.quote) <= QUOTE_LIMIT
    assert "\0" not in told.quote
    told.quote.encode()
