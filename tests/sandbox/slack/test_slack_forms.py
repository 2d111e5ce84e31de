"""Modals and Home of the pretend Slack: triggers, stacks, hashes, what stays typed, every kind of field."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import httpx
import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from tests.harness import Form, World, eventually
from tests.sandbox.slack.bolt import bolt_app, over_http, refused

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def option(name: str) -> JSON:
    """Return an option called *name*, with its value in lower case."""
    return {"text": plain(name), "value": name.lower()}


def field(label: str, kind: str, **more: Any) -> JSON:
    """Return an input block called *label* with an element of this *kind*; `block`: its own settings."""
    block = more.pop("block", {})
    ids = {"block_id": f"{label.lower()}_block", **block}
    return {
        "type": "input",
        "label": plain(label),
        "element": {"type": kind, "action_id": label.lower(), **more},
        **ids,
    }


def modal(*blocks: JSON, title: str = "Form", **more: Any) -> JSON:
    """Return a modal with a submit button."""
    view = {"type": "modal", "callback_id": "form", "title": plain(title), "submit": plain("File")}
    return {**view, "blocks": list(blocks), **more}


class Bot:
    """A Bolt app whose command opens `opens` and whose submissions are answered with `answer`."""

    def __init__(self, world: World) -> None:
        self.app: App = bolt_app(world)
        self.client: WebClient = self.app.client
        self.opens: JSON = modal(field("Name", "plain_text_input"))
        self.answer: JSON = {}
        self.bodies: list[JSON] = []
        self.app.command("/open")(ack=lambda ack: ack(), lazy=[self._open])
        self.app.view("form")(self._submit)
        self.app.view_closed("form")(self._keep)
        self.app.action({"type": "block_actions", "action_id": "pressed"})(self._keep)
        self.app.options("searched")(self._options)

    def _open(self, client: WebClient, body: JSON) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=self.opens)

    def _submit(self, ack: Ack, body: JSON) -> None:
        self.bodies.append(body)
        ack(**self.answer)

    def _keep(self, ack: Ack, body: JSON) -> None:
        self.bodies.append(body)
        ack()

    def _options(self, ack: Ack, body: JSON) -> None:
        self.bodies.append(body)
        ack(options=[option(name) for name in ("Alpha", "Beta") if body["value"].lower() in name.lower()])


@pytest.fixture
def bot(world: World) -> Iterator[Bot]:
    """Yield a bot that runs behind its request URL."""
    made = Bot(world)
    with over_http(world, made.app):
        yield made


def trigger(world: World) -> str:
    """Return a fresh trigger of Ana's."""
    world.person("U0ANA").runs("/plain")
    trigger_id: str = world.calls("bot", "/plain")[-1]["request"]["trigger_id"]
    return trigger_id


@pytest.fixture
def plain_bot(bot: Bot) -> Bot:
    """Return the bot with a command that opens nothing."""
    bot.app.command("/plain")(lambda ack: ack())
    return bot


def test_a_trigger_opens_one_view_within_three_seconds(world: World, plain_bot: Bot) -> None:
    """A trigger works once, not after three seconds, and an invented one never."""
    client, late = plain_bot.client, trigger(world)
    once = trigger(world)
    client.views_open(trigger_id=once, view=plain_bot.opens)
    assert refused(client.views_open, trigger_id=once, view=plain_bot.opens) == "exchanged_trigger_id"
    assert refused(client.views_open, trigger_id="1.2.x", view=plain_bot.opens) == "invalid_trigger_id"
    Event().wait(3.1)
    assert refused(client.views_open, trigger_id=late, view=plain_bot.opens) == "expired_trigger_id"


def test_a_bad_view_does_not_use_up_its_trigger(world: World, plain_bot: Bot) -> None:
    """A view that is refused leaves the trigger for another try."""
    once = trigger(world)
    bad = {**plain_bot.opens, "title": plain("x" * 25)}
    assert refused(plain_bot.client.views_open, trigger_id=once, view=bad) == "invalid_arguments"
    assert plain_bot.client.views_open(trigger_id=once, view=plain_bot.opens)["ok"]


