"""`python -m sandbox`: the pretend Slack and Jira as a process of its own, until SIGTERM or SIGINT."""

import argparse
import signal
import sys
import threading

from sandbox.server import Sandbox


def main() -> int:
    """Run the sandbox as the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3000, help="0 takes any free port")
    parser.add_argument("--deployment", choices=("cloud", "server"), default="cloud", help="Jira's kind")
    parser.add_argument("--index-delay", type=float, default=0.0, help="seconds Jira's search lags behind")
    parser.add_argument("--url", default="", help="where others reach it, if not where it listens")
    asked = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    sandbox = Sandbox(deployment=asked.deployment, index_delay=asked.index_delay, url=asked.url)
    try:
        sandbox.start(asked.port, asked.host)
    except OSError as error:
        sys.stderr.write(f"Port {asked.port} cannot be used ({error.strerror}): choose one with --port.\n")
        return 1
    sys.stdout.write(f"The sandbox is at {sandbox.url} and listens on {asked.host}:{sandbox.port}\n")
    sys.stdout.flush()
    ended.wait()
    sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
