"""Drafts: what somebody typed into a form is kept until they file it or discard it."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from storage import drafts, effects, reports
from storage.driver import Kind
from views.draft_notices import reminder
from views.drafted import State
from views.opening import Opening
from workflows.context import Context
from workflows.home_refreshing import refresh_home
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane

FRESH = timedelta(hours=24)
QUIET = timedelta(minutes=30)


def begin(ctx: Context, person: str, opening: Opening, state: State | None = None) -> None:
    """Keep what a form is to be opened with, before it is known whether Slack will show it.

    `state` is what its fields are to hold.
    """
    _keep(ctx, person, opening, state or {})


def seen(ctx: Context, person: str, opening: Opening, state: State, *, is_last: bool = False) -> None:
    """Keep a form as it is now, within a second; the last that is seen of it waits out whether it files."""
    if is_last:
        ctx.saves.ask_later(opening.nonce, partial(_keep_unfiled, ctx, person, opening, state))
    else:
        ctx.saves.ask(opening.nonce, partial(_keep, ctx, person, opening, state))


def filed(ctx: Context, nonce: str) -> None:
    """Delete in a second, in place of a save, what was kept of a form that was filed: its ack goes first."""
    ctx.saves.ask_later(nonce, partial(_forget, ctx, nonce))


def closed(ctx: Context, person: str, opening: Opening) -> None:
    """Keep at once what was seen last of a form that is no longer on the screen."""
    ctx.saves.flush(opening.nonce)
    with ctx.database.transaction() as tx:
        refresh_home(tx, ctx, person)


def _keep(ctx: Context, person: str, opening: Opening, state: State) -> None:
    with ctx.database.transaction() as tx:
        drafts.save(tx, opening.nonce, person, opening.kept(), state, now=ctx.now())


def _forget(ctx: Context, nonce: str) -> None:
    with ctx.database.transaction() as tx:
        drafts.forget(tx, nonce)


def _keep_unfiled(ctx: Context, person: str, opening: Opening, state: State) -> None:
    """Keep a form that was submitted, unless it filed a report: most do, and need no write."""
    with ctx.database.reading() as tx:
        is_filed = reports.with_nonce(tx, opening.nonce) is not None
    if not is_filed:
        _keep(ctx, person, opening, state)


def find(ctx: Context, nonce: str, person: str) -> drafts.DraftRow | None:
    """Return one of somebody's own drafts; None once it is filed or discarded."""
    ctx.saves.flush(nonce)
    with ctx.database.reading() as tx:
        draft = drafts.find(tx, nonce)
    return draft if draft is not None and draft.person == person else None


def to_continue(ctx: Context, person: str) -> drafts.DraftRow | None:
    """Return the draft that a new form should rather go on with: of today, and not set aside."""
    with ctx.database.reading() as tx:
        draft = drafts.to_continue(tx, person, ctx.now() - FRESH)
    return None if draft is None else find(ctx, draft.nonce, person)


def set_aside(ctx: Context, nonce: str, person: str) -> None:
    """Leave a draft for later: the next form starts empty."""
    _change_own(ctx, nonce, person, is_set_aside=True)


def go_on(ctx: Context, nonce: str, person: str) -> None:
    """Take up a draft that may have been set aside."""
    _change_own(ctx, nonce, person, is_set_aside=False)


def discard(ctx: Context, nonce: str, person: str) -> None:
    """Delete one of somebody's own drafts, at their wish."""
    with ctx.database.transaction() as tx:
        draft = drafts.find(tx, nonce)
        if draft is not None and draft.person == person:
            drafts.forget(tx, nonce)
            refresh_home(tx, ctx, person)


def remind(ctx: Context) -> None:
    """Decide the one reminder of each draft that was left alone for a while."""
    with ctx.database.transaction() as tx:
        now = ctx.now()
        for draft in drafts.due_for_reminder(tx, now - QUIET):
            args = {"draft": draft.nonce, "person": draft.person}
            lane = slack_lane(draft.person)
            effects.decide(tx, [Effect("remind_of_draft", f"remind_of_draft:{draft.nonce}", lane, args)], now)
            drafts.reminded(tx, draft.nonce, now)


def _change_own(ctx: Context, nonce: str, person: str, *, is_set_aside: bool) -> None:
    with ctx.database.transaction() as tx:
        draft = drafts.find(tx, nonce)
        if draft is not None and draft.person == person:
            drafts.set_aside(tx, nonce, ctx.now() if is_set_aside else None)


def _remind(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    draft = find(ctx, args["draft"], args["person"])
    if draft is None:
        return "filed or discarded since"
    person = ctx.slack.person(draft.person)
    if person.deleted:
        return "they are not there any more"
    message = reminder(draft.nonce, draft.opening, draft.state, person.language)
    channel = ctx.slack.direct_channel(draft.person)
    return ctx.slack.post(channel, message, key=attempt.key, doubt=attempt.doubt)


EFFECTS = (Kind("remind_of_draft", Gateway.SLACK, _remind, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
