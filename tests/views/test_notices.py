import pytest

from domain.effects import NO_ISSUE, SHARED, State
from views.notices import dead_effect


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (f"{SHARED}: C0SHOPBUGS", "Give the product a channel of its own"),
        (NO_ISSUE, "The report's issue could not be made. Retry that first"),
        ("chat.postMessage: is_archived", "Bugle can say nothing in <#C0SHOPBUGS>"),
    ],
)
def test_a_notice_says_what_to_do(error: str, advice: str) -> None:
    """Where Bugle knows the way out, admins read it beside the reason."""
    notice = dead_effect(7, "post_card", error, State.DEAD, "en", channel="C0SHOPBUGS")
    assert advice in str(notice.blocks)
    assert error.partition(":")[0] in str(notice.blocks)


def test_the_words_of_slack_and_jira_are_left_alone() -> None:
    """Of an error that Bugle does not know, admins read the words themselves and no guess."""
    notice = dead_effect(7, "post_card", "chat.postMessage: restricted_action", State.DEAD, "en")
    assert notice.blocks[0]["text"]["text"].endswith("*Post the card*")


def test_what_was_done_since_has_no_reason_left() -> None:
    """Once it succeeded there is no error: the line begins with the number."""
    notice = dead_effect(7, "post_card", "", State.DONE, "en")
    assert notice.blocks[1]["elements"][0]["text"] == "effect 7"
