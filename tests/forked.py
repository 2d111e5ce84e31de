"""`bugle` in processes of its own that load nothing: they are forked from one that has loaded everything."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.cli import main

LOADED = [
    __name__, "bot.app", "bot.check", "bot.commands", "bot.web",
    # These are loaded only when they are first needed.
    "alembic.command", "alembic.context", "apscheduler.triggers.date", "apscheduler.triggers.interval",
    "jira", "uvicorn.lifespan.on", "uvicorn.protocols.http.auto", "uvicorn.protocols.websockets.auto",
]  # fmt: skip


def start(
    arguments: Sequence[str], env: Mapping[str, str], folder: Path, out: Path, err: Path
) -> BaseProcess:
    """Start `bugle` in *folder* with this environment alone; what it says is added to two files.

    It is like `python -m bot` in all but the second of computing time that its imports take.
    """
    forks = get_context("forkserver")
    forks.set_forkserver_preload(LOADED)
    process = forks.Process(target=_work, args=(arguments, dict(env), folder, out, err))
    process.start()
    return process


def _work(arguments: Sequence[str], env: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    gc.freeze()  # what was forked stays as it is: collecting it would copy its memory
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    for path, number in ((out, 1), (err, 2)):
        with path.open("ab") as file:
            os.dup2(file.fileno(), number)
    sys.exit(main(arguments))
