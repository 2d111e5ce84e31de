"""Reports as views are shown them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from domain.config import Product
from domain.happened import Happened
from domain.report import Impact, Report, Workaround
from domain.severity import DEFAULT_SCALE
from views.report_card import Shown

REPORT = Report(
    id="01K0000000000000000000000",
    reporter="U0ANA",
    reporter_name="ana",
    product="shop",
    area="Checkout",
    impact=Impact.BLOCKED,
    workaround=Workaround.NONE,
    severity="high",
    happened=Happened("1. Pay", "One charge", "The card is charged twice\nAnd again"),
    language="en",
    filed_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    on_duty="U0ELSA",
    acknowledged_by=None,
    acknowledged_at=None,
    taken_by=None,
    taken_at=None,
    issue_key=None,
    version=1,
)
PRODUCT = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")


def shown(**changes: Any) -> Shown:
    """Return a report, changed as asked, as a view gets it."""
    report = replace(REPORT, **changes)
    url = f"https://jira.example/browse/{report.issue_key}" if report.issue_key else None
    return Shown(report, PRODUCT, DEFAULT_SCALE[1], url)
