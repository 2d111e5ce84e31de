"""Ways to the app in the pretend Slack: commands, shortcuts, buttons that ask, what is not there."""

import httpx
import pytest
from slack_bolt import Ack
from slack_sdk import WebClient

from tests.harness import Form, World, eventually
from tests.sandbox.slack.forms import JSON, Bot, plain


def test_forms_open_from_shortcuts_also_where_the_app_is_not(world: World, bot: Bot) -> None:
    """A message shortcut works in a channel without the app and carries the message."""
    seen: list[JSON] = []

    def open_form(client: WebClient, body: JSON) -> None:
        seen.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=bot.opens)

    for name in ("bug_new", "bug_msg"):
        bot.app.shortcut(name)(ack=lambda ack: ack(), lazy=[open_form])
    ana = world.person("U0ANA")
    said = ana.says("the card is charged twice", "C0GENERAL")
    assert isinstance(ana.shortcut("bug_msg", said), Form)
    assert seen[-1]["message"]["text"] == "the card is charged twice"
    assert ana.shortcut("bug_new").title == "Form"
    assert "channel" not in seen[-1]


def test_a_dialog_asks_before_a_dangerous_button(world: World, bot: Bot) -> None:
    """A button with a confirmation reaches the app only after the dialog's own button."""
    confirm = {"text": plain("This cannot be undone"), "confirm": plain("Drop it")}
    button = {"type": "button", "action_id": "pressed", "text": plain("Drop"), "confirm": confirm}
    bot.client.chat_postMessage(
        channel="C0SUPPORT", text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    card = world.channel("C0SUPPORT").expect_message("x")
    with pytest.raises(AssertionError, match="This cannot be undone"):
        card.click("Drop")
    assert bot.bodies == []
    assert card.click("Drop", confirm="Drop it").ok
    assert bot.bodies[-1]["actions"][0]["action_id"] == "pressed"


def test_answers_of_commands_and_response_urls(world: World, bot: Bot) -> None:
    """A command's answer is seen by its person alone unless in_channel; a response URL works five times."""
    urls: list[str] = []

    @bot.app.command("/answer")
    def answer(ack: Ack, body: JSON) -> None:
        urls.append(body["response_url"])
        ack(text=f"you said {body['text']}", response_type=body["text"])

    ana = world.person("U0ANA")
    assert ana.runs("/answer", "ephemeral").text == "you said ephemeral"
    assert not world.channel("C0SUPPORT", seen_by="U0BEN").messages()
    ana.runs("/answer", "in_channel")
    assert world.channel("C0SUPPORT", seen_by="U0BEN").messages("you said in_channel")
    statuses = [
        httpx.post(urls[0], json={"text": f"answer {n}"}, trust_env=False).status_code for n in range(6)
    ]
    assert statuses == [200] * 5 + [404]
    eventually(lambda: len(world.channel("C0SUPPORT", seen_by="U0ANA").messages("answer ")) == 5)


@pytest.mark.usefixtures("bot")
def test_commands_do_not_work_in_threads(world: World) -> None:
    """Inside a thread Slack itself refuses a command."""
    parent = world.person("U0ANA").says("x")
    result = world.person("U0ANA").runs("/open", thread_ts=parent.ts)
    assert result.seen == "/open is not supported in threads. Sorry!"
    assert not world.calls("bot", "/open")


@pytest.mark.usefixtures("bot")
def test_a_manifest_says_what_there_is(world: World) -> None:
    """Once a manifest is installed, only its commands, shortcuts, events and scopes are there."""
    world.set_app(
        manifest={
            "features": {
                "slash_commands": [{"command": "/bug", "description": "x", "should_escape": True}],
                "shortcuts": [{"name": "x", "type": "global", "callback_id": "bug_new", "description": "x"}],
            },
            "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
            "settings": {"event_subscriptions": {"bot_events": []}, "socket_mode_enabled": False},
        }
    )
    ana = world.person("U0ANA")
    assert ana.runs("/open").seen == "/open is not a valid command."
    assert ana.uses("bug_msg").error == "not_a_shortcut"
    ana.runs("/bug", "@ben in #support")
    assert world.calls("bot", "/bug")[-1]["request"]["text"] == "<@U0BEN|ben> in <#C0SUPPORT|support>"
    ana.says("nothing is heard")
    assert not world.calls("bot", "message")
    assert world.get("/slack/app")["scopes"] == ["chat:write", "commands"]
