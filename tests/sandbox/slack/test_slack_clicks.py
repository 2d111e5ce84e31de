"""Pressing, choosing and being answered on messages; sockets that come back; DMs with the app."""

from typing import Any

import httpx
import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from tests.harness import World, eventually
from tests.sandbox.slack.bolt import bolt_app, over_http, over_sockets, refused
from tests.sandbox.slack.forms import modal, option, plain

JSON = dict[str, Any]


def keeping(app: App, *actions: str) -> list[JSON]:
    """Let *app* acknowledge these actions and return the list its payloads are kept in."""
    bodies: list[JSON] = []

    def keep(ack: Ack, body: JSON) -> None:
        bodies.append(body)
        ack()

    for action in actions:
        app.action(action)(keep)
    return bodies


def test_menus_on_messages_are_chosen_from_by_what_they_read(world: World, client: WebClient) -> None:
    """An option of an overflow menu or a select arrives as the selected option, with the message's state."""
    app = bolt_app(world)
    bodies = keeping(app, "more", "severity")
    elements = [
        {"type": "overflow", "action_id": "more", "options": [option("Hand on"), option("Mute")]},
        {
            "type": "static_select", "action_id": "severity", "placeholder": plain("Severity"),
            "options": [option("High"), option("Low")],
        },
    ]  # fmt: skip
    client.chat_postMessage(
        channel="C0SHOPBUGS", text="x", blocks=[{"type": "actions", "elements": elements}]
    )
    card = world.channel("C0SHOPBUGS", seen_by="U0ELSA").expect_message("x")
    with over_http(world, app):
        assert card.choose("Mute").ok
        assert card.choose("Low", menu="Severity").ok
        with pytest.raises(AssertionError, match="Nothing offers"):
            card.choose("Middling")
    assert [body["actions"][0]["selected_option"]["value"] for body in bodies] == ["mute", "low"]
    (values,) = bodies[1]["state"]["values"].values()
    assert values["severity"]["selected_option"]["value"] == "low"


def test_an_ephemeral_can_be_replaced_and_removed_by_its_response_url(
    world: World, client: WebClient
) -> None:
    """A click on an ephemeral names it without showing it, and its response URL changes or removes it."""
    app = bolt_app(world)
    bodies = keeping(app)

    @app.action("press")
    def press(ack: Ack, body: JSON, respond: Respond) -> None:
        ack()
        bodies.append(body)
        if len(bodies) == 1:
            respond(text="pressed once", blocks=blocks, replace_original=True)
        else:
            respond(delete_original=True)

    button = {"type": "button", "action_id": "press", "text": plain("Press")}
    section = {"type": "section", "text": plain("pressed once")}
    blocks = [section, {"type": "actions", "elements": [button]}]
    client.chat_postEphemeral(channel="C0SUPPORT", user="U0ANA", text="x", blocks=blocks[1:])
    card = world.channel("C0SUPPORT", seen_by="U0ANA").expect_message("x")
    with over_http(world, app):
        card.click("Press")
        card.expect_text("pressed once").click("Press")
        world.channel("C0SUPPORT", seen_by="U0ANA").expect_count(0)
    assert bodies[0]["container"]["is_ephemeral"] is True
    assert "message" not in bodies[0]


def test_a_cut_socket_is_opened_again(world: World) -> None:
    """After its socket was cut without a word, the SDK connects anew and commands work as before."""
    app = bolt_app(world)
    app.command("/bug")(lambda ack: ack("here"))
    with over_sockets(world, app, ping_every=0.2):
        assert world.cut_sockets() == 1
        eventually(lambda: world.get("/slack/app")["sockets"], within=20, what="a new socket")
        assert world.person("U0ANA").runs("/bug").text == "here"


def test_people_write_to_the_app_in_their_dm(world: World) -> None:
    """A message in the DM with the app arrives as message.im, from the channel the app posts to."""
    app = bolt_app(world)
    heard: list[JSON] = []

    @app.event("message")
    def message(event: JSON) -> None:
        heard.append(event)

    with over_http(world, app):
        world.person("U0ELSA").says("hello", "app")
        eventually(lambda: heard)
    assert (heard[0]["channel"], heard[0]["channel_type"]) == ("D0ELSA", "im")
    assert world.dm("U0ELSA").messages("hello")


def test_a_lost_acknowledgement_is_a_timeout_for_the_person(world: World) -> None:
    """When the acknowledgement is lost, the app has done its work and the person sees an error."""
    app = bolt_app(world)
    done: list[str] = []

    @app.command("/bug")
    def bug(ack: Ack) -> None:
        done.append("done")
        ack()

    world.trouble("*", "cut_after", "/bug", times=1)
    with over_http(world, app):
        assert world.person("U0ANA").runs("/bug").error == "operation_timeout"
        assert world.person("U0ANA").runs("/bug").ok
    assert done == ["done", "done"]


def test_a_permalink_leads_to_the_page(client: WebClient) -> None:
    """A permalink leads to the page for people, naming channel and message."""
    ts = client.chat_postMessage(channel="C0SUPPORT", text="x")["ts"]
    link = client.chat_getPermalink(channel="C0SUPPORT", message_ts=ts)["permalink"]
    assert httpx.get(link, trust_env=False).headers["Location"] == f"/?channel=C0SUPPORT&ts={ts}"


def test_a_view_has_a_size(client: WebClient) -> None:
    """A view of more than 250 KB is refused by name."""
    sections = [{"type": "section", "text": plain("x" * 3000)} for _ in range(90)]
    view = {**modal(*sections), "type": "home", "callback_id": "x"}
    assert refused(client.views_publish, user_id="U0ANA", view=view) == "view_too_large"
