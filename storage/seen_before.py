"""What a long file has said already: kept beside the database, on disk, so that memory stays flat."""

import sqlite3
from types import TracebackType
from typing import Self


class SeenBefore:
    """Remembers in which line each of millions of texts came first; gone when left."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("", isolation_level=None)  # a file of its own that SQLite removes
        self._kept.execute("CREATE TABLE seen (text TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")

    def __enter__(self) -> Self:
        self._kept.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kept.close()

    def first(self, text: str, line: int) -> int | None:
        """Return the earlier line that said this, or None: this one does."""
        if self._kept.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (text, line)).rowcount:
            return None
        found = self._kept.execute("SELECT line FROM seen WHERE text = ?", (text,)).fetchone()
        return int(found[0])
