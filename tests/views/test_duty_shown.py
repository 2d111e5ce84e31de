"""What Slack shows of who is on duty, in each language, and the settings that refusals name."""

from datetime import UTC, datetime

import pytest

from domain.config import LANGUAGES
from domain.duty import Why
from domain.duty_surfaces import Line, Place, Surface, Told
from domain.effects import LOST, SHARED
from domain.topic import with_part
from views.duty_board import duty_board
from views.duty_call import calls_duty
from views.duty_topic import topic_labels, topic_parts
from views.surface_notes import SCOPES, surface_note

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ELSA = Line("shop", "Shop", "U0ELSA", Why.TURN, AT, "U0DIEGO")
NOBODY = Line("pay", "Pay | Till", None, Why.ALL_AWAY, AT, None)
NAMES = {"U0ELSA": "Elsa <Lind> · R&D"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "On duty: Elsa &lt;Lind&gt; R&amp;D"),
        ("es", "De guardia: Elsa &lt;Lind&gt; R&amp;D"),
        ("zh_Hant", "值班：Elsa &lt;Lind&gt; R&amp;D"),
    ],
)
def test_a_topic_is_plain_and_its_part_is_one(language: str, said: str) -> None:
    """A name pings, links and ends nothing; one rotation is not named."""
    assert topic_parts(Told((ELSA,), language), NAMES) == (said,)


def test_several_rotations_are_named_where_there_is_room() -> None:
    """The short form is for topics that are nearly full."""
    full, short = topic_parts(Told((ELSA, NOBODY), "en"), NAMES)
    assert full.endswith("R&amp;D (Shop), nobody (Pay Till)")
    assert short.endswith("R&amp;D, nobody")


@pytest.mark.parametrize("before", LANGUAGES)
@pytest.mark.parametrize("after", LANGUAGES)
def test_our_part_is_found_in_whatever_language_it_was(before: str, after: str) -> None:
    """When a rotation's language is changed its part in the topic is replaced, not doubled."""
    old = with_part("Bugs", topic_labels(), topic_parts(Told((ELSA,), before), NAMES))
    assert old is not None
    (part,) = topic_parts(Told((ELSA,), after), NAMES)
    assert with_part(old, topic_labels(), [part]) == f"Bugs · {part}"


def test_the_message_says_until_when_and_who_is_next() -> None:
    """Each rotation has a line; its button leads to all of them."""
    title, shop, pay, row = duty_board(Told((ELSA, NOBODY), "en"), "en").blocks
    assert title["text"]["text"] == "On duty now"
    assert shop["text"]["text"].startswith("*Shop*  <@U0ELSA> until <!date^")
    assert shop["text"]["text"].endswith("then <@U0DIEGO>")
    assert pay["text"]["text"].startswith("*Pay | Till*  nobody until <!date^")
    assert [each["text"]["text"] for each in row["elements"]] == ["All rotations"]


@pytest.mark.parametrize("surface", Surface)
def test_a_missing_scope_is_named(surface: Surface) -> None:
    """Each surface names the scopes that it needs, no others."""
    message = surface_note(Place(surface, "C0SHOP"), "missing_scope", ["Shop"], "en")
    said = str(message.blocks)
    every = {scope for scopes in SCOPES.values() for scope in scopes}
    assert {scope for scope in every if f"`{scope}`" in said} == set(SCOPES[surface])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", [SHARED, LOST, "permission_denied", "no_room", "guest U0ELSA", "strange"])
def test_every_refusal_says_what_to_do(reason: str, language: str) -> None:
    """What cannot be, why and the way out, and Slack's code for whoever asks Slack."""
    message = surface_note(Place(Surface.TOPIC, "C0SHOP"), reason, [], language)
    head, code = message.blocks
    assert len(head["text"]["text"].split("\n")) == 3
    assert code["elements"][0]["text"] == reason.partition(" ")[0]


@pytest.mark.parametrize("said", ["duty", " Duty ", "duty?", "guardia", "值班", "值班!"])
def test_a_word_calls_who_is_on_duty(said: str) -> None:
    """In any of our languages, whichever the channel's is."""
    assert calls_duty(said)


@pytest.mark.parametrize("said", ["", "duty is broken", "the duty page shows nobody", "on duty"])
def test_whatever_else_is_said_is_a_bug(said: str) -> None:
    """A sentence with that word in it offers the form, as ever."""
    assert not calls_duty(said)