def test_three_views_stack_and_no_more(world: World, plain_bot: Bot) -> None:
    """Two views can be pushed on one; closing goes back one, and the cross closes all."""
    client, ana = plain_bot.client, world.person("U0ANA")
    plain_bot.opens = modal(
        {"type": "actions", "elements": [{"type": "button", "action_id": "pressed", "text": plain("More")}]}
    )
    form = ana.types("/open")
    for level in (2, 3):
        form.click("More")
        pushed = plain_bot.bodies[-1]["trigger_id"]
        client.views_push(trigger_id=pushed, view={**plain_bot.opens, "title": plain(f"Level {level}")})
        form = ana.form()
    form.click("More")
    assert refused(
        client.views_push, trigger_id=plain_bot.bodies[-1]["trigger_id"], view=plain_bot.opens
    ) == ("push_limit_reached")
    assert [view["title"]["text"] for view in ana.views()] == ["Form", "Level 2", "Level 3"]
    form.close()
    assert ana.form().title == "Level 2"
    ana.form().close(whole_stack=True)
    assert ana.views() == []


def test_an_old_hash_is_a_conflict(world: World, bot: Bot) -> None:
    """views.update with the hash of an earlier state is refused; without a hash it passes."""
    form = world.person("U0ANA").types("/open")
    old = form.raw["hash"]
    bot.client.views_update(view_id=form.id, hash=old, view=bot.opens)
    assert refused(bot.client.views_update, view_id=form.id, hash=old, view=bot.opens) == "hash_conflict"
    assert bot.client.views_update(view_id=form.id, view=bot.opens)["ok"]


def test_an_external_id_names_one_view(world: World, plain_bot: Bot) -> None:
    """A view can be updated by its external id, which no second view may have."""
    client = plain_bot.client
    view = {**plain_bot.opens, "external_id": "mine"}
    client.views_open(trigger_id=trigger(world), view=view)
    assert client.views_update(external_id="mine", view={**view, "title": plain("Other")})["ok"]
    assert refused(client.views_open, trigger_id=trigger(world), view=view) == "duplicate_external_id"
    assert refused(client.views_update, external_id="none", view=view) == "not_found"


def test_what_is_typed_stays_where_the_ids_stay(world: World, bot: Bot) -> None:
    """An update keeps what was typed under the same ids and starts anew under another block_id."""
    bot.opens = modal(field("Name", "plain_text_input"), field("Place", "plain_text_input"))
    form = world.person("U0ANA").types("/open")
    form.fill("Name", "Ana")
    form.fill("Place", "Madrid")
    moved = field("Place", "plain_text_input", block={"block_id": "another"}, initial_value="Lisbon")
    bot.client.views_update(view_id=form.id, view=modal(field("Name", "plain_text_input"), moved))
    assert (form.value("Name"), form.value("Place")) == ("Ana", "Lisbon")


