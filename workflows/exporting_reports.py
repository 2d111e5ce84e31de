"""Writing all reports with their history and times, for whoever wants to count them elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from domain.formulas import defused
from domain.promise import Kind, Standing, by_kind
from domain.report import Report
from domain.report_times import Event, Times, times_of
from storage import report_events, reports
from workflows import promised
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

    Times are ISO 8601 in UTC, and beside each but the first the seconds since the report was filed;
    then until when what was promised, and whether that was kept (yes, no, or nothing while it is open). No
    spreadsheet runs what is in it.
    """
    since = [f"{name}_after_seconds" for name in _TIMES[1:]]
    promised_columns = [f"{kind}_{each}" for kind in Kind for each in ("promised_by", "kept")]
    yield [*_FACTS, "state", *(f"{name}_at" for name in _TIMES), *since, *promised_columns]
    for report, events, standing in _histories(ctx):
        times = times_of(report.filed_at, events)
        found = [getattr(times, name) for name in _TIMES]
        yield [
            *("" if value is None else defused(str(value)) for value in _facts(report).values()),
            *("" if at is None else at.isoformat() for at in found),
            *("" if at is None else f"{(at - times.filed).total_seconds():.0f}" for at in found[1:]),
            *(value for told in _promises(standing).values() for value in _cells(told)),
        ]


def lines(ctx: Context) -> Iterator[str]:
    """Yield a line of JSON for each report, the oldest first, with everything that happened to it."""
    for report, events, standing in _histories(ctx):
        times = times_of(report.filed_at, events)
        told: dict[str, Any] = {
            **_facts(report),
            "times": asdict(times),
            "promises": _promises(standing),
            "events": [asdict(each) for each in events],
        }
        yield json.dumps(told, ensure_ascii=False, default=lambda at: at.isoformat())


def _facts(report: Report) -> dict[str, Any]:
    return {**{name: getattr(report, name) for name in _FACTS}, "state": str(report.triage.state)}


def _promises(standing: Iterable[Standing]) -> dict[Kind, dict[str, Any]]:
    """Return until when each is promised, by what is promised today, and whether that was kept, if known."""
    found = by_kind(standing)
    return {
        kind: {"by": found[kind].due, "kept": found[kind].was_kept} if kind in found else {} for kind in Kind
    }


def _cells(told: Mapping[str, Any]) -> tuple[str, str]:
    by, kept = told.get("by"), told.get("kept")
    return "" if by is None else by.isoformat(), "" if kept is None else "yes" if kept else "no"


def _histories(ctx: Context) -> Iterator[tuple[Report, list[Event], tuple[Standing, ...]]]:
    """Yield every report with what happened to it, and how its promises stand.

    It is read in pages, so that no transaction is held.
    """
    after = ""
    while True:
        with ctx.database.reading() as tx:
            page = reports.page(tx, after)
            events = report_events.of_reports(tx, [each.id for each in page])
            standing = {each.id: promised.standing_by(tx, ctx, each, events[each.id]) for each in page}
        for report in page:
            yield report, events[report.id], standing[report.id]
        if not page:
            return
        after = page[-1].id
