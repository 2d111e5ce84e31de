"""A customer writes to a help desk on the page."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from tests.harness import World


@pytest.fixture
def answers(world: World) -> Iterator[list[int]]:
    """Yield the statuses that whoever gets the webhooks answers, one after the other; at the end 201."""
    statuses: list[int] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(statuses.pop(0) if statuses else 201)
            self.end_headers()
            self.wfile.write(b'{"id": "kept"}')

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = Thread(target=server.serve_forever)
    thread.start()
    world.post("/help-desks", {"url": f"http://127.0.0.1:{server.server_port}", "retry_delays": [0.05] * 3})
    yield statuses
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_customer_writes_and_the_answers_are_shown(page: Page, world: World, answers: list[int]) -> None:
    """What is typed is sent by the help desk that was chosen; every answer and repetition is listed."""
    answers += [503, 201]
    page.get_by_role("button", name="A customer writes…").click()
    dialog = page.get_by_role("dialog", name="A customer writes to a help desk")
    dialog.get_by_label("Help desk").select_option("Zendesk")
    dialog.get_by_label("Satisfaction").select_option("1 · very unhappy")
    dialog.get_by_label("What they say").fill("Two weeks, and no money back.")
    dialog.get_by_role("button", name="Send the webhook").click()
    sent = dialog.get_by_role("list", name="Sent to the bot")
    expect(sent).to_contain_text("Zendesk · Olga Ruiz: Two weeks, and no money back.")
    expect(sent.locator(".answer")).to_have_text(['503 {"id": "kept"}', '201 {"id": "kept"}'])
    (told,) = world.get("/help-desks")["sent"]
    assert told["payload"]["satisfaction"]["comment"] == "Two weeks, and no money back."
    dialog.get_by_role("button", name="Send it again").click()
    expect(sent.locator(".answer")).to_have_count(3)


def test_what_a_help_desk_cannot_tell_is_said(page: Page, answers: list[int]) -> None:
    """Front tells no scores: the refusal is shown, and what was typed stays."""
    page.get_by_role("button", name="A customer writes…").click()
    dialog = page.get_by_role("dialog", name="A customer writes to a help desk")
    dialog.get_by_label("Help desk").select_option("Front")
    dialog.get_by_label("Satisfaction").select_option("2")
    dialog.get_by_label("What they say").fill("Hello.")
    dialog.get_by_role("button", name="Send the webhook").click()
    expect(page.get_by_text("Front tells no scores: leave it out.")).to_be_visible()
    expect(dialog.get_by_label("What they say")).to_have_value("Hello.")
    assert answers == []
