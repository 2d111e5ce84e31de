"""Looking at a ping again at a time, however often Bugle is stopped and started until then."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.escalation import Ping
from storage import effects
from storage.database import Transaction
from storage.driver import Kind
from workflows.context import Context

Ring = Callable[[Transaction, Context, Mapping[str, Any], None], None]


def set_alarm(tx: Transaction, ctx: Context, name: str, pinged: Ping, at: datetime, **args: str) -> None:
    """Decide that an alarm rings about a ping at `at` (aware); set twice for one second it rings once."""
    key = ":".join([name, pinged.report, str(pinged.number), *args.values(), f"{at.timestamp():.0f}"])
    told = {"report": pinged.report, "number": pinged.number, **args}
    # A lane of its own: waiting in it holds nothing else up.
    effects.decide(tx, [Effect(name, key, f"escalation:{pinged.report}", told, due_at=at)], ctx.now())


def alarm(name: str, ring: Ring) -> Kind[Context]:
    """Return the kind of effect whose time comes and nothing else: `ring` then looks what is to be done."""
    return Kind(name, Gateway.SLACK, _only_wait, ring)


def _only_wait(_: Context, __: Mapping[str, Any], ___: Attempt) -> None:
    """Do nothing outside: that the time has come is all."""
