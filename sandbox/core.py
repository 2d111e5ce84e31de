"""What both sides of the sandbox share."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sandbox.calls import Calls
from sandbox.clock import Clock
from sandbox.live import Live
from sandbox.trouble import Troubles

COURIERS = 64


def _couriers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(COURIERS, thread_name_prefix="sandbox-courier")


@dataclass
class Core:
    """The clock, the call log, the troubles and the live stream; `base_url` is set when the port is bound.

    `couriers` are the threads that carry deliveries to the bot; `closed` tells that the sandbox stops.
    """

    clock: Clock = field(default_factory=Clock)
    calls: Calls = field(default_factory=Calls)
    troubles: Troubles = field(default_factory=Troubles)
    live: Live = field(default_factory=Live)
    couriers: ThreadPoolExecutor = field(default_factory=_couriers)
    base_url: str = ""
    closed: bool = False

    def close(self) -> None:
        """Let everybody who waits go, because the sandbox stops."""
        self.closed = True
        self.clock.close()
        self.live.close()
        self.couriers.shutdown(wait=False, cancel_futures=True)
