"""Writing all reports with their history and times, for whoever wants to count them elsewhere."""

import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

from domain.formulas import defused
from domain.report import Report
from domain.report_times import Event, Times, times_of
from storage import report_events, reports
from workflows.context import Context

_TIMES = tuple(each.name for each in fields(Times))
_FACTS = (
    "id",
    "issue_key",
    "product",
    "area",
    "severity",
    "impact",
    "workaround",
    "reporter",
    "taken_by",
    "customers",
)


def table(ctx: Context) -> Iterator[list[str]]:
    """Yield a header and a row for each report, the oldest first: what it is, how it stands, its times.

    Times are ISO 8601 in UTC, and beside each but the first the seconds since the report was filed. No
    spreadsheet runs what is in it.
    """
    since = [f"{name}_after_seconds" for name in _TIMES[1:]]
    yield [*_FACTS, "state", *(f"{name}_at" for name in _TIMES), *since]
    for report, events in _histories(ctx):
        times = times_of(report.filed_at, events)
        found = [getattr(times, name) for name in _TIMES]
        yield [
            *("" if value is None else defused(str(value)) for value in _facts(report).values()),
            *("" if at is None else at.isoformat() for at in found),
            *("" if at is None else f"{(at - times.filed).total_seconds():.0f}" for at in found[1:]),
        ]


def lines(ctx: Context) -> Iterator[str]:
    """Yield a line of JSON for each report, the oldest first, with everything that happened to it."""
    for report, events in _histories(ctx):
        times = times_of(report.filed_at, events)
        told: dict[str, Any] = {
            **_facts(report),
            "times": asdict(times),
            "events": [asdict(each) for each in events],
        }
        yield json.dumps(told, ensure_ascii=False, default=lambda at: at.isoformat())


def _facts(report: Report) -> dict[str, Any]:
    return {**{name: getattr(report, name) for name in _FACTS}, "state": str(report.triage.state)}


def _histories(ctx: Context) -> Iterator[tuple[Report, list[Event]]]:
    """Yield every report with what happened to it; read in pages, so that no transaction is held."""
    after = ""
    while True:
        with ctx.database.reading() as tx:
            page = reports.page(tx, after)
            events = report_events.of_reports(tx, [each.id for each in page])
        for report in page:
            yield report, events[report.id]
        if not page:
            return
        after = page[-1].id
