"""Who can be written to: people leave, and some may not be written to by apps. That is nobody's fault."""

from collections.abc import Callable

from domain.effects import Attempt, Never
from domain.message import Message
from gateways.slack import Person
from workflows.context import Context

# What Slack answers where somebody cannot be written to, whatever is written.
_OUT_OF_REACH = (
    "user_disabled",
    "user_not_found",
    "user_not_visible",
    "cannot_dm_bot",
    "cannot_dm_user",
)


def reader_of(ctx: Context, user: str) -> Person | None:
    """Return who is to be written to, or None where their account is closed."""
    person = ctx.slack.person(user)
    return None if person.deleted else person


def unreachable(refusal: Never) -> bool:
    """Tell whether Slack refused a message because of the person it is for."""
    return any(refusal.reason.endswith(f": {code}") for code in _OUT_OF_REACH)


def write_to(
    ctx: Context, user: str, message: Callable[[Person], Message], attempt: Attempt
) -> tuple[str, str] | None:
    """Write somebody a direct message; return its channel and ts, or None where they cannot be reached."""
    reader = reader_of(ctx, user)
    if reader is None:
        return None
    try:
        channel = ctx.slack.direct_channel(user)
        return channel, ctx.slack.post(channel, message(reader), key=attempt.key, doubt=attempt.doubt)
    except Never as refusal:
        if unreachable(refusal):
            return None
        raise
