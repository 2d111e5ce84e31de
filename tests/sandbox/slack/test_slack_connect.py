"""Channels shared with another company: who is who, what the app sees, and what it is told."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.harness import World, eventually
from tests.sandbox.slack.bolt import bolt_app, over_http, refused

OLGA = "U0XOLGA"


@pytest.fixture
def clicks(world: World) -> Iterator[list[dict[str, Any]]]:
    """Yield the clicks that reach the app."""
    app, bodies = bolt_app(world), []

    @app.action("press")
    def press(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack()

    with over_http(world, app):
        yield bodies


def told(world: World, kind: str) -> dict[str, Any]:
    """Wait for the delivery of an event and return its payload."""
    calls = eventually(lambda: world.calls("bot", kind), what=kind)
    payload: dict[str, Any] = calls[-1]["request"]
    return payload


def test_a_shared_channel_says_so(client: WebClient) -> None:
    """is_ext_shared and the companies' ids tell a shared channel from others."""
    shared = client.conversations_info(channel="C0LUMEN")["channel"]
    ours = client.conversations_info(channel="C0SUPPORT")["channel"]
    assert (shared["is_ext_shared"], shared["shared_team_ids"]) == (True, ["T0HARBOR", "T0LUMEN"])
    assert (ours["is_ext_shared"], ours["shared_team_ids"]) == (False, ["T0HARBOR"])


def test_people_of_other_companies_show_less(client: WebClient) -> None:
    """users.info of an external has their company's id, and neither e-mail nor locale."""
    olga = client.users_info(user=OLGA, include_locale=True)["user"]
    ana = client.users_info(user="U0ANA", include_locale=True)["user"]
    assert (olga["team_id"], olga["is_stranger"]) == ("T0LUMEN", False)
    assert "email" not in olga["profile"]
    assert "locale" not in olga
    assert (ana["profile"]["email"], ana["locale"]) == ("ana@harbor.example", "en-GB")
    assert refused(client.users_lookupByEmail, email="olga@lumen.example") == "users_not_found"
    assert OLGA not in [one["id"] for one in client.users_list()["members"]]


def test_an_external_without_a_common_channel_is_unknown(world: World, client: WebClient) -> None:
    """Once nothing is shared, the app can neither see nor reach the other company's people."""
    assert client.chat_postMessage(channel=OLGA, text="hello")["ok"]
    world.set_channel("C0LUMEN", unshare="T0LUMEN")
    assert refused(client.users_info, user=OLGA) == "user_not_found"
    assert refused(client.conversations_open, users=OLGA) == "user_not_found"


def test_externals_click_but_have_no_commands(
    world: World, client: WebClient, clicks: list[dict[str, Any]]
) -> None:
    """An external's click arrives with their own company's id; commands and shortcuts they do not have."""
    button = {"type": "button", "action_id": "press", "text": {"type": "plain_text", "text": "Press"}}
    client.chat_postMessage(channel="C0LUMEN", text="x", blocks=[{"type": "actions", "elements": [button]}])
    assert world.channel("C0LUMEN", seen_by=OLGA).expect_message("x").click("Press").ok
    assert (clicks[0]["user"]["team_id"], clicks[0]["team"]["id"]) == ("T0LUMEN", "T0HARBOR")
    olga = world.person(OLGA)
    assert olga.runs("/bug", channel="C0LUMEN").seen == "/bug is not a valid command."
    assert olga.uses("bug_new").error == "not_a_shortcut"


@pytest.mark.usefixtures("clicks")
def test_messages_of_externals_carry_their_company(world: World) -> None:
    """An external's message arrives once, marked as from a shared channel and with their team."""
    world.person(OLGA).says("it fails", "C0LUMEN")
    payload = told(world, "message")
    assert payload["is_ext_shared_channel"] is True
    assert (payload["team_id"], payload["event"]["user_team"]) == ("T0HARBOR", "T0LUMEN")


@pytest.mark.usefixtures("clicks")
def test_files_of_externals_must_be_asked_for(world: World, client: WebClient) -> None:
    """In a shared channel a file of the other company comes as check_file_info; files.info shows it."""
    world.person(OLGA).says("see", "C0LUMEN", files=[{"name": "a.png", "content": "pixels"}])
    (file,) = told(world, "message")["event"]["files"]
    assert file["file_access"] == "check_file_info"
    assert "url_private" not in file
    assert client.files_info(file=file["id"])["file"]["url_private"].endswith("/a.png")


@pytest.mark.usefixtures("clicks")
def test_the_app_is_told_when_sharing_starts_and_ends(world: World, client: WebClient) -> None:
    """Sharing, ending it and a changed channel id are events, and the old id is gone."""
    world.set_channel("C0SUPPORT", share="T0LUMEN")
    assert told(world, "channel_shared")["event"]["connected_team_id"] == "T0LUMEN"
    assert OLGA in client.conversations_members(channel="C0SUPPORT")["members"]
    world.set_channel("C0SUPPORT", unshare="T0LUMEN")
    assert told(world, "channel_unshared")["event"]["is_ext_shared"] is False
    assert OLGA not in client.conversations_members(channel="C0SUPPORT")["members"]
    world.set_channel("C0ADMINS", new_id="C1ADMINS")
    event = told(world, "channel_id_changed")["event"]
    assert (event["old_channel_id"], event["new_channel_id"]) == ("C0ADMINS", "C1ADMINS")
    assert refused(client.chat_postMessage, channel="C0ADMINS", text="x") == "channel_not_found"
    assert client.chat_postMessage(channel="C1ADMINS", text="x")["ok"]


@pytest.mark.usefixtures("clicks")
def test_joining_leaving_and_changed_people_are_told(world: World) -> None:
    """Members who come and go, and people whose settings change, are events."""
    world.set_channel("C0SUPPORT", join="U0ELSA")
    assert told(world, "member_joined_channel")["event"]["user"] == "U0ELSA"
    world.set_channel("C0SUPPORT", leave="U0ELSA")
    assert told(world, "member_left_channel")["event"]["channel"] == "C0SUPPORT"
    world.set_person("U0ANA", zone="America/Lima", locale="es-LA")
    user = told(world, "user_change")["event"]["user"]
    assert (user["tz"], user["tz_offset"], user["locale"]) == ("America/Lima", -18_000, "es-LA")
