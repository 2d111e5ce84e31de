"""What `bugle customers import` writes. The command line speaks English."""

from collections.abc import Iterator

from domain.customer_columns import Columns
from domain.customer_faults import Why
from domain.customer_lines import BadLine, Problem
from domain.customer_tally import Done, Tally
from views.customer_faults import fault
from views.text import cut, translator

_ABOUT_A_LINE = {Why.QUOTES, Why.TOO_LARGE, Why.CELLS}


def columns_found(columns: Columns, encoding: str, mark: str) -> str:
    """Return how a file is read: what each column holds."""
    name = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}[mark]
    lines = [f"Read as {encoding.removesuffix('-sig')} with {name}."]
    lines += [f"  {columns.header[place]} -> {field}" for field, place in columns.fields.items()]
    lines += [f"  {columns.header[place]} -> free field" for place in columns.free.values()]
    lines += [f"  {columns.header[place] or 'a column without header'}: ignored" for place in columns.ignored]
    return "\n".join(lines) + "\n"


def bad_line(line: BadLine) -> str:
    """Return all that is wrong with a line, its number first."""
    return "".join(f"line {line.number}: {said}\n" for said in _said(line))


def _said(line: BadLine) -> Iterator[str]:
    for problem in line.problems:
        yield f"{_where(problem)}{_reason(problem)}"


def _where(problem: Problem) -> str:
    text = repr(cut(problem.text, 60)) if problem.text and problem.why not in _ABOUT_A_LINE else ""
    return "".join(f"{part}: " for part in (problem.column and cut(problem.column, 60), text) if part)


def _reason(problem: Problem) -> str:
    said = fault(translator("en"), problem.why)
    if problem.why is Why.REPEATED:
        return f"Line {problem.other} is about the same customer."
    if problem.why is Why.UNCLEAR_DATE:
        return f"{said.removesuffix('.')}, or say what comes first with --dates."
    if problem.why is Why.NO_PERSON:
        return f"{said} Leave the column out with --map '{problem.column}=ignore'."
    return said


def progress(tally: Tally, share: float) -> str:
    """Return how far an import is: lines and percent."""
    return f"{tally.lines:,} lines, {share:.0%}"


def summary(tally: Tally, *, dry: bool) -> str:
    """Return what an import did, or would do."""
    counts = tally.done
    verb = "would be " if dry else ""
    said = [
        f"{counts[Done.ADDED]:,} {verb}added",
        f"{counts[Done.CHANGED]:,} {verb}changed",
        f"{counts[Done.UNCHANGED]:,} unchanged",
    ]
    if counts[Done.MERGED]:
        said.append(f"{counts[Done.MERGED]:,} merged into others before and left alone")
    if tally.bad:
        said.append(f"{tally.bad:,} bad lines not taken over")
    lines = [", ".join(said) + "."]
    if tally.other_tiers:
        named = ", ".join(f"{tier} ({count:,})" for tier, count in tally.other_tiers.most_common(10))
        lines.append(f"Tiers that [customers] in bugle.toml does not name: {named}.")
    if dry:
        lines.append("Nothing was changed.")
    return "\n".join(lines) + "\n"
