from typing import Any

import pytest

from domain.report import Impact, Workaround
from domain.severity import DEFAULT_SCALE, Condition, Facts, Severity, judge


@pytest.mark.parametrize(
    ("impact", "workaround", "severity", "reasons"),
    [
        (Impact.DATA, Workaround.NONE, "critical", {"impact": "data"}),
        (Impact.DATA, Workaround.USED, "critical", {"impact": "data"}),
        (Impact.BLOCKED, Workaround.NONE, "high", {"impact": "blocked", "workaround": "none"}),
        (Impact.BLOCKED, Workaround.USED, "medium", {"impact": "blocked"}),
        (Impact.DIFFICULT, Workaround.NONE, "medium", {"impact": "difficult"}),
        (Impact.DIFFICULT, Workaround.USED, "medium", {"impact": "difficult"}),
        (Impact.COSMETIC, Workaround.NONE, "low", {}),
        (Impact.COSMETIC, Workaround.USED, "low", {}),
    ],
)
def test_severity_follows_from_the_facts(
    impact: Impact, workaround: Workaround, severity: str, reasons: dict[str, Any]
) -> None:
    """The scale where bugle.toml says nothing: the first step whose facts hold, and which they are."""
    judged = judge(DEFAULT_SCALE, Facts(impact, workaround))
    assert (judged.severity.key, judged.reasons) == (severity, reasons)


@pytest.mark.parametrize("impact", [Impact.BLOCKED, Impact.DIFFICULT])
def test_ten_customers_with_a_workaround_are_high(impact: Impact) -> None:
    """In the scale where bugle.toml says nothing, the number of customers raises what is bearable for one."""
    assert judge(DEFAULT_SCALE, Facts(impact, Workaround.USED, 9)).severity.key == "medium"
    assert judge(DEFAULT_SCALE, Facts(impact, Workaround.USED, 10)).severity.key == "high"


@pytest.mark.parametrize(("customers", "severity"), [(0, "rest"), (9, "rest"), (10, "wide"), (11, "wide")])
def test_many_customers_make_it_worse(customers: int, severity: str) -> None:
    """A rule may ask for so many customers at least."""
    wide = Severity("wide", "Wide", None, "", (Condition(frozenset({Impact.COSMETIC}), customers=10),))
    facts = Facts(Impact.COSMETIC, Workaround.NONE, customers)
    judged = judge((wide, Severity("rest", "Rest", None, "")), facts)
    assert judged.severity.key == severity
    assert judged.reasons == ({"impact": "cosmetic", "customers": 10} if severity == "wide" else {})
