"""Offers to report a message: the button carries what the form begins with, whatever the message says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.config import LANGUAGES
from sandbox.slack.lint.whole import lint_blocks
from views.offers import offer, read_offer
from views.text import as_typed

URL = "https://harbor.slack.example/archives/C0SUPPORT/p1795439868012137?thread_ts=1795439868.012137&cid=C0SUPPORT"


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=5000), files=st.lists(st.just("F012345ABCD"), max_size=30))
def test_any_message_fits_on_the_button(language: str, text: str, files: list[str]) -> None:
    """The value is within Slack's limit and begins as the message does."""
    message = offer(text, URL, tuple(files), language)
    value = message.blocks[1]["elements"][0]["value"]
    assert len(value) <= 2000
    told = read_offer(value)
    assert told["source_url"] == URL
    assert told["files"] == tuple(files[:20])
    assert told["text"] == text or text.startswith(told["text"].removesuffix("…"))
    assert not lint_blocks(list(message.blocks), "", "message", most=50)


@pytest.mark.parametrize("text", ["", "The card is charged twice", "刷了兩次" * 1000])
def test_an_address_without_end_is_left_out(text: str) -> None:
    """What no button can carry is not tried for ever: the text and the files still go along."""
    value = offer(text, f"https://a.example/{'x' * 2000}", ("F1",), "en").blocks[1]["elements"][0]["value"]
    assert len(value) <= 2000
    told = read_offer(value)
    assert (told["source_url"], told["files"]) == (None, ("F1",))
    assert text.startswith(told["text"].removesuffix("…"))


def test_a_short_message_is_carried_whole() -> None:
    """Nothing is cut that need not be."""
    text = '「刷了兩次」 \\ " \n' * 20
    value = offer(text, URL, ("F1",), "en").blocks[1]["elements"][0]["value"]
    assert json.loads(value)["text"] == text


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("<@U0ANA> and <@U9|ben>", "@Ana Ruiz and @ben"),
        ("<#C0SUPPORT|support> <!here> <!subteam^S1|@duty>", "#support @here @duty"),
        ("<https://a.example/?x=1&amp;y=2>", "https://a.example/?x=1&y=2"),
        ("<https://a.example/|the docs>", "the docs (https://a.example/)"),
        ("<http://a.example|a.example>", "http://a.example"),
        ("1 < 2 and <>", "1 < 2 and <>"),
    ],
)
def test_text_from_slack_reads_as_its_writer_saw_it(sent: str, seen: str) -> None:
    """Mentions get names, links their address, and nothing stays escaped."""
    assert as_typed(sent, lambda id_: {"U0ANA": "Ana Ruiz"}.get(id_, id_)) == seen
