"""Deciding that somebody's Home is shown anew: one publication for however many changes."""

from datetime import timedelta

from ulid import ULID

from domain.effects import Effect
from domain.report import Report
from storage import effects, homes
from storage.database import Transaction
from workflows.context import Context

LOOKED_AT = timedelta(days=7)


def refresh_home(tx: Transaction, ctx: Context, *people: str | None) -> None:
    """Show these people's Homes anew, where they looked at them lately."""
    known = {person for person in people if person is not None}
    for person in homes.among(tx, known, ctx.now() - LOOKED_AT):
        show_home(tx, ctx, person)


def refresh_homes_about(tx: Transaction, ctx: Context, report: Report) -> None:
    """Show the Homes anew of those whom a report concerns."""
    refresh_home(tx, ctx, report.reporter, report.taken_by, report.acknowledged_by, report.on_duty)


def show_home(tx: Transaction, ctx: Context, person: str) -> None:
    """Decide to show somebody's Home as it is then."""
    show = Effect("publish_home", f"publish_home:{person}:{ULID()}", f"home:{person}", {"person": person})
    effects.decide_unless_waiting(tx, show, ctx.now())
