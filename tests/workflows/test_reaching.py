import pytest

from domain.effects import Never
from workflows.reaching import unreachable


@pytest.mark.parametrize(
    ("code", "is_the_person"),
    [
        ("user_disabled", True),
        ("cannot_dm_user", True),
        ("messages_tab_disabled", False),
        ("restricted_action", False),
        ("missing_scope", False),
    ],
)
def test_only_people_are_out_of_reach(code: str, is_the_person: bool) -> None:
    """What the app or the workspace is set up wrong for stops everybody's messages: admins are told of it."""
    assert unreachable(Never(f"chat.postMessage: {code}")) is is_the_person