FIELDS: dict[str, tuple[JSON, Any, Any]] = {
    "plain_text_input": ({}, "x & y", {"value": "x & y"}),
    "number_input": ({"is_decimal_allowed": False}, "7", {"value": "7"}),
    "url_text_input": ({}, "https://x.example/1", {"value": "https://x.example/1"}),
    "email_text_input": ({}, "a@b.example", {"value": "a@b.example"}),
    "static_select": ({"options": [option("A")]}, "a", {"selected_option": option("A")}),
    "radio_buttons": ({"options": [option("A")]}, "a", {"selected_option": option("A")}),
    "multi_static_select": (
        {"options": [option("A"), option("B")]}, ["a", "b"], {"selected_options": [option("A"), option("B")]},
    ),
    "checkboxes": ({"options": [option("A")]}, ["a"], {"selected_options": [option("A")]}),
    "users_select": ({}, "U0BEN", {"selected_user": "U0BEN"}),
    "multi_users_select": ({}, ["U0BEN"], {"selected_users": ["U0BEN"]}),
    "conversations_select": ({}, "C0SUPPORT", {"selected_conversation": "C0SUPPORT"}),
    "multi_conversations_select": ({}, ["C0SUPPORT"], {"selected_conversations": ["C0SUPPORT"]}),
    "channels_select": ({}, "C0SUPPORT", {"selected_channel": "C0SUPPORT"}),
    "multi_channels_select": ({}, ["C0SUPPORT"], {"selected_channels": ["C0SUPPORT"]}),
    "datepicker": ({}, "2026-11-23", {"selected_date": "2026-11-23"}),
    "timepicker": ({}, "09:30", {"selected_time": "09:30"}),
    "datetimepicker": ({}, 1795427857, {"selected_date_time": 1795427857}),
    "rich_text_input": (
        {},
        "x",
        {
            "rich_text_value": {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
            }
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FIELDS)
def test_each_kind_of_field_reports_its_state(world: World, bot: Bot, kind: str) -> None:
    """A field that is filled arrives in state.values in the form Slack has for its kind."""
    settings, value, expected = FIELDS[kind]
    bot.opens = modal(field("Thing", kind, **settings))
    form = world.person("U0ANA").types("/open")
    form.fill("Thing", value)
    assert form.submit().closed
    values = bot.bodies[-1]["view"]["state"]["values"]
    assert values == {"thing_block": {"thing": {"type": kind, **expected}}}


def test_optional_fields_arrive_empty(world: World, bot: Bot) -> None:
    """Optional fields left alone arrive as null or as an empty list."""
    bot.opens = modal(
        field("One", "plain_text_input", block={"optional": True}),
        field("Many", "multi_users_select", block={"optional": True}),
    )
    world.person("U0ANA").types("/open").submit()
    assert bot.bodies[-1]["view"]["state"]["values"] == {
        "one_block": {"one": {"type": "plain_text_input", "value": None}},
        "many_block": {"many": {"type": "multi_users_select", "selected_users": []}},
    }


@pytest.mark.parametrize(
    ("kind", "settings", "value", "error"),
    [
        ("plain_text_input", {}, "  ", "This field is required"),
        ("plain_text_input", {"min_length": 3}, "ab", "Must be at least 3 characters long"),
        ("plain_text_input", {"max_length": 3}, "abcd", "Must be at most 3 characters long"),
        ("number_input", {"is_decimal_allowed": False}, "1.5", "Must be a whole number"),
        ("number_input", {"is_decimal_allowed": True}, "many", "Must be a number"),
        ("number_input", {"is_decimal_allowed": False, "max_value": "7"}, "8", "Must be 7 or less"),
        ("url_text_input", {}, "x.example", "Must be a valid URL"),
        ("email_text_input", {}, "a@b", "Must be a valid email"),
    ],
)
def test_the_client_checks_before_it_submits(
    world: World, bot: Bot, *, kind: str, settings: JSON, value: str, error: str
) -> None:
    """What Slack's client finds wrong is shown under the field, and nothing reaches the app."""
    bot.opens = modal(field("Thing", kind, **settings))
    form = world.person("U0ANA").types("/open")
    form.fill("Thing", value)
    result = form.submit()
    assert (result.errors, result.raw["sent"]) == ({"Thing": error}, False)
    assert bot.bodies == []


def test_the_apps_errors_stand_under_fields_until_they_are_filled_anew(world: World, bot: Bot) -> None:
    """response_action errors are shown by field, keep the form, and go when the person types again."""
    form = world.person("U0ANA").types("/open")
    form.fill("Name", "x")
    bot.answer = {"response_action": "errors", "errors": {"name_block": "Say more"}}
    assert form.submit().errors == {"Name": "Say more"}
    assert form.value("Name") == "x"
    form.fill("Name", "xy")
    assert form.errors == {}
    bot.answer = {}
    assert form.submit().closed


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "x"}}, "invalid_errors"),
        ({"response_action": "update", "view": {"type": "modal", "blocks": []}}, "invalid_arguments"),
        ({"response_action": "dance"}, "invalid_response_action"),
    ],
)
def test_answers_slack_cannot_use_show_trouble(world: World, bot: Bot, answer: JSON, error: str) -> None:
    """An answer that makes no sense leaves the form open with Slack's own apology."""
    form = world.person("U0ANA").types("/open")
    form.fill("Name", "x")
    bot.answer = answer
    result = form.submit()
    assert (result.error, result.seen) == (error, "We had some trouble connecting. Try again?")
    assert form.is_open


def test_a_submission_can_update_push_and_clear(world: World, bot: Bot) -> None:
    """Update replaces the contents, push puts a view on top, clear closes everything."""
    ana = world.person("U0ANA")
    form = ana.types("/open")
    form.fill("Name", "x")
    bot.answer = {"response_action": "update", "view": modal(title="Second")}
    assert form.submit().form.title == "Second"
    bot.answer = {"response_action": "push", "view": modal(title="Third")}
    assert ana.form().submit().form.title == "Third"
    assert [view["title"]["text"] for view in ana.views()] == ["Second", "Third"]
    bot.answer = {"response_action": "clear"}
    assert ana.form().submit().closed
    assert ana.views() == []


