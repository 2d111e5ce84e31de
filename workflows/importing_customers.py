"""Taking a file of customers over into the directory, in short transactions that hold nobody up."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from domain.customer import folded
from domain.customer_faults import Why
from domain.customer_lines import BadLine, Line, LineReader, Problem
from domain.customer_tally import Done, Tally
from domain.effects import TryAgain, Unsure, Wait
from gateways.customer_files import CustomerFile, Row
from storage import customer_imports
from storage.customer_imports import OvertakenError
from storage.seen_before import SeenBefore
from workflows.context import Context

BATCH = 400  # lines in one transaction
_TRIES = 5


def take_over(
    ctx: Context,
    file: CustomerFile,
    reader: LineReader,
    *,
    dry: bool,
    refused: Callable[[BadLine], None],
    progress: Callable[[Tally, int], None],
) -> Tally:
    """Take over all lines that are good; doing it twice changes nothing, and dry nothing at all.

    *refused* is told of each bad line, *progress* after each batch with the bytes read so far. Outcome where
    Slack does not tell whose an e-mail address is: what was taken over before stays.
    """
    tally = Tally()
    with SeenBefore() as seen:
        lines = _Lines(ctx, reader, seen)
        for rows, read in _batches(file):
            good, bad, adopting = lines.of(rows)
            for line, done in zip(good, _keep(ctx, good, adopting, dry=dry), strict=True):
                if isinstance(done, Why):
                    bad.append(BadLine(line.number, (Problem(done, None, line.name or line.key or ""),)))
                else:
                    tally.done[done] += 1
                    _note_tier(ctx, line, tally)
            for each in sorted(bad, key=lambda line: line.number):
                tally.bad += 1
                refused(each)
            progress(tally, read)
    if not dry and tally.done[Done.ADDED] + tally.done[Done.CHANGED] > BATCH:
        ctx.database.look_over("customers")
    return tally


class _Lines:
    """Reads rows, and finds out what one alone does not tell: what came before, and whose address it has."""

    def __init__(self, ctx: Context, reader: LineReader, seen: SeenBefore) -> None:
        self._ctx = ctx
        self._reader = reader
        self._seen = seen
        self._people: dict[str, str | None] = {}

    def of(self, rows: Sequence[Row]) -> tuple[list[Line], list[BadLine], frozenset[int]]:
        """Return the good lines, the bad ones, and the numbers of those whose name no line had before."""
        good: list[Line] = []
        bad: list[BadLine] = []
        adopting = set()
        for row in rows:
            line = self._line(row)
            if isinstance(line, Line):
                before, is_first = self._before(line)
                if before is not None:
                    line = BadLine(
                        line.number, (Problem(Why.REPEATED, None, line.key or line.name or "", before),)
                    )
                elif is_first:
                    adopting.add(line.number)
            if isinstance(line, Line):
                good.append(line)
            elif line is not None:
                bad.append(line)
        return good, bad, frozenset(adopting)

    def _line(self, row: Row) -> Line | BadLine | None:
        if row.fault is not None:
            return BadLine(row.number, (Problem(row.fault),))
        line = self._reader.read(row.number, row.cells)
        owner = line.values.get("owner") if isinstance(line, Line) else None
        if owner is None or "@" not in owner or not isinstance(line, Line):
            return line
        if owner not in self._people:
            self._people[owner] = _patiently(lambda: self._ctx.slack.person_by_email(owner))
        if (person := self._people[owner]) is None:
            return BadLine(line.number, (Problem(Why.UNKNOWN_PERSON, None, owner),))
        return replace(line, values={**line.values, "owner": person})

    def _before(self, line: Line) -> tuple[int | None, bool]:
        """Return the earlier line about the same customer, or None, and whether its name is new."""
        same_name = self._seen.first(f"name:{folded(line.name)}", line.number) if line.name else None
        if line.key:
            return self._seen.first(f"key:{line.key}", line.number), same_name is None
        return same_name, same_name is None


def _keep(ctx: Context, lines: Sequence[Line], adopting: frozenset[int], *, dry: bool) -> list[Done | Why]:
    if dry:
        with ctx.database.reading() as tx:
            return customer_imports.take_over(tx, lines, adopting, ctx.now(), dry=True)
    for _ in range(_TRIES):
        try:
            with ctx.database.transaction() as tx:
                return customer_imports.take_over(tx, lines, adopting, ctx.now(), dry=False)
        except OvertakenError:
            continue
    raise OvertakenError


def _patiently(ask: Callable[[], str | None]) -> str | None:
    """Ask Slack, waiting as long as it says; a few times again where it does not answer."""
    for tries in range(1, _TRIES + 1):
        try:
            return ask()
        except Wait as told:
            threading.Event().wait(told.seconds)
        except (TryAgain, Unsure):
            if tries == _TRIES:
                raise
            threading.Event().wait(tries)
    return ask()


def _batches(file: CustomerFile) -> Iterator[tuple[list[Row], int]]:
    rows: list[Row] = []
    read = 0
    for row, read in file.rows():
        rows.append(row)
        if len(rows) == BATCH:
            yield rows, read
            rows = []
    if rows:
        yield rows, read


def _note_tier(ctx: Context, line: Line, tally: Tally) -> None:
    tier = line.values.get("tier")
    if tier is not None and ctx.config.customers.tiers and tier not in ctx.config.customers.tiers:
        tally.other_tiers[tier[:64]] += 1
