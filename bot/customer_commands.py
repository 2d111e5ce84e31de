"""`bugle customers`: the directory into Bugle and out of it."""

import csv
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bot.commands import context_of_commands
from bot.problems import Problem, SetupError
from domain.customer_columns import AS_FREE, IGNORE, Columns, HeaderError, read_header
from domain.customer_dates import Order
from domain.customer_headers import Field
from domain.customer_lines import LineReader
from domain.customer_tally import Tally
from domain.effects import Outcome
from gateways.customer_files import CustomerFile, FileError, open_file
from views import customer_import as say
from workflows import exporting_customers, importing_customers

_EVERY = 0.5  # seconds between two lines of progress


def take_over(file: str, told: Sequence[str], *, dry: bool, dates: str | None, encoding: str | None) -> int:
    """Take a file of customers over; 1 where a line of it was bad."""
    found = _opened(Path(file), encoding)
    columns = _columns(found, told)
    sys.stderr.write(say.columns_found(columns, found.encoding, found.mark))
    progress = _Progress(found.size)
    with context_of_commands() as ctx:
        reader = LineReader(columns, ctx.config.customers, Order(dates) if dates else None)
        try:
            tally = importing_customers.take_over(
                ctx,
                found,
                reader,
                dry=dry,
                refused=lambda line: progress.interrupt(say.bad_line(line)),
                progress=progress.show,
            )
        except Outcome as error:
            fix = "give member IDs instead of addresses, or try again: what was taken over stays"
            raise SetupError(
                [Problem("Slack", f"does not tell whose an address is ({error})", fix)]
            ) from error
    progress.interrupt("")
    sys.stdout.write(say.summary(tally, dry=dry))
    return 1 if tally.bad else 0


def export(file: str | None) -> int:
    """Write all customers as CSV, to a file or to standard output."""
    with context_of_commands() as ctx, ExitStack() as stack:
        if file is None:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
            out = sys.stdout
        else:
            try:
                # With a byte order mark: Excel takes it for Windows-1252 otherwise.
                out = stack.enter_context(Path(file).open("w", encoding="utf-8-sig", newline=""))
            except OSError as error:
                raise SetupError([_unreadable(Path(file), error, "written")]) from error
        csv.writer(out, lineterminator="\n").writerows(exporting_customers.rows(ctx))
    return 0


class _Progress:
    """One line on standard error that says how far it is, where somebody looks at it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._shown_at = 0.0
        self._is_there = False

    def show(self, tally: Tally, read: int) -> None:
        """Show how far it is, not more often than can be read."""
        now = time.monotonic()
        if now - self._shown_at < _EVERY:
            return
        self._shown_at = now
        said = say.progress(tally, min(read / max(self._size, 1), 1))
        sys.stderr.write(f"\r{said}\x1b[K" if sys.stderr.isatty() else f"{said}\n")
        sys.stderr.flush()
        self._is_there = sys.stderr.isatty()

    def interrupt(self, text: str) -> None:
        """Write something in place of the progress."""
        sys.stderr.write(f"\r\x1b[K{text}" if self._is_there else text)
        self._is_there = False


def _opened(path: Path, encoding: str | None) -> CustomerFile:
    try:
        return open_file(path, encoding)
    except OSError as error:
        raise SetupError([_unreadable(path, error, "read")]) from error
    except FileError as error:
        fix = "give CSV with a header, in the encoding that --encoding names"
        raise SetupError([Problem(str(path), str(error), fix)]) from error


def _unreadable(path: Path, error: OSError, done: str) -> Problem:
    return Problem(str(path), f"cannot be {done} ({error.strerror})", "name a file")


def _columns(file: CustomerFile, told: Sequence[str]) -> Columns:
    wrong = [each for each in told if not all(each.rpartition("=")[::2])]
    if wrong:
        raise SetupError([Problem("--map", f"is {each!r}", "say 'Column=field'") for each in wrong])
    pairs = {each.rpartition("=")[0]: each.rpartition("=")[2].strip() for each in told}
    try:
        return read_header(file.header, pairs)
    except HeaderError as error:
        known = ", ".join((*Field, IGNORE, AS_FREE))
        fix = f"say what columns hold with --map 'Column=field'; fields are {known}"
        raise SetupError([Problem(f"{file.path}: {error.column!r}", str(error), fix)]) from error
