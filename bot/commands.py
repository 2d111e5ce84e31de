"""The commands that need the database: run, migrate, effects."""

import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.config import read_config
from bot.logs import set_up_logs
from bot.problems import Problem, SetupError
from bot.settings import environment, read_settings
from domain.effects import State
from storage import effects
from storage import migrate as migrations
from storage.database import Database
from storage.effects import EffectRow


def run() -> int:
    """Work until told to stop."""
    settings = read_settings(environment())
    config = read_config(settings.bugle_config)
    set_up_logs(settings)
    from bot.app import build  # noqa: PLC0415  (a wrong set-up is told before all that is loaded)
    from bot.web import serve  # noqa: PLC0415

    serve(build(settings, config))
    return 0


def migrate() -> int:
    """Bring the database to this version."""
    database = Database(read_settings(environment()).database_url)
    migrations.upgrade(database)
    sys.stdout.write(f"The database is at {migrations.revision(database)}.\n")
    return 0


def check_migrations() -> int:
    """Compare the migrations with the tables on a database made for it; 1 when a revision is missing."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'check.db'}")
        migrations.upgrade(database)
        differences = migrations.drift(database)
        database.close()
    for difference in differences:
        sys.stdout.write(f"no migration covers {difference}\n")
    return 1 if differences else 0


def look_after_effects(action: str, numbers: Sequence[int], state: str | None) -> int:
    """List effects, or retry or drop dead ones by their numbers."""
    if state is not None and state not in tuple(State):
        raise SetupError([Problem("--state", f"is {state!r}", f"choose from {', '.join(State)}")])
    if action != "list" and not numbers:
        raise SetupError([Problem("number", "is missing", f"say which: bugle effects {action} 12")])
    database = Database(read_settings(environment()).database_url)
    now = datetime.now(UTC)
    refused = 0
    with database.transaction() as tx:
        if action == "list":
            for effect in effects.listed(tx, State(state) if state else None):
                sys.stdout.write(_line(effect))
        for number in numbers:
            changed = effects.retry(tx, number, now) if action == "retry" else effects.drop(tx, number)
            refused += not changed
            done = {"retry": "is tried again", "drop": "is given up"}[action]
            sys.stdout.write(f"effect {number} {done if changed else 'is not dead: nothing changed'}\n")
    database.close()
    return 1 if refused else 0


def _line(effect: EffectRow) -> str:
    due = f"{effect.due_at:%Y-%m-%d %H:%M:%S}"
    return f"{effect.id}\t{effect.state}\t{effect.kind}\t{effect.lane}\t{due}\t{effect.error or ''}\n"
