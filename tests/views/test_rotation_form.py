"""The form of a rotation, read as Slack sends it."""

from typing import Any

import pytest

from domain.rotation_form import RotationForm
from domain.rotation_profile import Step
from views.rotation_form import ids
from views.rotation_form.ids import Opened
from views.rotation_form.reading import filled, moved
from views.rotation_form.settings import settings_view


def picked(*users: str) -> dict[str, Any]:
    """Return the state of a form in which these members are picked."""
    element = {"type": "multi_users_select", "selected_users": list(users)}
    return {f"{ids.MEMBERS}:3": {ids.MEMBERS: element}}


def test_members_keep_their_order_whatever_slack_sends() -> None:
    """Who stays keeps their place, who is new comes last, and who is not picked any more is out."""
    form = RotationForm(members=("U0ANA", "U0BEN", "U0CHEN"))
    assert filled(form, picked("U0DIEGO", "U0CHEN", "U0ANA")).members == ("U0ANA", "U0CHEN", "U0DIEGO")


def test_who_has_no_room_in_the_view_stays_a_member() -> None:
    """A press in the form of a very large rotation takes nobody out."""
    members = tuple(f"U{number:04}" for number in range(ids.MOST_MEMBERS + 5))
    shown = members[: ids.MOST_MEMBERS]
    assert filled(RotationForm(members=members), picked(*shown)).members == members
    assert filled(RotationForm(members=members), picked(*shown[1:])).members == members[1:]


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ("up:U0CHEN", "ACBD"),
        ("down:U0BEN", "ACBD"),
        ("first:U0DIEGO", "DABC"),
        ("last:U0ANA", "BCDA"),
        ("remove:U0BEN", "ACD"),
        ("up:U0ANA", "ABCD"),
        ("down:U0DIEGO", "ABCD"),
        ("up:U0GONE", "ABCD"),
    ],
)
def test_the_menu_beside_a_member_moves_them(move: str, order: str) -> None:
    """One place up or down, to either end, or out; at an end nothing moves."""
    members = ("U0ANA", "U0BEN", "U0CHEN", "U0DIEGO")
    assert "".join(user[2] for user in moved(members, move)) == order


def test_settings_read_as_they_are_shown() -> None:
    """Submitted untouched, the further settings change nothing."""
    form = RotationForm(
        is_windowed=True,
        duty_days=(5, 6),
        duty_from="22:00",
        duty_to="06:00",
        work_days=(0, 3),
        lead="U0HUGO",
        channel="C0SHOP",
        language="es",
        user_group="S0DUTY",
        steps=(Step.LEAD, Step.CHANNEL),
        quiet=True,
        pinned=True,
    )
    view = settings_view(form, {"S0DUTY": "duty"}, Opened("n", "en"))
    assert filled(form, state_of(view)) == form
    assert filled(RotationForm(), state_of(view)) == form


def state_of(view: dict[str, Any]) -> dict[str, Any]:
    """Return the state of a view that nobody has touched."""
    renamed = {
        "initial_option": "selected_option",
        "initial_options": "selected_options",
        "initial_time": "selected_time",
        "initial_user": "selected_user",
        "initial_conversation": "selected_conversation",
    }
    values = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            held = {new: element[old] for old, new in renamed.items() if old in element}
            values[block["block_id"]] = {element["action_id"]: {"type": element["type"], **held}}
    return values
