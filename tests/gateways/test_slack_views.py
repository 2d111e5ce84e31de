"""Modals and Home: opened by a trigger, replaced, stacked and published."""

from typing import Any

import pytest

from domain.config import LANGUAGES
from domain.effects import Never
from gateways.slack import Slack
from gateways.slack.plain_views import plain_view
from sandbox.server import Sandbox
from sandbox.slack.lint.whole import lint_view
from tests.views.asked import CONFIG, OWN, asked
from views.opening import Opening
from views.report_form import report_form
from views.report_form.ids import FILES


def modal(title: str) -> dict[str, Any]:
    """Return a small modal."""
    block = {"type": "section", "text": {"type": "plain_text", "text": f"{title}…"}}
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": [block]}


def test_a_view_is_opened_and_replaced(slack: Slack, sandbox: Sandbox) -> None:
    """A trigger opens a modal; its id replaces it, with the hash only while nobody else has."""
    opened = slack.open_view(sandbox.slack.views.trigger("U0ANA"), modal("Loading"))
    view = sandbox.slack.views.find(opened)
    first = view.hash
    slack.update_view(opened, modal("Report a bug"), hash=first)
    assert view.as_json()["title"]["text"] == "Report a bug"
    with pytest.raises(Never, match=r"views\.update: hash_conflict"):
        slack.update_view(opened, modal("Too late"), hash=first)
    slack.update_view(opened, modal("Anyway"))
    assert view.as_json()["title"]["text"] == "Anyway"


def test_a_view_is_put_on_top(slack: Slack, sandbox: Sandbox) -> None:
    """A trigger from within a modal puts another on top of it."""
    below = slack.open_view(sandbox.slack.views.trigger("U0ANA"), modal("Below"))
    above = slack.push_view(sandbox.slack.views.trigger("U0ANA", below), modal("Above"))
    assert sandbox.slack.views.find(above).as_json()["previous_view_id"] == below


def test_a_trigger_opens_one_view(slack: Slack, sandbox: Sandbox) -> None:
    """A trigger that was used, or never given, is Never."""
    trigger = sandbox.slack.views.trigger("U0ANA")
    slack.open_view(trigger, modal("One"))
    with pytest.raises(Never, match=r"views\.open: exchanged_trigger_id"):
        slack.open_view(trigger, modal("Two"))
    with pytest.raises(Never, match=r"views\.push: invalid_trigger_id"):
        slack.push_view("1.2.3", modal("Three"))


def test_home_is_published(slack: Slack, sandbox: Sandbox) -> None:
    """A Home tab is published for its person, and published again in its place."""
    for title in ("Welcome", "Your bugs"):
        slack.publish_home("U0ANA", {"type": "home", "blocks": modal(title)["blocks"]})
    assert sandbox.slack.views.home("U0ANA").as_json()["blocks"][0]["text"]["text"] == "Your bugs…"


NEW = {"type": "hologram", "text": {"type": "plain_text", "text": "New"}}


def test_a_view_is_shown_in_plain_blocks_where_slack_refuses_others(
    slack: Slack, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """A kind of block that a workspace does not take is left out, and the log tells of it."""
    opened = slack.open_view(sandbox.slack.views.trigger("U0ANA"), modal("One"))
    with_new = modal("Two") | {"blocks": [NEW, *modal("Two")["blocks"]]}
    slack.update_view(opened, with_new)
    assert sandbox.slack.views.find(opened).as_json()["blocks"][0]["text"]["text"] == "Two…"
    slack.publish_home("U0ANA", {"type": "home", "blocks": with_new["blocks"]})
    assert [block["type"] for block in sandbox.slack.views.home("U0ANA").as_json()["blocks"]] == ["section"]
    assert caplog.text.count("shown in plain blocks") == 2


def inputs(view: dict[str, Any]) -> dict[str, str]:
    """Return which kind of input asks for each field of a view, by its block's id."""
    asking = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["element"]["type"] for block in asking}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_the_form_but_files_has_a_plain_kind(language: str) -> None:
    """The plain form asks for the same under the same ids, and is one that Slack takes."""
    form = report_form(CONFIG, Opening("N", language, product="shop"), asked(*OWN))
    plain = plain_view(form)
    assert lint_view(plain) == []
    before, after = inputs(form), inputs(plain)
    assert before.keys() - after.keys() == {FILES}
    assert not {"file_input", "number_input", "url_text_input"} & set(after.values())


def test_a_view_that_slack_refuses_is_never(slack: Slack, sandbox: Sandbox) -> None:
    """A view beyond Slack's limits is Never, with what Slack says of it."""
    with pytest.raises(Never, match=r"views\.open: invalid_arguments; .*25 characters"):
        slack.open_view(sandbox.slack.views.trigger("U0ANA"), modal("A title longer than that of a modal"))
