"""Modals and Home of the pretend Slack: triggers, stacks, hashes, what stays typed, how one ends."""

from threading import Event

import pytest
from slack_sdk import WebClient

from tests.harness import World
from tests.sandbox.slack.bolt import refused
from tests.sandbox.slack.forms import JSON, Bot, field, modal, plain


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
