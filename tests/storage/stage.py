"""What the engine's tests play on: drivers whose effects end as told, and a record of all that happened."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select, text

from domain.effects import Attempt, Effect, Gateway, State
from storage import claims
from storage.claims import Batch, Claimed
from storage.database import Database, Transaction
from storage.driver import Buried, Driver, Kind
from storage.effects import decide, find
from storage.rows import insert_new
from storage.tables import effects, inbox, paces

T = TypeVar("T")

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def until(condition: Callable[[], T], within: float = 15.0) -> T:
    """Wait until a condition holds and return what it gave; AssertionError after `within` seconds."""
    deadline = time.monotonic() + within
    between = threading.Event()
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited {within} s in vain"
        between.wait(0.005)
    return found


def effect(
    key: str,
    lane: str | None = None,
    *,
    kind: str = "post",
    says: str | None = None,
    at: datetime | None = None,
) -> Effect:
    """Return an effect, alone in its lane unless one is named; the script knows it by `says`, or its key."""
    return Effect(kind, key, lane or f"lane of {key}", {"key": says or key}, at)


@dataclass(frozen=True)
class Call:
    """One try of an effect, in real seconds of this process."""

    key: str
    attempt: Attempt
    began: float
    ended: float


class BusinessClock:
    """Business time that stands still until it is moved."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> datetime:
        """Return the business time, aware UTC."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Let business time pass."""
        self._now += by


@dataclass
class Stage:
    """The context of a driver's effects: how their tries end, and what became of them.

    An effect's tries end as `script` says, one entry a try: an exception is raised, a function is called,
    anything else is the result. When nothing (more) is said, the try succeeds.
    """

    database: Database
    clock: BusinessClock = field(default_factory=BusinessClock)
    script: dict[str, list[Any]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    probe_answers: list[Any] = field(default_factory=list)
    drivers: list[Driver["Stage"]] = field(default_factory=list)
    others: list[Database] = field(default_factory=list)

    def kind(self, name: str = "post", gateway: Gateway = Gateway.SLACK, **options: Any) -> Kind["Stage"]:
        """Return a kind of effect that plays the script and leaves a mark in the database when recorded."""
        return Kind(name, gateway, act, options.pop("record", record), **options)

    def driver(
        self, *kinds: Kind["Stage"], database: Database | None = None, start: bool = True, **options: Any
    ) -> Driver["Stage"]:
        """Return a driver of these kinds (by default "post"); it is stopped at the end of the test."""
        driver = Driver(
            database or self.database,
            kinds or [self.kind()],
            self,
            now=self.clock.now,
            probes=dict.fromkeys(Gateway, self._probe),
            on_dead=options.pop("on_dead", mark_dead),
            **options,
        )
        if start:
            driver.start()
            self.drivers.append(driver)
        return driver

    def stop(self) -> None:
        """Stop the drivers that were started, and close what they used."""
        while self.drivers:
            self.drivers.pop().stop()
        while self.others:
            self.others.pop().close()

    def later(self, by: timedelta) -> None:
        """Let business time pass, and the drivers see it."""
        self.clock.move(by)
        self.database.wake()

    def decide(self, *decided: Effect) -> None:
        """Decide effects in one transaction."""
        with self.database.transaction() as tx:
            decide(tx, decided, self.clock.now())

    def row(self, key: str) -> Any:
        """Return the row of an effect, with all its columns."""
        with self.database.reading() as tx:
            return tx.execute(select(effects).where(effects.c.key == key)).one()

    def keys(self, *states: State) -> list[str]:
        """Return the keys of the effects in these states (by default all), in the order of their ids."""
        query = select(effects.c.key).where(effects.c.state.in_(states or list(State)))
        with self.database.reading() as tx:
            return list(tx.scalars(query.order_by(effects.c.id)))

    def state(self, key: str) -> State:
        """Return how an effect stands."""
        return State(self.row(key).state)

    def is_done(self, *keys: str) -> bool:
        """Tell whether all these effects are done."""
        return set(keys) <= set(self.keys(State.DONE))

    def until_done(self, *keys: str, within: float = 15.0) -> None:
        """Wait until all these effects are done."""
        until(lambda: self.is_done(*keys), within)

    def calls_of(self, key: str) -> list[Call]:
        """Return the tries of one effect that have ended."""
        return [call for call in self.calls if call.key == key]

    def order(self) -> list[str]:
        """Return the keys of the tries that have ended, in the order in which they began."""
        return [call.key for call in sorted(self.calls, key=lambda call: call.began)]

    def marks(self) -> set[str]:
        """Return what recording and burying left in the database."""
        with self.database.reading() as tx:
            return set(tx.scalars(select(inbox.c.id)))

    def paces(self) -> dict[str, datetime]:
        """Return until when (real time, plus its burst) each pace is held."""
        with self.database.reading() as tx:
            return dict(tx.execute(select(paces.c.name, paces.c.free_at)).all())

    def real_now(self) -> datetime:
        """Return the real time as the database tells it."""
        with self.database.reading() as tx:
            return self.database.real_now(tx)

    def another_database(self) -> Database:
        """Return the same database as another process would open it; it is closed at the end of the test."""
        self.others.append(Database(self.database.url.render_as_string(hide_password=False)))
        return self.others[-1]

    def is_listened_to(self) -> bool:
        """Tell whether a driver listens for effects, on PostgreSQL."""
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^LISTEN'"
        )
        with self.database.reading() as tx:
            return bool(tx.execute(text(query)).scalar())

    def has_somebody_waiting(self) -> bool:
        """Tell whether somebody waits for their turn to claim or to migrate, on PostgreSQL."""
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        with self.database.reading() as tx:
            return bool(tx.execute(text(query)).scalar())

    def change(self, key: str, **values: Any) -> None:
        """Change columns of an effect's row behind the engine's back."""
        with self.database.transaction() as tx:
            tx.execute(effects.update().where(effects.c.key == key).values(**values))

    def claim(self, owner: str = "me", **options: Any) -> list[Claimed]:
        """Claim as a driver of that name would, and return what it got."""
        with self.database.transaction() as tx:
            return list(self.claim_in(tx, owner, **options).claimed)

    def claim_in(self, tx: Transaction, owner: str, **options: Any) -> Batch:
        """Claim within a transaction of the test's own."""
        return claims.claim(
            tx,
            owner=owner,
            kinds=options.pop("kinds", {"post": ()}),
            lane_paces=options.pop("lane_paces", {}),
            limit=options.pop("limit", 100),
            busy=options.pop("busy", ()),
            business_now=self.clock.now(),
            clock=options.pop("clock", self.database.real_now),
        )

    def _probe(self) -> bool:
        answer = self.probe_answers.pop(0) if self.probe_answers else True
        if isinstance(answer, Exception):
            raise answer
        return bool(answer)


