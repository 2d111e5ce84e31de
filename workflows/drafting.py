"""Drafts: what somebody typed into a form is kept until they file it or discard it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage import drafts
from workflows.context import Context


def keep(
    ctx: Context,
    nonce: str,
    person: str,
    opening: Mapping[str, Any],
    state: Mapping[str, Any],
    *,
    seen_at: datetime,
) -> None:
    """Keep a form as it was seen at a time (business, aware UTC), unless it was seen later already."""
    with ctx.database.transaction() as tx:
        drafts.save(tx, nonce, person, opening, state, now=seen_at)


def discard(ctx: Context, nonce: str, person: str) -> None:
    """Delete somebody's draft, at their wish; nobody else's."""
    with ctx.database.transaction() as tx:
        draft = drafts.find(tx, nonce)
        if draft is not None and draft.person == person:
            drafts.forget(tx, nonce)
