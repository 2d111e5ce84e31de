"""Whether the database can be used and is at head, and keeps rotations as bugle.toml has them."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.checks.findings import Finding, Fine, Note
from bot.problems import Problem
from bot.settings import Settings
from domain.config import Config
from domain.rotation_drift import drift_of_settings
from domain.rotation_record import Drift, drift
from storage import migrate, rotations
from storage.database import Database
from workflows.rotating import first_profile

_WHERE = "DATABASE_URL"


def check_database(settings: Settings, config: Config | None) -> Iterator[Finding]:
    """Yield what is found about the database; it is only read, and no file is made."""
    with closing(Database(settings.database_url)) as database:
        missing = missing_file(database)
        if missing is not None:
            yield missing
            return
        try:
            yield from _standing(database, config, str(settings.bugle_config))
        except SQLAlchemyError as error:
            yield unusable(error)


def unusable(error: SQLAlchemyError) -> Problem:
    """Return the problem with a database that does not answer as it must; it may show the password."""
    said = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()
    fix = "see that it runs, and that the address, the user and the password are right"
    return Problem(_WHERE, f"cannot be used ({said[0] if said else type(error).__name__})", fix)


def not_at_head(database: Database) -> Problem | None:
    """Return the problem with a database whose migrations are behind this version."""
    if migrate.is_current(database):
        return None
    at = migrate.revision(database) or "no revision"
    return Problem(_WHERE, f"is at {at}, not at {migrate.head()}", "run `bugle migrate`")


def missing_file(database: Database) -> Problem | None:
    """Return the problem with an SQLite file that is not there: looking into it would make it."""
    name = database.url.database
    if not database.is_sqlite or not name or name == ":memory:" or Path(name).exists():
        return None
    folder = Path(name).absolute().parent
    if not folder.is_dir():
        return Problem(_WHERE, f"is in {folder}, which is no folder", "make that folder, or correct the path")
    return Problem(_WHERE, f"has no file {name} yet", "run `bugle migrate`")


def _standing(database: Database, config: Config | None, file: str) -> Iterator[Finding]:
    behind = not_at_head(database)
    if behind is not None:
        yield behind
        return
    at, head = migrate.revision(database), migrate.head()
    yield Fine(_WHERE, f"the database is at {at}")
    if at != head:
        yield Note(_WHERE, f"the database is newer than this version of Bugle, which is at {head}")
    if config is not None:
        yield from _rotations(database, config, file)


def _rotations(database: Database, config: Config, file: str) -> Iterator[Finding]:
    for number, entry in enumerate(config.rotations):
        with database.reading() as tx:
            kept = rotations.find(tx, entry.key)
        where = f"{file}: rotations[{number}]"
        if kept is None:
            yield Note(where, f"{entry.key} is not kept yet: the next start takes it over")
            continue
        settings = drift_of_settings(entry, first_profile(config, entry.key), kept)
        balanced = kept.profile.is_balanced
        found = (*drift(entry.rotation, kept.history.latest, is_balanced=balanced), *settings)
        yield from (_drifted(where, entry.key, each) for each in found)
        if not found:
            yield Fine(where, f"{entry.key} is kept as it is here")


def _drifted(where: str, key: str, drift: Drift) -> Problem:
    kept, written = _as_toml(drift.field, drift.kept), _as_toml(drift.field, drift.written)
    fix = "leave it out" if drift.kept is None else f"write {drift.field} = {kept}"
    return Problem(
        f"{where}.{drift.field}",
        f"is {written}, but {key} is kept, and followed, with {kept}",
        f"{fix} (only a rotation with a new key is taken over from here)",
    )


def _as_toml(field: str, value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        days = json.dumps(value["days"])
        return f"{{ days = {days}, start = {value['start']}, end = {value['end']} }}"
    return f"{value}:00" if field == "start" else json.dumps(value)
