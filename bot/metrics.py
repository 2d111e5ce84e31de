"""Figures for Prometheus: acks and outside calls as they happen, effects as they stand when asked."""

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from storage import effects
from storage.database import Database

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10, 30)


class Metrics:
    """All figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._acks = Histogram(
            "bugle_ack_seconds",
            "Time from receiving a request of Slack's to its answer",
            ["type"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._calls = Counter(
            "bugle_calls", "Calls to Slack and Jira", ["gateway", "method", "outcome"], registry=self.registry
        )
        self._call_seconds = Histogram(
            "bugle_call_seconds",
            "Time that calls to Slack and Jira take",
            ["gateway"],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def acked(self, kind: str, seconds: float) -> None:
        """Note an answer to Slack."""
        self._acks.labels(kind).observe(seconds)

    def called(self, gateway: str, method: str, outcome: str, seconds: float) -> None:
        """Note an outside call."""
        self._calls.labels(gateway, method, outcome).inc()
        self._call_seconds.labels(gateway).observe(seconds)

    def watch_effects(self, database: Database, now: Callable[[], datetime]) -> None:
        """Have the state of all effects read from the database whenever the figures are asked for."""
        self.registry.register(_Effects(database, now))

    def page(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        return generate_latest(self.registry)


class _Effects(Collector):
    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def describe(self) -> list[GaugeMetricFamily]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self._database.reading() as tx:
            counted, lag = effects.counts(tx), effects.lag(tx, self._now())
        standing = GaugeMetricFamily("bugle_effects", "Effects by kind and state", labels=["kind", "state"])
        for kind, state, number in counted:
            standing.add_metric([kind, state], number)
        yield standing
        yield GaugeMetricFamily(
            "bugle_effects_lag_seconds", "How long the most overdue effect has been due", lag.total_seconds()
        )
