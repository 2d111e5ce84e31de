"""`bugle export`: every report with its times, as CSV, or with all that happened to it, as JSON Lines."""

import csv
import sys
from contextlib import ExitStack
from pathlib import Path

from bot.commands import context_of_commands
from bot.problems import Problem, SetupError
from workflows import exporting_reports


def export(file: str | None, form: str) -> int:
    """Write all reports to a file or to standard output."""
    with context_of_commands() as ctx, ExitStack() as stack:
        if file is None:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
            out = sys.stdout
        else:
            try:
                out = stack.enter_context(Path(file).open("w", encoding="utf-8", newline=""))
            except OSError as error:
                problem = Problem(file, f"cannot be written ({error.strerror})", "name a file")
                raise SetupError([problem]) from error
        if form == "csv":
            csv.writer(out, lineterminator="\n").writerows(exporting_reports.table(ctx))
        else:
            out.writelines(f"{line}\n" for line in exporting_reports.lines(ctx))
    return 0
