"""Whatever stands in a bugle.toml is read or refused in plain lines."""

import tomllib
from datetime import UTC, date, time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.config import parse_config
from bot.problems import SetupError
from tests.bot.stage import SANDBOX_TOML

KEYS = st.sampled_from(
    [
        "admins",
        "products",
        "rotations",
        "severities",
        "people",
        "channel",
        "language",
        "key",
        "name",
        "project",
        "issue_type",
        "rotation",
        "support_channels",
        "fields",
        "members",
        "kind",
        "length",
        "start",
        "zone",
        "priority",
        "mark",
        "when",
        "impact",
        "workaround",
        "U0ANA",
        "other",
    ]
)


ATOMS = (
    st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(
        ["shop", "SHOP", "C0SHOP", "U0ANA", "en", "weekly", "data", "none", "Europe/Madrid", ""]
    )
    | st.text(max_size=5)
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC))
    | st.sampled_from([date(2026, 1, 5), time(10, 0)])
)


VALUES = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=12
)


SOUND = tomllib.loads(SANDBOX_TOML.read_text())


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value in a parsed TOML file."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(deeper for key, each in inner for deeper in _places(each, (*place, key)))]


def _with(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """Return a parsed TOML file with another value at a place."""
    if not place:
        return new
    copy = value.copy()
    copy[place[0]] = _with(value[place[0]], place[1:], new)
    return copy


def _ends_well(data: dict[str, Any]) -> None:
    told: list[str] = []
    try:
        parse_config(data, "bugle.toml")
    except SetupError as error:
        told = [str(problem) for problem in error.problems] or ["nothing"]
    assert not [line for line in told if "\n" in line or line == "nothing"]


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_whatever_is_written_is_read_or_refused(data: dict[str, Any]) -> None:
    """No TOML ends in anything but a config or a list of problems, a line each."""
    _ends_well(data)


@given(st.sampled_from(_places(SOUND)[1:]), VALUES)
def test_one_strange_value_in_a_sound_file_is_read_or_refused(place: tuple[Any, ...], value: Any) -> None:
    """No value at any place of a sound file ends in anything but a config or a list of problems."""
    _ends_well(_with(SOUND, place, value))
