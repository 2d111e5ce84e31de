"""Files of customers as other programs write them: their encoding and marks found out, read line by line.

Nothing of a file is held but the line at hand, whatever is in it.
"""

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from domain.customer_columns import known_in
from domain.customer_faults import Why

LINE_LIMIT = 100_000  # characters; a longer line is a bad one
RECORD_LIMIT = 50  # lines that one record may have: more, and a quotation mark was not closed
_PIECE = 1 << 20
_MARKS = ",;\t|"


class FileError(ValueError):
    """A file that is no table; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the number of its first line, and its cells, or why there are none."""

    number: int
    cells: list[str]
    fault: Why | None = None


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """A file whose form is known: its encoding, the mark between cells, and its first record.

    `size` is in bytes.
    """

    path: Path
    encoding: str
    mark: str
    header: tuple[str, ...]
    header_line: int
    size: int

    def rows(self) -> Iterator[tuple[Row, int]]:
        """Yield the records behind the header, and how many bytes are read by then."""
        with self.path.open("rb") as raw, _text(raw, self.encoding) as text:
            for row in _records(text, self.mark):
                if row.number > self.header_line:
                    yield row, raw.tell()


def open_file(path: Path, encoding: str | None = None) -> CustomerFile:
    """Find out what a file is: UTF-8 or UTF-16, Big5 or Windows-1252; comma, semicolon, tab or bar.

    OSError where it cannot be read; FileError where it is no such text, or has no header.
    """
    for each in [encoding] if encoding else _encodings(path):
        if not _is_text(path, each):
            continue
        mark, header, line = _header(path, each)
        if each != "cp950" or known_in(header):
            return CustomerFile(path, each, mark, header, line, path.stat().st_size)
    told = f"is no text in {encoding}" if encoding else "is no text in UTF-8, UTF-16, Big5 or Windows-1252"
    raise FileError(told)


def _encodings(path: Path) -> tuple[str, ...]:
    with path.open("rb") as raw:
        begins = raw.read(4000)
    if begins.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if begins[1::2].count(0) > len(begins) // 4:
        return ("utf-16-le",)
    if begins[::2].count(0) > len(begins) // 4:
        return ("utf-16-be",)
    # Big5 only where its header makes sense in it; Windows-1252 takes nearly anything, and comes last.
    return ("utf-8-sig", "cp950", "cp1252")


def _is_text(path: Path, encoding: str) -> bool:
    with path.open("rb") as raw:
        try:
            decoder = codecs.getincrementaldecoder(encoding)()
            while piece := raw.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except (UnicodeError, LookupError):
            return False
    return True


def _header(path: Path, encoding: str) -> tuple[str, tuple[str, ...], int]:
    """Return the mark between cells, the header, and the number of its line."""
    with path.open("rb") as raw, _text(raw, encoding) as text:
        lines = [line for line, _ in islice(_lines(text), 20)]
    told = next((line.strip()[4:] for line in lines[:1] if line.casefold().startswith("sep=")), "")
    first = next((line for line in lines if line.strip() and not line.casefold().startswith("sep=")), "")
    bare = "".join(first.split('"')[::2])  # what stands in quotation marks parts nothing
    mark = told if len(told) == 1 and told in _MARKS else max(_MARKS, key=bare.count)
    with path.open("rb") as raw, _text(raw, encoding) as text:
        for row in _records(text, mark):
            if row.fault is None and any(cell.strip() for cell in row.cells) and not _is_sep(row):
                return mark, tuple(row.cells), row.number
            if row.fault is not None:
                break
    raise FileError("has no header")


def _is_sep(row: Row) -> bool:
    return row.cells[0].casefold().startswith("sep=") and row.number == 1


def _text(raw: BinaryIO, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(raw, encoding, newline="")


class _UnclosedError(Exception):
    """A record that goes on for too long."""


class _Feed:
    """The lines of a text for csv, which can be given back those it took in vain."""

    def __init__(self, text: TextIO) -> None:
        self._lines = _lines(text)
        self._back: deque[tuple[str, bool]] = deque()
        self.taken: list[tuple[str, bool]] = []
        self.number = 0  # of the line taken last

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= RECORD_LIMIT:
            raise _UnclosedError
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        self.number += 1
        return line[0]

    def begin(self) -> None:
        """Begin another record."""
        self.taken = []

    def give_back(self) -> None:
        """Give back all lines of this record but its first."""
        self._back.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1


def _lines(text: TextIO) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it is whole; of one that is too long only how it begins."""
    while line := text.readline(LINE_LIMIT):
        whole = len(line) < LINE_LIMIT or line.endswith(("\n", "\r"))
        if whole:
            yield line, True
            continue
        while (rest := text.readline(LINE_LIMIT)) and not rest.endswith(("\n", "\r")):
            pass
        yield "\n", False


def _records(text: TextIO, mark: str) -> Iterator[Row]:
    feed = _Feed(text)
    reader = csv.reader(feed, delimiter=mark, strict=True)
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _UnclosedError):
            first = feed.number - len(feed.taken) + 1
            feed.give_back()
            reader = csv.reader(feed, delimiter=mark, strict=True)
            yield Row(first, [], Why.QUOTES)
            continue
        first = feed.number - len(feed.taken) + 1
        is_whole = all(whole for _, whole in feed.taken)
        yield Row(first, cells, None if is_whole else Why.TOO_LARGE)
