"""The floor: a bare Bolt app that commits one row before its ack, and nothing else.

Run as a process: `python -m benchmarks.floor FOLDER`, with SLACK_* settings in the environment.
"""

import os
import signal
import sqlite3
import sys
import threading
from pathlib import Path

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient

VIEW = {
    "type": "modal",
    "callback_id": "floor",
    "title": {"type": "plain_text", "text": "Floor"},
    "submit": {"type": "plain_text", "text": "File"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What happened"},
            "element": {"type": "plain_text_input", "action_id": "what", "multiline": True},
        }
    ],
}


def main(folder: Path) -> None:
    """Serve until SIGTERM."""
    database = sqlite3.connect(folder / "floor.db", isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE report (text TEXT)")
    lock = threading.Lock()
    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"], retry_handlers=[])
    app = App(client=client, process_before_response=True, token_verification_enabled=False)

    def open_view(ack: Ack) -> None:
        ack()

    def opened(body: dict[str, str]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=VIEW)

    def file(ack: Ack, view: dict[str, dict[str, dict[str, dict[str, dict[str, str]]]]]) -> None:
        with lock:
            text = view["state"]["values"]["what"]["what"]["value"]
            database.execute("INSERT INTO report VALUES (?)", (text,))
        ack()

    app.command("/bug")(ack=open_view, lazy=[opened])
    app.view("floor")(file)
    handler = SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    handler.connect()  # type: ignore[no-untyped-call]
    ended.wait()
    handler.close()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
