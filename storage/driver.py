"""Running effects: one driver a process, on either database, alone or beside others.

A dispatcher thread claims what is due and hands it to a pool; a second thread keeps the leases of what runs
alive. The driver is woken by each commit that decides effects, here or (PostgreSQL) in another replica, and
looks by itself once a second. Dying at any instant loses nothing: leases run out and another driver, or this
one started again, takes over within `claims.LEASE` and a second.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import uuid4

import psycopg
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from domain.effects import (
    Attempt,
    Gateway,
    LockedOut,
    Never,
    Outcome,
    Pace,
    TryAgain,
    Unsure,
    Wait,
    backoff,
)
from storage import claims
from storage.claims import Claimed
from storage.database import Database, Transaction

C = TypeVar("C")

POLL = 1.0  # seconds between looks when nothing wakes the driver
SETTLE = 0.005  # seconds from being woken to looking: the ack that decided the effects goes out first
PROBE = 5.0  # seconds between asking a locked gateway whether it accepts us again
FAULTS = 8  # tries after which an effect that fails by a fault of ours is dead
TROUBLE = (OperationalError, InterfaceError, PoolTimeout)  # the database is away, busy or full

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind(Generic[C]):
    """One kind of effect: what it does outside, and how its success is recorded.

    `act(context, args, attempt)` makes one outside call, with no transaction open, and returns JSON; it
    raises an `Outcome` when the call did not simply succeed. `record(tx, context, args, result)` stores what
    came of it, in the transaction that marks the effect as done; without it the effect's row says enough.
    """

    name: str
    gateway: Gateway
    act: Callable[[C, Mapping[str, Any], Attempt], Any]
    record: Callable[[Transaction, C, Mapping[str, Any], Any], None] | None = None
    paces: Sequence[Pace] = ()
    lane_pace: float = 0.0


@dataclass(frozen=True, slots=True)
class Buried:
    """An effect that has just died, for those who are told; `refused` is as in `Never`."""

    id: int
    kind: str
    error: str
    args: Mapping[str, Any] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


class Driver(Generic[C]):
    """Runs the effects of these kinds until stopped.

    `now` gives business time; `probes` ask a gateway whether it accepts us again; `on_dead` is called in
    the transaction that buries an effect; `give_way` before what takes computing time, and may wait a moment
    for what is more urgent.
    """

    def __init__(
        self,
        database: Database,
        kinds: Sequence[Kind[C]],
        context: C,
        *,
        now: Callable[[], datetime],
        probes: Mapping[Gateway, Callable[[], bool]],
        on_dead: Callable[[Transaction, C, Buried], None],
        give_way: Callable[[], None] = lambda: None,
        workers: int = 16,
        probe_every: float = PROBE,
    ) -> None:
        self.owner = uuid4().hex
        self._database = database
        self._kinds = {kind.name: kind for kind in kinds}
        self._paces = {pace.name: pace for kind in kinds for pace in kind.paces}
        self._context = context
        self._now = now
        self._probes = probes
        self._on_dead = on_dead
        self._give_way = give_way
        self._workers = workers
        self._probe_every = probe_every
        self._running: dict[int, Claimed] = {}
        self._paused: dict[Gateway, str] = {}
        self._probing: set[Gateway] = set()
        self._probe_at = 0.0
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self._pool = ThreadPoolExecutor(workers + 1, thread_name_prefix="effect")
        self._threads = [
            threading.Thread(target=self._dispatch, name="effects-dispatcher", daemon=True),
            threading.Thread(target=self._keep_leases, name="effects-leases", daemon=True),
        ]
        if not database.is_sqlite:
            self._threads.append(threading.Thread(target=self._listen, name="effects-listen", daemon=True))

    def start(self) -> None:
        """Begin to run what is due."""
        self._database.on_effects(self.wake)
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Look at once."""
        self._woken.set()

    def stop(self) -> None:
        """Take nothing new and return when what runs has ended, which its own time-outs see to."""
        self._stopping.set()
        self.wake()
        self._threads[0].join()
        self._pool.shutdown(wait=True)
        self._stopped.set()
        for thread in self._threads[1:]:
            thread.join()

    def paused(self) -> Mapping[Gateway, str]:
        """Return the gateways that no longer accept our credentials, with what they said."""
        return dict(self._paused)

    def alive(self) -> bool:
        """Tell whether the driver's threads run."""
        return all(thread.is_alive() for thread in self._threads)

    def _dispatch(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            pause = POLL
            try:
                self._probe_locked()
                self._give_way()
                batch = self._claim()
            except Exception:  # this thread must live: without it nothing goes out
                log.exception("effects could not be claimed; trying again in %s s", POLL)
            else:
                for claimed in batch.claimed:
                    self._pool.submit(self._run, claimed)
                if batch.freed_in is not None:
                    pause = min(POLL, max(batch.freed_in, 0.005))
                if batch.claimed and batch.more and len(self._running) < self._workers:
                    continue
            if self._woken.wait(pause):
                self._stopping.wait(SETTLE)

    def _claim(self) -> claims.Batch:
        room = self._workers - len(self._running)
        if not room:
            return claims.Batch((), more=False, freed_in=None)
        with self._database.transaction() as tx:
            # Not before: a gateway may be paused while this waits for its turn to write.
            open_kinds = [kind for kind in self._kinds.values() if kind.gateway not in self._paused]
            batch = claims.claim(
                tx,
                owner=self.owner,
                kinds={kind.name: kind.paces for kind in open_kinds},
                lane_paces={kind.name: kind.lane_pace for kind in open_kinds if kind.lane_pace},
                limit=room,
                busy=list(self._running),
                business_now=self._now(),
                clock=self._database.real_now,
            )
        self._running |= {claimed.id: claimed for claimed in batch.claimed}
        return batch

    def _run(self, claimed: Claimed) -> None:
        kind = self._kinds[claimed.kind]
        try:
            self._give_way()
            result = kind.act(self._context, claimed.args, Attempt(claimed.key, claimed.tries, claimed.doubt))
            self._give_way()
            with self._database.transaction() as tx:
                if claims.finish(tx, claimed, self.owner, result, self._now()):
                    if kind.record is not None:
                        kind.record(tx, self._context, claimed.args, result)
                else:
                    log.warning("effect %s (%s) was taken by another meanwhile", claimed.id, claimed.kind)
        except Outcome as outcome:
            self._settle(claimed, outcome)
        except TROUBLE as fault:
            log.exception("what came of effect %s (%s) could not be kept", claimed.id, claimed.kind)
            self._settle(claimed, Unsure(type(fault).__name__))
        except Exception as fault:
            log.exception("effect %s (%s) failed by a fault of ours", claimed.id, claimed.kind)
            self._settle(claimed, (Never if claimed.tries >= FAULTS else Unsure)(_named(fault)))
        finally:
            self._running.pop(claimed.id, None)
            self.wake()

    def _settle(self, claimed: Claimed, outcome: Outcome) -> None:
        log.warning("effect %s (%s) try %s: %r", claimed.id, claimed.kind, claimed.tries, outcome)
        try:
            with self._database.transaction() as tx:
                self._record_outcome(tx, claimed, outcome)
        except TROUBLE:
            # Its lease runs out now and the effect is taken again, in doubt.
            log.exception("the outcome of effect %s could not be kept", claimed.id)
        except Exception as fault:
            log.exception("settling effect %s (%s) failed by a fault of ours", claimed.id, claimed.kind)
            if not isinstance(outcome, Unsure):
                self._settle(claimed, Unsure(_named(fault)))

    def _record_outcome(self, tx: Transaction, claimed: Claimed, outcome: Outcome) -> None:
        now, error, owner = self._now(), outcome.reason, self.owner
        wait = backoff(claimed.tries, random.random())  # noqa: S311  (jitter keeps no secret)
        match outcome:
            case Never(refused=refused):
                if claims.bury(tx, claimed, owner, error, now):
                    buried = Buried(claimed.id, claimed.kind, error, claimed.args, refused)
                    self._on_dead(tx, self._context, buried)
            case LockedOut(gateway=gateway):
                self._pause(gateway, error)
                claims.put_back(tx, claimed, owner, due_at=now, error=error, counted=False)
            case Wait(seconds=seconds, pace=name):
                told = timedelta(seconds=seconds)
                claims.put_back(tx, claimed, owner, due_at=now + told, error=error, counted=False)
                if name is not None:
                    pace = self._paces.get(name, Pace(name, 0.0))
                    claims.hold(tx, pace, self._database.real_now(tx) + told)
            case Unsure(ask_again=ask_again):
                due_at = now + (ask_again or wait)
                claims.put_back(tx, claimed, owner, due_at=due_at, error=error, unsure_at=now)
            case TryAgain():
                claims.put_back(tx, claimed, owner, due_at=now + wait, error=error)
            case _:
                raise TypeError(f"the driver does not know the outcome {type(outcome).__name__}")

    def _pause(self, gateway: Gateway, reason: str) -> None:
        if gateway not in self._paused:
            log.error("%s no longer accepts our credentials (%s): its effects wait", gateway, reason)
        self._paused[gateway] = reason
        self._probe_at = time.monotonic() + self._probe_every

    def _probe_locked(self) -> None:
        if not self._paused or time.monotonic() < self._probe_at:
            return
        self._probe_at = time.monotonic() + self._probe_every
        for gateway in self._paused.keys() - self._probing:
            self._probing.add(gateway)
            self._pool.submit(self._probe, gateway)

    def _probe(self, gateway: Gateway) -> None:
        try:
            if self._probes[gateway]():
                log.warning("%s accepts our credentials again", gateway)
                self._paused.pop(gateway, None)
                self.wake()
        except Outcome as outcome:
            log.warning("%s was asked whether it accepts us again: %s", gateway, outcome)
        except Exception:  # a probe that fails leaves the gateway locked, and is made again
            log.exception("asking %s whether it accepts us again failed by a fault of ours", gateway)
        finally:
            self._probing.discard(gateway)

    def _keep_leases(self) -> None:
        every = claims.LEASE.total_seconds() / 4
        while not self._stopped.wait(every):
            ids = list(self._running)
            if not ids:
                continue
            try:
                with self._database.transaction() as tx:
                    claims.renew(tx, self.owner, ids, self._database.real_now(tx))
            except Exception:  # this thread must live: the next round comes before the leases end
                log.exception("leases could not be renewed")

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                self._database.listen(self._stopping)
            except psycopg.Error:
                log.exception("the connection that listens for effects broke; polling meanwhile")
                self._stopping.wait(POLL)


def _named(fault: Exception) -> str:
    """Say a fault in one line; what follows in the database's own is for the log."""
    return f"{type(fault).__name__}: {fault}".partition("\n")[0]
