"""Rate limits in real time: how often the app may call each method, and post into each channel."""

import math
import time
from dataclasses import dataclass
from enum import Enum


class Tier(Enum):
    """How many calls of one method a minute allows; the whole minute's worth may come at once."""

    ONE = 1
    TWO = 20
    THREE = 50
    FOUR = 100
    FREE = 0


@dataclass
class _Bucket:
    """A token bucket: holds `capacity` calls and refills by `rate` a second."""

    capacity: float
    rate: float
    left: float
    at: float


# Slack allows one message a second and channel and "short bursts" above that without saying how many.
# Three at once is the strict end of what it lets through; the fourth must wait for its second.
BURST = 3
# The cap over all channels is "several hundred messages a minute".
WORKSPACE = 300


class Pacer:
    """Counts calls and tells how long the next one has to wait."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def call(self, method: str, tier: Tier) -> int:
        """Count a call of *method*; return 0 when it may pass, else the seconds of Retry-After."""
        if tier is Tier.FREE:
            return 0
        return self._take([(("method", method), tier.value, tier.value / 60)])

    def post(self, channel: str) -> int:
        """Count a message into *channel*; return 0 when it may pass, else the seconds of Retry-After."""
        return self._take([(("post", channel), BURST, 1.0), (("post", "*"), WORKSPACE, WORKSPACE / 60)])

    def forget(self) -> None:
        """Start counting anew."""
        self._buckets.clear()

    def _take(self, wanted: list[tuple[tuple[str, str], float, float]]) -> int:
        """Take one from every bucket, or from none when one of them is empty."""
        now = time.monotonic()
        buckets = [self._bucket(key, capacity, rate, now) for key, capacity, rate in wanted]
        wait = max((1 - bucket.left) / bucket.rate for bucket in buckets)
        if wait > 0:
            return max(1, math.ceil(wait))
        for bucket in buckets:
            bucket.left -= 1
        return 0

    def _bucket(self, key: tuple[str, str], capacity: float, rate: float, now: float) -> _Bucket:
        bucket = self._buckets.setdefault(key, _Bucket(capacity, rate, capacity, now))
        bucket.left = min(bucket.capacity, bucket.left + (now - bucket.at) * bucket.rate)
        bucket.at = now
        return bucket
