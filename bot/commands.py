"""The commands that need the database: run, migrate, effects."""

import gc
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.checks.database import missing_file, not_at_head, unusable
from bot.config import read_config
from bot.logs import set_up_logs, without_secrets
from bot.problems import Problem, SetupError
from bot.settings import Settings, environment, intake_problems, read_settings
from domain.effects import State
from storage import effects
from storage import migrate as migrations
from storage.database import Database
from storage.effects import EffectRow
from workflows.context import Context


def run() -> int:
    """Work until told to stop."""
    settings = read_settings(environment())
    config = read_config(settings.bugle_config)
    if problems := intake_problems(settings, config.intakes):
        raise SetupError(problems)
    set_up_logs(settings)
    with opened(settings):
        pass  # a database that does not answer is told in a line, and not while everything starts
    from bot.app import build  # noqa: PLC0415  (a wrong set-up is told before all that is loaded)
    from bot.web import serve  # noqa: PLC0415

    bugle = build(settings, config)
    _let_acks_go_first()
    serve(bugle)
    return 0


def _let_acks_go_first() -> None:
    # By default a thread that computes keeps the others waiting for 5 ms whenever they come back from the
    # database, and an ack comes back from it a dozen times.
    sys.setswitchinterval(0.0001)
    gc.collect()
    gc.freeze()  # what is loaded stays: each full collection would look at all of it


def migrate() -> int:
    """Bring the database to this version."""
    with opened(read_settings(environment())) as database:
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
    if action == "list" and numbers:
        raise SetupError([Problem("number", "is of no use to list", "choose with --state")])
    now = datetime.now(UTC)
    refused = 0
    with opened(read_settings(environment()), at_head=True) as database, database.transaction() as tx:
        if action == "list":
            for effect in effects.listed(tx, State(state) if state else None):
                sys.stdout.write(_line(effect))
        for number in numbers:
            changed = effects.retry(tx, number, now) if action == "retry" else effects.drop(tx, number)
            refused += not changed
            done = {"retry": "is tried again", "drop": "is given up"}[action]
            sys.stdout.write(f"effect {number} {done if changed else 'is not dead: nothing changed'}\n")
    return 1 if refused else 0


@contextmanager
def opened(settings: Settings, *, at_head: bool = False) -> Iterator[Database]:
    """Yield the database; SetupError where it does not answer or, with *at_head*, is not migrated."""
    with closing(Database(settings.database_url)) as database:
        try:
            missing = missing_file(database) if at_head else None
            problem = missing or not_at_head(database)
        except SQLAlchemyError as error:
            found = unusable(error)
            shown = replace(found, what=without_secrets(found.what, settings.secrets()))
            raise SetupError([shown]) from None
        if at_head and problem is not None:
            raise SetupError([problem])
        yield database


@contextmanager
def context_of_commands() -> Iterator[Context]:
    """Yield what workflows need, with nothing started; SetupError where the set-up is wrong."""
    settings = read_settings(environment())
    config = read_config(settings.bugle_config)
    with opened(settings, at_head=True):
        pass  # it answers and is at head
    from bot.app import build  # noqa: PLC0415  (a wrong set-up is told before all that is loaded)

    bugle = build(settings, config)
    bugle.clock.start(lambda: None)
    try:
        yield bugle.context
    finally:
        bugle.clock.stop()
        bugle.context.database.close()


def _line(effect: EffectRow) -> str:
    due = f"{effect.due_at:%Y-%m-%d %H:%M:%S}"
    return f"{effect.id}\t{effect.state}\t{effect.kind}\t{effect.lane}\t{due}\t{effect.error or ''}\n"
