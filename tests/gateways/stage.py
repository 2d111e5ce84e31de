"""What the gateways' tests need around the sandbox: a clock to turn, a listener, dead and deaf ports."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from domain.effects import Doubt, Gateway
from sandbox.calls import Call
from sandbox.server import Sandbox


class Seconds:
    """Monotonic seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now

    def go(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class Listener:
    """Hears of every call a gateway makes."""

    def __init__(self) -> None:
        self.heard: list[tuple[Gateway, str, str]] = []
        self.longest = 0.0

    def __call__(self, gateway: Gateway, method: str, outcome: str, seconds: float) -> None:
        """Take note of a call."""
        self.heard.append((gateway, method, outcome))
        self.longest = max(self.longest, seconds)


def calls(sandbox: Sandbox, method: str) -> list[Call]:
    """Return the calls of one method that reached the sandbox, oldest first."""
    return [call for call in sandbox.core.calls.since(0) if call.method == method]


def doubt(age: timedelta = timedelta(0)) -> Doubt:
    """Return a doubt that began just now by the other side's stamps, and is *age* old in business time."""
    return Doubt(since=datetime.now(UTC), age=age)


def dead_port() -> int:
    """Return a port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def http(status: str, body: bytes, *headers: str) -> bytes:
    """Return an HTTP answer after which the connection is to be closed."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@contextmanager
def deaf_port() -> Iterator[int]:
    """Yield a port where connecting never comes to an end, because its queue is full."""
    waiting: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        for _ in range(8):
            caller = socket.socket()
            caller.setblocking(False)
            caller.connect_ex(address)
            waiting.append(caller)
        yield address[1]
    for caller in waiting:
        caller.close()


@contextmanager
def canned_port(answer: Callable[[bytes], bytes]) -> Iterator[int]:
    """Yield a port that answers the first request of each connection by *answer*, then says no more."""
    taken: list[socket.socket] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def take() -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            taken.append(caller)
            caller.sendall(answer(caller.recv(65536)))

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()
    for caller in taken:
        caller.close()
