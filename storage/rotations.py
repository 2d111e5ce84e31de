"""Rotations as they are kept: from bugle.toml on the first start, ours from then on."""

import json
from functools import lru_cache

from sqlalchemy import Row, Text, bindparam, cast, select, update

from domain.revisions import History
from domain.rotation_profile import KeptRotation, Profile, profile_from_dict, profile_to_dict
from domain.rotation_record import history_from_dict, history_to_dict
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import rotations

# Built once: every filing asks it.
_ALL = select(
    rotations.c.key,
    rotations.c.name,
    rotations.c.version,
    cast(rotations.c.history, Text).label("history"),
    cast(rotations.c.profile, Text).label("profile"),
).order_by(rotations.c.key)
_ONE = _ALL.where(rotations.c.key == bindparam("asked"))


def all_kept(tx: Transaction) -> list[KeptRotation]:
    """Return every rotation, also those that have ended, by their keys."""
    return [_kept(row) for row in tx.execute(_ALL)]


def find(tx: Transaction, key: str) -> KeptRotation | None:
    """Return a rotation with all its revisions, or None."""
    row = tx.execute(_ONE, {"asked": key}).first()
    return None if row is None else _kept(row)


def lock(tx: Transaction, key: str) -> KeptRotation | None:
    """Return a rotation that nobody else changes before this transaction ends, or None."""
    row = tx.execute(_ONE.with_for_update(), {"asked": key}).first()
    return None if row is None else _kept(row)


def add_new(tx: Transaction, key: str, profile: Profile, history: History) -> bool:
    """Keep a rotation unless one of this key is kept already; tell whether it was new.

    One that an older version kept, without its settings, is given these.
    """
    row = {"key": key, "name": profile.name, "history": history_to_dict(history), "version": 1}
    if insert_new(tx, rotations, [row | {"profile": profile_to_dict(profile)}]) == 1:
        return True
    bare = (rotations.c.key == key, rotations.c.profile.is_(None))
    tx.execute(update(rotations).where(*bare).values(profile=profile_to_dict(profile)))
    return False


def change(
    tx: Transaction, kept: KeptRotation, *, profile: Profile | None = None, history: History | None = None
) -> KeptRotation:
    """Give a locked rotation other settings, another history or both; return it as it is then."""
    changed = KeptRotation(kept.key, profile or kept.profile, history or kept.history, kept.version + 1)
    tx.execute(
        update(rotations)
        .where(rotations.c.key == kept.key)
        .values(
            name=changed.name,
            profile=profile_to_dict(changed.profile),
            history=history_to_dict(changed.history),
            version=changed.version,
        )
    )
    return changed


def _kept(row: Row[tuple[str, str, int, str, str]]) -> KeptRotation:
    return _read(row.key, row.name, row.version, row.history, row.profile)


@lru_cache(maxsize=1024)
def _read(key: str, name: str, version: int, history: str, profile: str | None) -> KeptRotation:
    """Return the rotation in a row; all are asked for at each filing and change a few times a year."""
    settings = profile_from_dict(json.loads(profile)) if profile else Profile(name)
    return KeptRotation(key, settings, history_from_dict(json.loads(history)), version)
