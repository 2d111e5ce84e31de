"""The message that lists to somebody which customers of a report they have to tell, edited in place.

What is news comes as a new message, since nobody is called by an edit; the one before then says that it goes
on below. So there is one live message for each person and report.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from domain.effects import Attempt, Effect, Gateway
from domain.message import Message
from gateways.slack import Person
from storage import effects, loop_messages
from storage.database import Transaction
from storage.driver import Kind
from storage.loop_messages import LoopMessage
from views.loop_message import goes_on, loop_message
from workflows.context import Context
from workflows.home_refreshing import refresh_home
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane
from workflows.loops_shown import shown_to
from workflows.reaching import write_to

Place: TypeAlias = tuple[str, str | None]  # a report, and who reads of it; None: nobody


def show(tx: Transaction, ctx: Context, *, news: Collection[Place], others: Collection[Place]) -> None:
    """Decide that *news* is told by new messages, and that messages to the *others* show what is so now."""
    for report, person in sorted((report, person) for report, person in {*news, *others} if person):
        is_news = (report, person) in news
        message = loop_messages.changed(tx, report, person, is_news=is_news)
        refresh_home(tx, ctx, person)
        if message is None:
            continue
        args, lane = {"message": message.id}, slack_lane(person)
        if is_news:
            post = Effect("post_loops", f"post_loops:{message.id}:{message.asked}", lane, args)
            effects.decide_unless_waiting(tx, post, ctx.now())
        else:
            _edit_later(tx, ctx, message)


def _edit_later(tx: Transaction, ctx: Context, message: LoopMessage) -> None:
    if message.ts is not None and message.shown < message.version:
        key = f"edit_loops:{message.id}:{message.version}"
        edit = Effect("edit_loops", key, slack_lane(message.person), {"message": message.id})
        effects.decide_unless_waiting(tx, edit, ctx.now())


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any] | None:
    message, render = _rendered(ctx, args)
    if render is None:
        return None  # all of it was settled before it came to this
    written = write_to(ctx, message.person, render, attempt)
    if written is None:
        return {"unreachable": True}
    # A post found again after a doubt shows what was so when it was made.
    return {"channel": written[0], "ts": written[1], "shown": -1 if attempt.doubt else message.version}


def _posted(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any] | None) -> None:
    """Keep where the message is. Who cannot be reached keeps what is theirs until somebody else has it."""
    if result is None or "unreachable" in result:
        return
    before = loop_messages.get(tx, args["message"])
    loop_messages.posted(tx, before.id, **result)
    if before.ts is not None and before.ts != result["ts"]:
        place = {"channel": before.channel, "ts": before.ts, "person": before.person}
        retire = Effect(
            "retire_loops", f"retire_loops:{before.id}:{before.ts}", slack_lane(before.person), place
        )
        effects.decide(tx, [retire], ctx.now())
    _edit_later(tx, ctx, loop_messages.get(tx, before.id))


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any]:
    message, render = _rendered(ctx, args, also_done=True)
    if message.ts is not None and message.channel is not None and message.shown < message.version:
        assert render is not None
        ctx.slack.update(message.channel, message.ts, render(ctx.slack.person(message.person)))
    return {"ts": message.ts, "shown": message.version}


def _edited(tx: Transaction, _: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    loop_messages.shows(tx, args["message"], result["ts"], result["shown"])


def _retire(ctx: Context, args: Mapping[str, Any], _: Attempt) -> None:
    """Say in a message that was overtaken that it goes on below, so that there is one to press."""
    language = ctx.slack.person(args["person"]).language
    ctx.slack.update(args["channel"], args["ts"], goes_on(language))


def _rendered(
    ctx: Context, args: Mapping[str, Any], *, also_done: bool = False
) -> tuple[LoopMessage, Callable[[Person], Message] | None]:
    """Return the message and what renders it; None where nobody has to be told anything any more."""
    with ctx.database.reading() as tx:
        message = loop_messages.get(tx, args["message"])
        shown = shown_to(tx, ctx, message.report, message.person)
    if not shown.rows and not also_done:
        return message, None
    return message, lambda reader: loop_message(shown, reader.language)


EFFECTS = (
    Kind("post_loops", Gateway.SLACK, _post, _posted, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind("edit_loops", Gateway.SLACK, _edit, _edited, paces=(EDIT_PACE,)),
    Kind("retire_loops", Gateway.SLACK, _retire, paces=(EDIT_PACE,)),
)
