"""Forgetting what customers said, and telling what is kept, on SQLite and PostgreSQL."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.customer import ERASED, Profile
from domain.customer_config import CustomerRules
from storage import audit, customer_posts, customers
from storage.audit import About, Deed
from storage.customer_posts import Form
from storage.database import Database
from storage.effects import listed
from tests.workflows import told
from tests.workflows.told import ANA, HUGO, NOW, customer, filed, now, taken_in
from workflows import telling_data
from workflows.context import Context
from workflows.erasing_customers import blank_old, erase_customer, erase_person
from workflows.merging_customers import merge

SAID = {
    "author": "Olga Petrov",
    "author_id": "U0XOLGA",
    "source_url": "https://x.example/p1",
    "help_desk_url": "https://desk.example/7",
    "files": ("F1",),
}


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context in which what customers said is kept for a year."""
    with told.context(database) as made:
        rules = CustomerRules(keep_text=timedelta(days=365))
        yield replace(made, config=replace(made.config, customers=rules))


def shown(ctx: Context, issue: str) -> None:
    """Let a card show a customer issue."""
    with ctx.database.transaction() as tx:
        customer_posts.add(
            tx, customer_issue=issue, form=Form.CARD, audience="C1", channel="C1", ts=issue, version=1
        )


def edits(ctx: Context) -> int:
    """Return how many edits of cards were decided."""
    with ctx.database.reading() as tx:
        return sum(each.kind == "edit_customer_issue" for each in listed(tx))


def test_what_is_old_is_blanked(ctx: Context) -> None:
    """Words, author, addresses and files go, once, and the card is edited; what is younger stays."""
    issue = taken_in(ctx, "a", **SAID)
    shown(ctx, issue.id)
    later = replace(ctx, now=lambda: NOW + timedelta(days=364))
    young = taken_in(later, "b", **SAID)
    blank_old(later)
    assert now(ctx, issue).told == issue.told
    for _ in range(2):
        blank_old(replace(ctx, now=lambda: NOW + timedelta(days=366)))
    blanked = now(ctx, issue)
    assert blanked.told == replace(
        issue.told, quote="", author=None, author_id=None, source_url=None, help_desk_url=None, files=()
    )
    assert (blanked.blanked_at, blanked.version) == (NOW + timedelta(days=366), issue.version + 1)
    assert now(ctx, young).told == young.told
    assert edits(ctx) == 1
    with ctx.database.reading() as tx:
        deeds = [each.deed for each in audit.of(tx, About.CUSTOMER_ISSUE, issue.id)]
    assert deeds == [Deed.ADDED, Deed.BLANKED]


def test_without_a_time_all_is_kept(ctx: Context) -> None:
    """Where bugle.toml says nothing, nothing is blanked."""
    issue = taken_in(ctx, "a")
    forever = replace(ctx, config=replace(ctx.config, customers=CustomerRules()))
    blank_old(replace(forever, now=lambda: NOW + timedelta(days=9999)))
    assert now(ctx, issue).told.quote


def test_of_an_erased_customer_nothing_is_left(ctx: Context) -> None:
    """Neither its name nor that of one merged into it, nor words: but reports still count it."""
    with ctx.database.transaction() as tx:
        lumen = customers.keep_profile(
            tx, Profile("account-77", "Lumen", tier="enterprise", fields={"vat": "number-of-the-state"}), NOW
        )
    old = customer(ctx, "Lumen Retail")
    issue = taken_in(ctx, "a", customer=old, **SAID)
    report = filed(ctx, "r", lumen.id)
    shown(ctx, issue.id)
    merge(ctx, old, lumen.id, None)
    erased = erase_customer(ctx, lumen.id, HUGO)
    assert [each.report for each in erased.reports] == [report.id]
    with ctx.database.reading() as tx:
        assert (
            customers.profile(tx, lumen.id)
            is customers.with_key(tx, "account-77")
            is customers.profile(tx, old)
            is None
        )
        assert customers.matching(tx, "") == []
        assert [each.name for each in customers.of_report(tx, report.id)] == [ERASED]
        kept = json.dumps(telling_rows(ctx, lumen.id), default=str)
        deeds = [(each.deed, each.who) for each in audit.of(tx, About.CUSTOMER, lumen.id)]
    for word in (
        "Lumen",
        "lumen",
        "account-77",
        "number-of-the-state",
        "Too slow",
        "Olga",
        "x.example",
        "desk.example",
    ):
        assert word not in kept
    assert (Deed.ERASED, HUGO) in deeds
    assert edits(ctx) == 1
    assert erase_customer(ctx, lumen.id, HUGO).customer_issues == 0
    with ctx.database.transaction() as tx:
        (again,) = customers.keep(tx, ["Lumen"])
    assert again.id not in (lumen.id, old)
    assert now(ctx, issue).decision == {}


def telling_rows(ctx: Context, customer: str) -> object:
    """Return all that is kept about a customer."""
    return telling_data.of_customer(ctx, customer, None)


def test_of_an_erased_person_no_words_are_left(ctx: Context) -> None:
    """By Slack id or by name; what others said stays, and they look after nobody any more."""
    with ctx.database.transaction() as tx:
        lumen = customers.keep_profile(tx, Profile("account-77", "Lumen", owner="U0XOLGA"), NOW)
    hers, by_name = taken_in(ctx, "a", **SAID), taken_in(ctx, "b", author="olga petrov")
    others = taken_in(ctx, "c", author="Ben", author_id="U0XBEN")
    assert erase_person(ctx, "U0XOLGA", ANA).customer_issues == 1
    assert erase_person(ctx, "Olga Petrov", ANA).customer_issues == 1
    assert [now(ctx, each).told.quote for each in (hers, by_name, others)] == ["", "", "Too slow"]
    with ctx.database.reading() as tx:
        found = customers.profile(tx, lumen.id)
    assert found is not None
    assert found.owner is None


def test_what_is_kept_of_a_customer_is_told(ctx: Context) -> None:
    """Its profile, what it told us, where it is shown, its reports and the audit; and that is noted."""
    lumen = customer(ctx, "Lumen")
    issue = taken_in(ctx, "a", customer=lumen, **SAID)
    shown(ctx, issue.id)
    report = filed(ctx, "r", lumen)
    data = telling_data.of_customer(ctx, lumen, ANA)
    assert [each["name"] for each in data["customer"]] == ["Lumen"]
    assert {each["quote"] for each in data["customer_issues"]} >= {"Too slow"}
    assert data["customer_issues"][0]["posts"][0]["channel"] == "C1"
    assert data["reports"] == [{"report": report.id, "issue": None}]
    person = telling_data.of_person(ctx, "U0XOLGA", ANA)
    assert [each["id"] for each in person["customer_issues"]] == [issue.id]
    again = telling_data.of_customer(ctx, lumen, ANA)
    assert [each["deed"] for each in again["audit"]].count(Deed.EXPORTED) == 2
