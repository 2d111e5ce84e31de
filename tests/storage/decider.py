"""A process that decides effects and nothing else: a key a line comes in, and when it was committed goes out.

Started as `python decider.py DATABASE_URL`. Answers are seconds of the machine's monotonic clock.
"""

import sys
import time
from datetime import UTC, datetime

from domain.effects import Effect
from storage.database import Database
from storage.effects import decide

if __name__ == "__main__":
    database = Database(sys.argv[1])
    for line in sys.stdin:
        key = line.strip()
        with database.transaction() as tx:
            decide(
                tx, [Effect("post", key, f"lane of {key}", {"key": key})], datetime(2026, 1, 1, tzinfo=UTC)
            )
        print(time.monotonic(), flush=True)  # noqa: T201  (its answer)
    database.close()
