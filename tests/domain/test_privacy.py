"""What outsiders may read: what a view for them can hold, and what a sentence for them must not."""

from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.customer_issue import CustomerIssue, Origin, State, Told
from domain.privacy import Public, Trouble, outside_view, public_state, slips
from domain.report import Report
from domain.tracking import IssueFacts, Phase, Tracked, Version
from domain.triage import State as Triaged
from domain.triage import Triage
from tests.views.reports import REPORT

AT = datetime(2031, 1, 6, 9, tzinfo=UTC)
TOLD = Told(
    nonce="n",
    origin=Origin.MESSAGE,
    product="shop",
    quote="It is charged twice: 4111 1111 1111 1111",
    customer="CUST",
    area="Payment-legacy",
    author="Olga Petrov",
    author_id="U0XOLGA",
    brought_by="U0ANA",
    channel="C0LUMEN",
    ts="1.1",
    source="zendesk",
    source_url="https://harbor.slack.com/archives/C0LUMEN/p1",
    help_desk_url="https://desk.example/1",
    effort=6,
    satisfaction=10,
    files=("F1",),
    tags=("checkout",),
)
ISSUE = CustomerIssue(
    "ID", TOLD, AT, 1, settled_by="U0HUGO", settled_note="They always complain", decision={"line": "Big ones"}
)


def report(**values: object) -> Report:
    """Return a report with the given values."""
    return replace(REPORT, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("issue", "about", "public"),
    [
        (ISSUE, None, Public.RECEIVED),
        (replace(ISSUE, state=State.BUG), None, Public.LOOKED_AT),
        (replace(ISSUE, state=State.BUG), {"taken_by": None}, Public.LOOKED_AT),
        (replace(ISSUE, state=State.BUG), {"taken_by": "U0ELSA"}, Public.WORKED_ON),
        (
            replace(ISSUE, state=State.BUG),
            {"taken_by": "U0ELSA", "triage": Triage(Triaged.NOT_A_BUG)},
            Public.LOOKED_INTO,
        ),
        (replace(ISSUE, state=State.FEEDBACK), None, Public.KEPT),
        (replace(ISSUE, state=State.ANSWERED), None, Public.ANSWERED),
        (replace(ISSUE, state=State.NOT_OURS), None, Public.LOOKED_INTO),
    ],
)
def test_public_states(issue: CustomerIssue, about: dict[str, object] | None, public: Public) -> None:
    """Each state of ours has one public word."""
    assert public_state(issue, report(**about) if about else None) is public


@pytest.mark.parametrize(
    ("phase", "public"),
    [
        (Phase.WAITING, Public.LOOKED_AT),
        (Phase.IN_PROGRESS, Public.WORKED_ON),
        (Phase.FIXED, Public.FIXED),
        (Phase.RELEASED, Public.RELEASED),
        (Phase.WONT_FIX, Public.LOOKED_INTO),
    ],
)
def test_what_jira_tells_is_public_too(phase: Phase, public: Public) -> None:
    """How far the issue is counts, and released versions are named once it is out."""
    facts = IssueFacts("1", "SHOP-1", "Ours", "done", AT, versions=(Version("4.2", True), Version("5")))
    bug = replace(ISSUE, state=State.BUG)
    told = Tracked("R", facts, phase, AT)
    view = outside_view(bug, report(taken_by=None), told, product="Shop", channel="C")
    assert (view.state, view.versions) == (public, ("4.2",) if public is Public.RELEASED else ())


def test_a_view_holds_nothing_of_ours() -> None:
    """What a customer said here is in it, masked: neither people, notes nor numbers of ours."""
    bug = report(taken_by="U0ELSA", issue_key="SHOP-42", reporter_name="Ana Ruiz")
    view = outside_view(replace(ISSUE, state=State.BUG, report="R"), bug, product="Shop", channel="C0LUMEN")
    assert asdict(view) == {
        "product": "Shop",
        "told_at": AT,
        "state": Public.WORKED_ON,
        "quote": "It is charged twice: ••••1111",
        "sentence": "",
        "issue": None,
        "versions": (),
    }


@pytest.mark.parametrize("channel", [None, "C0SUPPORT"])
def test_what_was_said_elsewhere_is_not_quoted(channel: str | None) -> None:
    """A form, a help desk or a channel of ours may hold words of ours: they are quoted nowhere else."""
    elsewhere = replace(ISSUE, told=replace(TOLD, channel=channel))
    assert outside_view(elsewhere, None, product="Shop", channel="C0LUMEN").quote == ""


SLIPS = {
    "As with Acme Corp last week": [(Trouble.CUSTOMER, "Acme Corp")],
    "As with ACME  corp last week": [(Trouble.CUSTOMER, "Acme Corp")],
    "Orbit pays more": [(Trouble.CUSTOMER, "Orbit")],
    "it went out of orbit": [],
    "Orbital": [],
    "台積電也有這個問題": [(Trouble.CUSTOMER, "台積電")],
    "ABC has it too": [],
    "We follow it as SHOP-42.": [(Trouble.ISSUE, "SHOP-42")],
    "we follow it as shop-42": [(Trouble.ISSUE, "shop-42")],
    "Your order COVID-19 and UTF-8": [],
    "Ask <@U0ANA> or U012AB3CD": [(Trouble.PERSON, "<@U0ANA>"), (Trouble.PERSON, "U012AB3CD")],
    "Serial S12345678": [],
    "See #shop-bugs, not #lumen or order #4711": [(Trouble.CHANNEL, "#shop-bugs")],
    "Write to ana@harbor.example or you@lumen.example": [(Trouble.EMAIL, "ana@harbor.example")],
    "https://shop.example/#pay and a&#amp": [],
    "It will be fixed by Friday.": [],
}


@pytest.mark.parametrize("sentence", SLIPS)
def test_slips(sentence: str) -> None:
    """What must not get out is found in a sentence, and what is everyday speech is not."""
    found = slips(
        sentence,
        customers=("Acme Corp", "Orbit", "台積電", "ABC"),
        projects=("SHOP", "PAY"),
        channel="lumen",
        domains=("harbor.example",),
    )
    assert [(each.trouble, each.said) for each in found] == SLIPS[sentence]


def test_issues_may_be_allowed() -> None:
    """Where bugle.toml allows addresses of issues outside, their keys may be said too."""
    allowed = slips("SHOP-42", customers=(), projects=("SHOP",), channel="x", issues_allowed=True)
    assert not list(allowed)


@given(st.text(max_size=60), st.text(min_size=2, max_size=30), st.text(max_size=60))
def test_a_name_of_several_words_is_always_found(before: str, name: str, after: str) -> None:
    """However a sentence goes on around it, and however it is written, a longer name is found."""
    whole = f"Great {name.strip() or 'Wall'} Ltd"
    sentence = f"{before} {whole.upper() if whole.isascii() else whole} {after}"
    found = slips(sentence, customers=(whole,), projects=(), channel="lumen")
    assert Trouble.CUSTOMER in [each.trouble for each in found]


@given(st.text(max_size=300))
def test_any_sentence_can_be_looked_over(sentence: str) -> None:
    """Nothing that somebody types stops the search, and what it finds is in the text."""
    for slip in slips(sentence, customers=("Acme Corp",), projects=("SHOP",), channel="lumen"):
        assert slip.said
