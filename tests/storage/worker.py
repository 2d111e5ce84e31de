"""A process that runs effects against an outside world, one file, until its input ends or it is killed.

Started as `python worker.py DATABASE_URL LEDGER`. It says its driver's name once it runs. Each line of the
ledger is `seconds pid word key`, appended whole: a post was `tried`, tried when `doubted`, or `posted`.
"""

import os
import random
import sys
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.effects import Attempt, Gateway
from storage.database import Database, Transaction
from storage.driver import Driver, Kind
from storage.tables import inbox


class Ledger:
    """The outside world: takes what is posted, doubles too, and can be asked what it took."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = os.open(path, os.O_APPEND | os.O_WRONLY | os.O_CREAT)

    def post(self, key: str) -> None:
        """Take one post."""
        self.write("posted", key)

    def has(self, key: str) -> bool:
        """Tell whether a post has been taken."""
        lines = Path(self._path).read_text(encoding="utf-8").splitlines()
        return any(line.split()[2:] == ["posted", key] for line in lines)

    def write(self, word: str, key: str) -> None:
        """Append a line, in one write."""
        os.write(self._file, f"{time.monotonic()} {os.getpid()} {word} {key}\n".encode())


def post(ledger: Ledger, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any]:
    """Post once: ask first when in doubt; dawdle before and after, so that kills meet every moment."""
    ledger.write("doubted" if attempt.doubt else "tried", attempt.key)
    dawdle()
    if attempt.doubt and ledger.has(attempt.key):
        return {"found": args["key"]}
    ledger.post(attempt.key)
    dawdle()
    return {"posted": args["key"]}


def dawdle() -> None:
    """Take up to thirty milliseconds."""
    threading.Event().wait(random.random() * 0.03)  # noqa: S311


def record(tx: Transaction, _ledger: Ledger, args: Mapping[str, Any], _result: Any) -> None:
    """Leave a mark; a second one of the same effect would be refused."""
    tx.execute(inbox.insert().values(id=f"recorded {args['key']}", received_at=datetime.now(UTC)))


def main(url: str, path: str) -> None:
    """Run effects until the input ends."""
    database = Database(url)
    driver = Driver(
        database,
        [Kind("post", Gateway.SLACK, post, record)],
        Ledger(path),
        now=lambda: datetime.now(UTC),
        probes={},
        on_dead=lambda *_: None,
        workers=4,
    )
    driver.start()
    print(driver.owner, flush=True)  # noqa: T201  (how its parent knows it)
    sys.stdin.read()
    driver.stop()
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
