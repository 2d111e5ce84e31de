"""Customers and what forms ask, kept alike on both databases."""

from datetime import UTC, datetime

import pytest

from domain.create_fields import Answer, Choice, Field, Kind
from domain.happened import Happened
from domain.report import Brought, Draft, Impact, Report, Workaround
from storage import also_reported, create_screens, customers, drafts, reports
from storage.database import Database

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def draft(nonce: str = "n", **told: object) -> Draft:
    """Return a draft."""
    happened = Happened("Pay", "One", "Two")
    return Draft(nonce, "U0ANA", "ana", "shop", None, Impact.BLOCKED, Workaround.NONE, happened, "en", **told)  # type: ignore[arg-type]


def filed(database: Database, nonce: str = "n", **told: object) -> Report:
    """Return a report that was filed."""
    with database.transaction() as tx:
        made = reports.add(
            tx,
            draft(nonce, **told),
            severity="high",
            reasons={"impact": "blocked"},
            customers=0,
            on_duty=None,
            now=NOW,
        )
        assert made is not None
        return made


def names(database: Database, typed: str) -> list[str]:
    """Return the names of the customers that are offered for what was typed."""
    with database.reading() as tx:
        return [each.name for each in customers.matching(tx, typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Acme", "Ácme Lumen", "Lumen 100%", "lumen_retail", "台積電"]),
        ("acme", ["Acme", "Ácme Lumen"]),
        ("ÁCME  L", ["Ácme Lumen"]),
        ("lumen", ["Lumen 100%", "lumen_retail", "Ácme Lumen"]),
        ("0%", ["Lumen 100%"]),
        ("n_r", ["lumen_retail"]),
        ("積電", ["台積電"]),
        ("nobody", []),
    ],
)
def test_customers_are_found_by_what_their_names_hold(
    database: Database, typed: str, found: list[str]
) -> None:
    """Those that begin with it come first; case, accents and spaces do not matter; no mark is a wildcard."""
    with database.transaction() as tx:
        customers.keep(tx, ["Acme", "Ácme Lumen", "lumen_retail", "Lumen 100%", "台積電"])
    assert names(database, typed) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("As with ácme  LUMEN before", ["Acme", "Ácme Lumen"]),
        ("100% of lumen retail", []),
        ("lumen 100%, and 台積電也是", ["Lumen 100%", "台積電"]),
        ("lumenxretail", []),
    ],
)
def test_customers_are_found_in_a_text(database: Database, text: str, found: list[str]) -> None:
    """Every name that a text holds is found, whatever its case and accents; what is a pattern is none."""
    with database.transaction() as tx:
        customers.keep(tx, ["Acme", "Ácme Lumen", "lumen_retail", "Lumen 100%", "台積電"])
        assert [each.name for each in customers.named_in(tx, text)] == found


def test_a_customer_is_kept_once(database: Database) -> None:
    """The same name, typed differently, is the same customer; names of nothing but marks are none."""
    with database.transaction() as tx:
        first = customers.keep(tx, ["Lumen  Retail", "lumen retail", " \u200b ", ""])
        again = customers.keep(tx, ["LUMEN RÉTAIL"])
    assert [each.name for each in first] == ["Lumen  Retail".replace("  ", " ")] or len(first) == 1
    assert first == again


def test_a_report_is_about_its_customers_once(database: Database) -> None:
    """Customers brought twice count once; setting them anew takes a person's own away, not others'."""
    report = filed(database)
    with database.transaction() as tx:
        one, two = customers.keep(tx, ["One", "Two"])
        assert customers.add_to(tx, report.id, [one, two], brought_by="U0ANA", now=NOW) == 2
        assert customers.add_to(tx, report.id, [two], brought_by="U0BEN", now=NOW) == 2
        (three,) = customers.keep(tx, ["Three"])
        assert customers.add_to(tx, report.id, [three], brought_by="U0BEN", now=NOW) == 3
        assert customers.set_of(tx, report.id, [two], brought_by="U0ANA", now=NOW) == 2
        assert customers.of_report(tx, report.id) == [three, two]


def test_what_was_told_comes_back(database: Database) -> None:
    """A report keeps all that its form held."""
    told = {
        "environment": "Web",
        "found_in": "2026.9",
        "effort": 5,
        "help_desk_url": "https://desk.example/7",
        "source_url": "https://slack.example/p1",
        "fields": {"customfield_1": Answer(Kind.CASCADE, ("1", "11"))},
        "customers": Brought(("a",), ("b",)),
    }
    made = filed(database, **told)
    with database.reading() as tx:
        report = reports.get(tx, made.id)
    assert report == made
    assert {name: getattr(report, name) for name in told if name != "customers"} == {
        name: value for name, value in told.items() if name != "customers"
    }
    assert report.severity_reasons == {"impact": "blocked"}


def test_what_jira_asks_comes_back(database: Database) -> None:
    """Fields with all their choices, and versions newest first, are as they were copied last."""
    inner = (Choice("11", "Spain"),)
    fields = [
        Field(
            "customfield_1", "Place", True, Kind.CASCADE, (Choice("1", "Europe", inner), Choice("2", "Asia"))
        )
    ]
    with database.transaction() as tx:
        assert create_screens.fields_of(tx, "SHOP", "Bug") == ()
        create_screens.keep_fields(tx, "SHOP", "Bug", [])
        create_screens.keep_fields(tx, "SHOP", "Bug", fields)
        create_screens.keep_versions(
            tx, "SHOP", [Choice("1", "1.0"), Choice("2", "1.10"), Choice("3", "2.0")]
        )
        create_screens.keep_versions(tx, "SHOP", [Choice("2", "1.10"), Choice("3", "2.0")])
        assert create_screens.fields_of(tx, "SHOP", "Bug") == tuple(fields)
        assert create_screens.fields_of(tx, "SHOP", "Task") == ()
        assert create_screens.versions_like(tx, "SHOP", "") == ["2.0", "1.10"]
        assert create_screens.versions_like(tx, "SHOP", "1.") == ["1.10"]
        assert not create_screens.has_versions(tx, "PAY")


def test_a_form_joins_once_and_is_no_draft_then(database: Database) -> None:
    """A form that joined a report is not kept as a draft any more, however late a save of it comes."""
    report = filed(database)
    with database.transaction() as tx:
        drafts.save(tx, "m", "U0ANA", {}, {}, now=NOW)
        assert also_reported.add(tx, draft("m"), report.id, NOW)
        assert not also_reported.add(tx, draft("m"), report.id, NOW)
        assert also_reported.report_of(tx, "m") == report.id
        assert drafts.find(tx, "m") is None
        drafts.forget(tx, "m")
        drafts.save(tx, "m", "U0ANA", {}, {}, now=NOW)
        assert drafts.of_person(tx, "U0ANA", 10) == []
