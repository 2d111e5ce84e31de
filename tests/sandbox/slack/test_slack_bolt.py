"""The pretend Slack driven by a real Bolt app, in Socket Mode and over signed HTTP."""

from contextlib import AbstractContextManager
from threading import Event
from typing import Any

import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from tests.harness import World, eventually
from tests.sandbox.slack.bolt import bolt_app, over_http, over_sockets


def _runs(way: str, world: World, app: App) -> AbstractContextManager[object]:
    return over_sockets(world, app) if way == "socket" else over_http(world, app)


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def form_view(title: str = "Report a bug") -> dict[str, Any]:
    """Return a form with a menu, a menu that asks the app, and a text field."""
    return {
        "type": "modal",
        "callback_id": "report_form",
        "notify_on_close": True,
        "title": _plain(title),
        "submit": _plain("File"),
        "blocks": [
            {
                "type": "input", "block_id": "product", "label": _plain("Product"), "dispatch_action": True,
                "element": {
                    "type": "static_select", "action_id": "product_pick",
                    "options": [{"text": _plain(name), "value": name.upper()} for name in ("Shop", "Pay")],
                },
            },
            {
                "type": "input", "block_id": "area", "label": _plain("Area"),
                "element": {"type": "external_select", "action_id": "area_pick", "min_query_length": 0},
            },
            {
                "type": "input", "block_id": "what", "label": _plain("What happened"),
                "element": {"type": "plain_text_input", "action_id": "what_text", "multiline": True},
            },
        ],
    }  # fmt: skip


@pytest.mark.parametrize("way", ["socket", "http"])
def test_a_form_is_opened_filled_and_submitted(world: World, way: str) -> None:
    """A command opens a form; its choices come from the app; its submission arrives with every value."""
    app = bolt_app(world)
    submitted: list[dict[str, Any]] = []

    def open_form(client: WebClient, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form_view())

    app.command("/bug")(ack=lambda ack: ack(), lazy=[open_form])

    @app.options("area_pick")
    def areas(ack: Ack, payload: dict[str, Any]) -> None:
        known = [name for name in ("Payment", "Search") if payload["value"].lower() in name.lower()]
        ack(options=[{"text": _plain(name), "value": name.lower()} for name in known])

    @app.action("product_pick")
    def product(ack: Ack) -> None:
        ack()

    @app.view("report_form")
    def submit(ack: Ack, view: dict[str, Any]) -> None:
        submitted.append(view["state"]["values"])
        ack()

    with _runs(way, world, app):
        form = world.person("U0ANA").types("/bug", channel="C0SUPPORT")
        assert form.submit().errors == dict.fromkeys(
            ["Product", "Area", "What happened"], "This field is required"
        )
        assert form.choose("Product", "Shop").ack_ms < 3000
        assert form.options("Area", "pay") == ["Payment"]
        form.choose("Area", "Payment")
        form.fill("What happened", "a < b & c")
        result = form.submit()

    assert result.ok
    assert result.closed
    assert submitted[0]["what"]["what_text"]["value"] == "a < b & c"
    assert submitted[0]["area"]["area_pick"]["selected_option"]["value"] == "payment"
    assert submitted[0]["product"]["product_pick"]["selected_option"]["text"]["text"] == "Shop"


@pytest.mark.parametrize("way", ["socket", "http"])
def test_buttons_edit_messages_and_answer_in_private(world: World, way: str) -> None:
    """A click reaches the app, which edits the message and answers the one who clicked alone."""
    app = bolt_app(world)

    @app.action("take")
    def take(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.chat_update(**place, text=f"<@{body['user']['id']}> takes it")
        respond("It is yours", response_type="ephemeral", replace_original=False)

    with _runs(way, world, app):
        button = {"type": "button", "action_id": "take", "text": _plain("Take")}
        app.client.chat_postMessage(
            channel="C0SHOPBUGS", text="charged twice",
            blocks=[
                {"type": "section", "text": {"type": "mrkdwn", "text": "*The card is charged twice*"}},
                {"type": "actions", "elements": [button]},
            ],
        )  # fmt: skip
        bugs = world.channel("C0SHOPBUGS", seen_by="U0ELSA")
        card = bugs.expect_message("the card is charged twice".capitalize())
        assert card.buttons == ["Take"]
        assert card.click("Take", by="U0ELSA").ok
        card.expect_text("@Elsa Lind takes it")
        assert bugs.expect_message("It is yours").ephemeral
        assert not bugs.seen_by("U0GRACE").messages("It is yours")


@pytest.mark.parametrize("way", ["socket", "http"])
def test_messages_and_mentions_arrive_as_events(world: World, way: str) -> None:
    """What people write arrives escaped as a message event, and a mention as app_mention besides."""
    app = bolt_app(world)
    heard: list[tuple[str, str]] = []

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        heard.append((event["type"], event["text"]))

    @app.event("app_mention")
    def mention(event: dict[str, Any]) -> None:
        heard.append((event["type"], event["text"]))

    with _runs(way, world, app):
        world.person("U0ANA").says("@bugle 1 < 2 in #support", "C0SUPPORT")
        text = "<@U0BUGLE> 1 &lt; 2 in <#C0SUPPORT|support>"
        eventually(lambda: len(heard) == 2, what="both events")
    assert sorted(heard) == [("app_mention", text), ("message", text)]


def test_a_slow_app_shows_the_person_an_error(world: World) -> None:
    """Who submits to an app that does not answer within three seconds sees an error and keeps the form."""
    app = bolt_app(world)
    release = Event()

    def open_form(client: WebClient, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form_view())

    app.command("/bug")(ack=lambda ack: ack(), lazy=[open_form])
    app.action("product_pick")(lambda ack: ack())
    app.options("area_pick")(lambda ack: ack(options=[{"text": _plain("Payment"), "value": "payment"}]))

    @app.view("report_form")
    def submit(ack: Ack) -> None:
        release.wait(20)
        ack()

    with over_sockets(world, app):
        form = world.person("U0ANA").types("/bug")
        form.choose("Product", "Shop")
        form.choose("Area", "Payment")
        form.fill("What happened", "x")
        result = form.submit()
        release.set()
    assert (result.error, result.seen) == ("operation_timeout", "We had some trouble connecting. Try again?")
    assert 2900 < result.ack_ms < 4000
    assert form.is_open


def test_without_a_connection_the_person_is_told(world: World) -> None:
    """A command to an app that is not connected fails at once, by name."""
    result = world.person("U0ANA").runs("/bug")
    assert (result.error, result.seen) == ("dispatch_failed", '/bug failed with the error "dispatch_failed"')
