"""What is picked in the form of a rotation, read into its draft."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from domain.config import LANGUAGES
from domain.rotation import Kind
from domain.rotation_form import RotationForm
from domain.rotation_profile import Rank, Step
from views.report_form.state import State
from views.rotation_form import ids

HOURS_ONLY = "hours"
NONE = "none"
_TIMES = {
    "duty_from": ids.DUTY_FROM,
    "duty_to": ids.DUTY_TO,
    "work_from": ids.WORK_FROM,
    "work_to": ids.WORK_TO,
}


class Move(StrEnum):
    """What can be done with a member's row."""

    UP = "up"
    DOWN = "down"
    FIRST = "first"
    LAST = "last"
    REMOVE = "remove"


class Manner(StrEnum):
    """The settings that are simply on or off."""

    QUIET = "quiet"
    BALANCED = "balanced"
    TOPIC = "topic"
    PINNED = "pinned"


def filled(form: RotationForm, values: Mapping[str, Any]) -> RotationForm:
    """Return the form with what a view's `state.values` hold; what the view has not stays as it is."""
    state = State({ids.field_of(block_id): held for block_id, held in values.items()})
    read: dict[str, Any] = {}
    if state.has(ids.NAME):
        read["name"] = state.text(ids.NAME, ids.NAME)
    if state.has(ids.MEMBERS):
        read["members"] = _in_order(form.members, state.users(ids.MEMBERS, ids.MEMBERS))
    if state.has(ids.SERVES):
        served = state.options(ids.SERVES, ids.SERVES)
        read["serves"] = (*served, *form.serves[ids.MOST_SERVED :])
    read |= _of_turns(state) | _of_settings(state)
    return replace(form, **read)


def moved(members: tuple[str, ...], value: str) -> tuple[str, ...]:
    """Return the members after somebody chose what to do with one; *value* is as `move_value` wrote it."""
    word, _, user = value.partition(":")
    if user not in members:
        return members
    at, others = members.index(user), [each for each in members if each != user]
    match Move(word):
        case Move.REMOVE:
            return tuple(others)
        case Move.UP:
            others.insert(max(0, at - 1), user)
        case Move.DOWN:
            others.insert(at + 1, user)
        case Move.FIRST:
            others.insert(0, user)
        case Move.LAST:
            others.append(user)
    return tuple(others)


def move_value(move: Move, user: str) -> str:
    """Return the value of a choice in a member's menu."""
    return f"{move}:{user}"


def _in_order(before: tuple[str, ...], chosen: list[str]) -> tuple[str, ...]:
    """Keep the order of those who stay; new ones come next, then those whom the view has no room for."""
    hidden = before[ids.MOST_MEMBERS :]
    stay = [each for each in before if each in chosen and each not in hidden]
    return tuple(dict.fromkeys((*stay, *chosen, *hidden)))


def _of_turns(state: State) -> dict[str, Any]:
    read: dict[str, Any] = {}
    kind, length = state.option(ids.KIND, ids.KIND), state.option(ids.LENGTH, ids.LENGTH)
    if kind is not None:
        read["kind"] = Kind(kind)
    if length is not None:
        read["length"] = int(length)
    if state.has(ids.DATE):
        read["date"] = state.date(ids.DATE, ids.DATE) or ""
    if (time := state.time(ids.TIME, ids.TIME)) is not None:
        read["time"] = time
    if (zone := state.option(ids.ZONE, ids.ZONE)) is not None:
        read["zone"] = zone
    return read


def _of_settings(state: State) -> dict[str, Any]:
    if not state.has(ids.DUTY):
        return {}
    manners = state.options(ids.MANNERS, ids.MANNERS)
    language = state.option(ids.LANGUAGE, ids.LANGUAGE)
    read: dict[str, Any] = {
        "is_windowed": state.option(ids.DUTY, ids.DUTY) == HOURS_ONLY,
        "duty_days": _days(state, ids.DUTY_DAYS),
        "work_days": _days(state, ids.WORK_DAYS),
        "lead": state.user(ids.LEAD, ids.LEAD),
        "channel": state.conversation(ids.CHANNEL, ids.CHANNEL),
        "rank": Rank(state.option(ids.RANK, ids.RANK) or Rank.PRIMARY),
        "steps": _steps(state),
        "quiet": Manner.QUIET in manners,
        "is_balanced": Manner.BALANCED in manners,
        "topic": Manner.TOPIC in manners,
        "pinned": Manner.PINNED in manners,
        **({"language": language} if language in LANGUAGES else {}),
    }
    if state.has(ids.USER_GROUP):  # it is not there where Slack does not tell of groups
        group = state.option(ids.USER_GROUP, ids.USER_GROUP)
        read["user_group"] = None if group == NONE else group
    return read | {name: time for name, at in _TIMES.items() if (time := state.time(at, at)) is not None}


def _days(state: State, action_id: str) -> tuple[int, ...]:
    return tuple(sorted(int(each) for each in state.options(action_id, action_id)))


def _steps(state: State) -> tuple[Step, ...]:
    """Return the steps in their order, each once."""
    chosen = (state.option(f"{ids.STEP}_{n}", f"{ids.STEP}_{n}") for n in range(len(Step)))
    return tuple(dict.fromkeys(Step(each) for each in chosen if each not in (None, NONE)))