def act(stage: Stage, args: Mapping[str, Any], attempt: Attempt) -> Any:
    """Make one try as the script says, and write down that it was made."""
    began = time.monotonic()
    turns = stage.script.get(args["key"])
    turn = turns.pop(0) if turns else {"said": args["key"]}
    try:
        if isinstance(turn, Exception):
            raise turn
        return turn() if callable(turn) else turn
    finally:
        stage.calls.append(Call(args["key"], attempt, began, time.monotonic()))


def record(tx: Transaction, stage: Stage, args: Mapping[str, Any], _result: Any) -> None:
    """Leave a mark that the success of an effect was recorded."""
    mark(tx, stage, f"recorded {args['key']}")


def mark_dead(tx: Transaction, stage: Stage, buried: Buried) -> None:
    """Leave a mark that an effect died, with what was said about it."""
    row = find(tx, buried.id)
    assert row is not None
    mark(tx, stage, f"buried {row.key}: {buried.kind}, {buried.error}")


def fail(tx: Transaction, stage: Stage, *decided: Effect) -> None:
    """Decide these effects, leave a mark beside them, and fail."""
    decide(tx, decided, stage.clock.now())
    mark(tx, stage, "not to be")
    raise ZeroDivisionError


def mark(tx: Transaction, stage: Stage, note: str) -> None:
    """Leave a mark in the database, once."""
    assert insert_new(tx, inbox, [{"id": note, "received_at": stage.clock.now()}]) == 1
