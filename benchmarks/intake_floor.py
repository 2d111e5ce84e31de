"""The floor of an intake: bare Starlette that commits one row before it answers, and nothing else.

Run as a process: `python -m benchmarks.intake_floor FOLDER PORT`.
"""

import sqlite3
import sys
import threading
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


def main(folder: Path, port: int) -> None:
    """Serve until SIGTERM."""
    database = sqlite3.connect(folder / "intake.db", isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE told (text BLOB)")
    lock = threading.Lock()

    def keep(body: bytes) -> None:
        with lock:
            database.execute("INSERT INTO told VALUES (?)", (body,))

    async def receive(request: Request) -> Response:
        await run_in_threadpool(keep, await request.body())
        return JSONResponse({"id": "kept"}, 201)

    app = Starlette(routes=[Route("/intake/{source}", receive, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
