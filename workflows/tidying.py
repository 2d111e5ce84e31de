"""Forgetting what no longer serves anybody."""

from datetime import UTC, datetime, timedelta

from storage import claims, drafts, effects, inbox, rotation_drafts
from workflows.catching_up import LOOK
from workflows.context import Context
from workflows.conversing import READS
from workflows.duty_places import LOOKS

EFFECTS_KEPT = timedelta(days=90)
LOOKS_KEPT = timedelta(days=2)  # most of them find that nothing is to be done
INBOX_KEPT = timedelta(days=2)
READS_KEPT = timedelta(hours=1)  # they hold what people said
DRAFTS_KEPT = timedelta(days=30)
FORMS_KEPT = timedelta(days=1)


def tidy(ctx: Context) -> None:
    """Delete finished effects, old receipts of requests and drafts, and paces that are long free."""
    with ctx.database.transaction() as tx:
        effects.forget_finished(tx, ctx.now() - EFFECTS_KEPT)
        effects.forget_finished(tx, ctx.now() - LOOKS_KEPT, LOOKS)
        effects.forget_finished(tx, ctx.now() - READS_KEPT, (*READS, LOOK))
        inbox.forget(tx, ctx.now() - INBOX_KEPT)
        drafts.forget_filed(tx)  # those of a program that ended in the second after
        drafts.forget_old(tx, ctx.now() - DRAFTS_KEPT)
        rotation_drafts.forget_old(tx, ctx.now() - FORMS_KEPT)
        claims.forget_free_paces(tx, datetime.now(UTC) - timedelta(hours=1))


def write_back(ctx: Context) -> None:
    """Keep the log of the database short: a commit is soonest on the disk where the file need not grow."""
    ctx.database.write_back()
