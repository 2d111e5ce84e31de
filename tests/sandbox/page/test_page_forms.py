"""Forms and menus on the page, with a real app behind them."""

from typing import Any

from playwright.sync_api import Page, expect
from slack_bolt import Ack

from bot.manifest import manifest
from tests.harness import World, eventually
from tests.sandbox.page.browsing import choose, messages, types
from tests.sandbox.slack.bolt import bolt_app, over_sockets

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def field(label: str, kind: str, *, live: bool = False, **more: Any) -> JSON:
    """Return an input block called *label*; *live*: the app hears of it at once."""
    element = {"type": kind, "action_id": label.lower(), **more}
    block = {"type": "input", "block_id": label.lower(), "label": plain(label), "element": element}
    return {**block, "optional": True, "dispatch_action": live}


def every_field(note: str) -> JSON:
    """Return a form with every kind of field; *note* is what the app says about the first."""
    options = [{"text": plain(name), "value": name.lower()} for name in ("Alpha", "Beta")]
    typed = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    return {
        "type": "modal", "callback_id": "all", "title": plain("All"), "submit": plain("Send"),
        "blocks": [
            field("Counted", "plain_text_input", live=True, **typed) | {"hint": plain(note)},
            field("Long", "plain_text_input", multiline=True),
            field("One", "static_select", options=options),
            field("Customers", "multi_external_select", min_query_length=2),
            field("Person", "users_select"),
            field("Checks", "checkboxes", options=options),
            field("Radio", "radio_buttons", options=options),
            field("Day", "datepicker"),
            field("Moment", "datetimepicker"),
            field("Effort", "number_input", is_decimal_allowed=False),
            field("Link", "url_text_input"),
            field("Shots", "file_input", filetypes=["txt"]),
        ],
    }  # fmt: skip


def test_every_kind_of_field_reaches_the_app(page: Page, world: World) -> None:
    """What is typed and picked arrives as the app expects it, and outlives the app's updates and errors."""
    app, filed = bolt_app(world), []

    def opened(ack: Ack, body: JSON) -> None:
        ack()
        app.client.views_open(trigger_id=body["trigger_id"], view=every_field("nothing"))

    def counted(ack: Ack, body: JSON) -> None:
        ack()
        letters = len(body["actions"][0]["value"] or "")
        app.client.views_update(view_id=body["view"]["id"], view=every_field(f"{letters} letters"))

    def found(ack: Ack, payload: JSON) -> None:
        names = [name for name in ("Lumen Retail", "Luna Foods", "Acme") if payload["value"] in name.lower()]
        ack(options=[{"text": plain(name), "value": name} for name in names])

    def submitted(ack: Ack, view: JSON) -> None:
        filed.append(view["state"]["values"])
        ack() if len(filed) > 1 else ack(response_action="errors", errors={"person": "Not them"})

    app.command("/bug")(opened)
    app.action("counted")(counted)
    app.options("customers")(found)
    app.view("all")(submitted)
    with over_sockets(world, app):
        types(page, "/bug")
        form = page.get_by_role("dialog")
        form.get_by_label("Long").fill("kept")
        form.get_by_label("Counted").press_sequentially("abcdef", delay=30)
        expect(form).to_contain_text("6 letters")
        expect(form.get_by_label("Counted")).to_be_focused()
        choose(page, "One", "Beta")
        choose(page, "Customers", "Luna Foods", search="lu")
        choose(page, "Customers", "Acme", search="ac")
        page.keyboard.press("Escape")
        choose(page, "Person", "Elsa Lind", search="els")
        form.get_by_label("Alpha").first.check()
        form.get_by_role("radio", name="Beta").check()
        form.get_by_label("Day").fill("2026-12-31")
        form.get_by_label("Moment").fill("2026-12-31T10:30")
        form.get_by_label("Effort").fill("5")
        form.get_by_label("Link").fill("https://desk.example/1")
        form.get_by_label("Shots").set_input_files(
            {"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"}
        )
        form.get_by_role("button", name="Send").click()
        expect(form.get_by_text("Not them")).to_be_visible()
        expect(form.get_by_label("Long")).to_have_value("kept")
        form.get_by_role("button", name="Send").click()
        expect(form).to_have_count(0)
    sent = {name: next(iter(held.values())) for name, held in filed[-1].items()}
    assert (sent["counted"]["value"], sent["long"]["value"]) == ("abcdef", "kept")
    assert sent["one"]["selected_option"]["value"] == "beta"
    assert [one["value"] for one in sent["customers"]["selected_options"]] == ["Luna Foods", "Acme"]
    assert sent["person"]["selected_user"] == "U0ELSA"
    assert [one["value"] for one in sent["checks"]["selected_options"]] == ["alpha"]
    assert sent["radio"]["selected_option"]["value"] == "beta"
    assert sent["day"]["selected_date"] == "2026-12-31"
    assert sent["moment"]["selected_date_time"] == 1798709400
    assert (sent["effort"]["value"], sent["link"]["value"]) == ("5", "https://desk.example/1")
    assert [one["name"] for one in sent["shots"]["files"]] == ["a.txt"]


def test_escape_closes_a_form(page: Page, world: World) -> None:
    """Escape closes the form in front, and the app is told as by its button."""
    app, closed = bolt_app(world), []

    def opened(ack: Ack, body: JSON) -> None:
        ack()
        view = every_field("nothing") | {"notify_on_close": True}
        app.client.views_open(trigger_id=body["trigger_id"], view=view)

    def told(ack: Ack, body: JSON) -> None:
        ack()
        closed.append(body["is_cleared"])

    app.command("/bug")(opened)
    app.view_closed("all")(told)
    with over_sockets(world, app):
        types(page, "/bug")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert eventually(lambda: closed, what="the app to hear of it") == [False]


def test_menus_of_shortcuts_and_of_a_message(page: Page, world: World) -> None:
    """Global and message shortcuts reach the app; one's own message can be edited and deleted."""
    shortcuts = [
        {"name": "Start", "type": "global", "callback_id": "start", "description": "Begin"},
        {"name": "Pass on", "type": "message", "callback_id": "pass_on", "description": "Take it along"},
    ]
    world.set_app(manifest=manifest() | {"features": {"shortcuts": shortcuts}})
    page.reload()
    app, heard = bolt_app(world), []

    def used(ack: Ack, body: JSON) -> None:
        ack()
        heard.append((body["callback_id"], body.get("message", {}).get("text")))

    app.shortcut("start")(used)
    app.shortcut("pass_on")(used)
    with over_sockets(world, app):
        page.get_by_role("button", name="Shortcuts").click()
        page.get_by_role("menuitem", name="Start").click()
        types(page, "Lumen cannot pay")
        sent = messages(page).get_by_role("article").first
        sent.hover()
        sent.get_by_role("button", name="More actions").click()
        page.keyboard.press("Enter")
        assert eventually(lambda: heard[1:], what="the shortcuts") == [("pass_on", "Lumen cannot pay")]
    sent.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Edit message").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Lumen can pay")
    page.get_by_role("button", name="Save").click()
    expect(sent).to_contain_text("Lumen can pay")
    sent.hover()
    sent.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Delete message").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(messages(page)).to_contain_text("Nothing has been said here yet.")
