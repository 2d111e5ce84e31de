"""Telling a customer, in the channel shared with it, how far we are: only what somebody saw and confirmed.

`post_outside` decides the post of what was confirmed. Posts and edits ask again at the last moment who reads
the channel (`workflows/outside_view.py`). An edit changes what the state says and nothing else: for that
nobody is asked twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from domain.customer_issue import CustomerIssue
from domain.effects import Attempt, Effect, Gateway
from domain.privacy import Stop
from domain.report import Report
from storage import audit, customer_issues, customer_posts, effects, outside_messages
from storage.audit import About, Deed
from storage.customer_posts import Form
from storage.database import Transaction
from storage.driver import Kind
from storage.outside_messages import OutsideMessage
from views.outside_message import digest_of
from views.telling_outside import STATUS, stopped_note
from workflows import loop_telling
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane
from workflows.outside_view import Place, profile_of, render, why_not
from workflows.reaching import write_to


def post_outside(
    tx: Transaction,
    ctx: Context,
    issue: CustomerIssue,
    *,
    sentence: str,
    theirs: str,
    place: Place,
    confirmed_by: str,
    once: str = STATUS,
) -> OutsideMessage | None:
    """Decide that a customer is told what *confirmed_by* saw and let go out, in the language *theirs*.

    Each is posted *once*; None where somebody has let it go out before.
    """
    before = outside_messages.find(tx, issue.id, once)
    if before is not None and not before.may_be_tried_again:
        return None
    if before is not None:
        outside_messages.remove(tx, before.id)
    message = outside_messages.add(
        tx,
        customer_issue=issue.id,
        once=once,
        channel=place.channel,
        companies=place.companies,
        language=theirs,
        sentence=sentence,
        confirmed_by=confirmed_by,
        confirmed_at=ctx.now(),
    )
    if message is not None:
        effect = Effect(
            "post_outside", f"post_outside:{message.id}", slack_lane(place.channel), _args(message)
        )
        effects.decide(tx, [effect], ctx.now())
    return message


def refresh(tx: Transaction, ctx: Context, issue: CustomerIssue) -> None:
    """Decide the edits of what a customer reads of a customer issue that has changed."""
    _edit_all(tx, ctx, outside_messages.of_issue(tx, issue.id), f"i{issue.version}")


def refresh_of_report(tx: Transaction, ctx: Context, report: Report) -> None:
    """Decide the edits of what customers read of their customer issues that hang on a report."""
    _edit_all(tx, ctx, outside_messages.of_report(tx, report.id), f"r{report.id}:{report.version}")


def _edit_all(tx: Transaction, ctx: Context, messages: Iterable[OutsideMessage], version: str) -> None:
    for each in messages:
        if each.ts is not None:
            key = f"edit_outside:{each.id}:{version}"
            edit = Effect("edit_outside", key, slack_lane(each.channel), _args(each))
            effects.decide_unless_waiting(tx, edit, ctx.now())


def _args(message: OutsideMessage) -> dict[str, Any]:
    return {"message": message.id}


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any]:
    message, issue = _read(ctx, args)
    if (stop := why_not(ctx, message, issue)) is not None:
        return {"stopped": stop}
    said = render(ctx, message, issue)
    ts = ctx.slack.post(message.channel, said, key=attempt.key, doubt=attempt.doubt)
    # A post found again after a doubt shows what was so when it was made.
    return {"ts": ts, "shows": None if attempt.doubt else digest_of(said), "version": issue.version}


def _posted(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    message = outside_messages.get(tx, args["message"])
    issue = customer_issues.lock(tx, message.customer_issue)
    if "stopped" in result:
        _stop(tx, ctx, message, Stop(result["stopped"]))
        lane = slack_lane(message.confirmed_by)
        told = Effect("tell_not_posted", f"tell_not_posted:{message.id}", lane, _args(message))
        effects.decide(tx, [told], ctx.now())
        if message.once != STATUS:
            loop_telling.not_sent(tx, ctx, issue.id)
        return
    outside_messages.change(tx, message.id, ts=result["ts"], shows=result["shows"], stopped=None)
    place = {"audience": message.channel, "channel": message.channel, "ts": result["ts"]}
    if message.once == STATUS:
        customer_posts.add(
            tx,
            customer_issue=issue.id,
            form=Form.OUTSIDE,
            version=result["version"],
            confirmed_by=message.confirmed_by,
            **place,
        )
    _note(tx, ctx, message, Deed.POSTED)
    _edit_all(tx, ctx, [replace(message, ts=result["ts"])], f"p{issue.version}")


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any]:
    message, issue = _read(ctx, args)
    if (stop := why_not(ctx, message, issue)) is not None:
        return {"stopped": stop}
    said = render(ctx, message, issue)
    shows = digest_of(said)
    if message.ts is not None and message.shows != shows:
        ctx.slack.update(message.channel, message.ts, said)
    return {"shows": shows}


def _edited(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    message = outside_messages.get(tx, args["message"])
    if "stopped" in result:
        if message.stopped != result["stopped"]:
            _stop(tx, ctx, message, Stop(result["stopped"]))
    else:
        outside_messages.change(tx, message.id, shows=result["shows"], stopped=None)


def _tell_not_posted(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str | None:
    with ctx.database.reading() as tx:
        message = outside_messages.get(tx, args["message"])
        profile = profile_of(tx, customer_issues.get(tx, message.customer_issue))
    if message.stopped is None:
        return None
    stop, name = message.stopped, profile.name if profile else ""
    written = write_to(
        ctx,
        message.confirmed_by,
        lambda reader: stopped_note(stop, name, message.channel, reader.language),
        attempt,
    )
    return written[1] if written else None


def _stop(tx: Transaction, ctx: Context, message: OutsideMessage, stop: Stop) -> None:
    outside_messages.change(tx, message.id, stopped=stop)
    _note(tx, ctx, message, Deed.STOPPED, why=stop)


def _note(tx: Transaction, ctx: Context, message: OutsideMessage, deed: Deed, **details: str) -> None:
    audit.note(
        tx,
        deed,
        About.CUSTOMER_ISSUE,
        message.customer_issue,
        who=message.confirmed_by,
        now=ctx.now(),
        channel=message.channel,
        form=Form.OUTSIDE,
        **details,
    )


def _read(ctx: Context, args: Mapping[str, Any]) -> tuple[OutsideMessage, CustomerIssue]:
    with ctx.database.reading() as tx:
        message = outside_messages.get(tx, args["message"])
        return message, customer_issues.get(tx, message.customer_issue)


EFFECTS = (
    Kind("post_outside", Gateway.SLACK, _post, _posted, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind("edit_outside", Gateway.SLACK, _edit, _edited, paces=(EDIT_PACE,)),
    Kind("tell_not_posted", Gateway.SLACK, _tell_not_posted, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
)