def test_closing_tells_the_app_only_when_it_asked(world: World, bot: Bot) -> None:
    """view_closed comes with notify_on_close alone, and without what was typed."""
    ana = world.person("U0ANA")
    ana.types("/open").close()
    assert bot.bodies == []
    bot.opens["notify_on_close"] = True
    form = ana.types("/open")
    form.fill("Name", "lost")
    form.close()
    (body,) = bot.bodies
    assert (body["type"], body["is_cleared"]) == ("view_closed", False)
    assert body["view"]["state"] == {"values": {}}


def test_option_requests_know_nothing_of_other_fields(world: World, bot: Bot) -> None:
    """A search in a menu carries its own ids and query, and no state of the fields beside it."""
    bot.opens = modal(field("Name", "plain_text_input"), field("Searched", "external_select"))
    form = world.person("U0ANA").types("/open")
    form.fill("Name", "x")
    assert form.options("Searched", "be") == []
    assert bot.bodies == []  # three characters are needed unless the menu says otherwise
    assert form.options("Searched", "bet") == ["Beta"]
    (body,) = bot.bodies
    assert (body["action_id"], body["block_id"], body["value"]) == ("searched", "searched_block", "bet")
    assert body["view"]["state"] == {"values": {}}
    form.choose("Searched", "Beta")
    assert form.value("Searched") == "Beta"


def test_fields_dispatch_when_they_are_told_to(world: World, bot: Bot) -> None:
    """Inputs reach the app while they are filled only with dispatch_action, texts only as configured."""
    typed = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    bot.opens = modal(
        field("Quiet", "plain_text_input"),
        field("Enter", "plain_text_input", block={"dispatch_action": True}),
        field("Loud", "plain_text_input", block={"dispatch_action": True}, **typed),
        field("Pick", "static_select", block={"dispatch_action": True}, options=[option("A")]),
    )
    for name in ("enter", "loud", "pick", "quiet"):
        bot.app.action(name)(bot._keep)  # the bot of this test is its own
    form = world.person("U0ANA").types("/open")
    assert [form.fill(name, "x").raw["sent"] for name in ("Quiet", "Enter", "Loud")] == [False, False, True]
    assert form.choose("Pick", "A").raw["sent"]
    assert form.click("Enter").raw["sent"]
    acted = [(body["actions"][0]["action_id"], body["view"]["state"]["values"]) for body in bot.bodies]
    assert [action for action, _ in acted] == ["loud", "pick", "enter"]
    assert acted[2][1]["loud_block"]["loud"]["value"] == "x"


def test_files_given_to_a_form_reach_the_app(world: World, bot: Bot) -> None:
    """A file field takes files of its kinds, and the app can fetch their bytes."""
    bot.opens = modal(field("Screenshots", "file_input", filetypes=["png"], max_files=2))
    form = world.person("U0ANA").types("/open")
    with pytest.raises(AssertionError, match="kinds png"):
        form.attach("Screenshots", {"name": "a.pdf", "content": "x"})
    form.attach("Screenshots", {"name": "a.png", "content": "pixels"})
    assert form.value("Screenshots") == ["a.png"]
    form.submit()
    (file,) = bot.bodies[-1]["view"]["state"]["values"]["screenshots_block"]["screenshots"]["files"]
    assert bot.client.files_info(file=file["id"])["file"]["size"] == 6


def test_home_shows_what_the_app_publishes(world: World, bot: Bot) -> None:
    """Opening Home tells the app, which publishes; buttons on it act; its hash guards it."""
    told = Event()

    @bot.app.event("app_home_opened")
    def opened(event: JSON, client: WebClient) -> None:
        button = {"type": "button", "action_id": "pressed", "text": plain("Report")}
        blocks = [{"type": "header", "text": plain("Welcome")}, {"type": "actions", "elements": [button]}]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})
        told.set()

    home = world.person("U0ANA").home()
    assert told.wait(15)
    assert home.text == "Welcome"
    assert home.click("Report").ok
    assert bot.bodies[-1]["view"]["type"] == "home"
    old = home.raw["hash"]
    empty = {"type": "home", "blocks": []}
    bot.client.views_publish(user_id="U0ANA", view=empty)
    assert refused(bot.client.views_publish, user_id="U0ANA", view=empty, hash=old) == "hash_conflict"


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
