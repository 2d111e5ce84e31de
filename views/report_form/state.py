"""What a form holds, read at the door: `view.state.values` as Slack documents it, and nothing believed.

Anything that is not as documented counts as not filled in. Text comes without what no database keeps: NUL
and half surrogate pairs.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from views.text import storable

_LAST_MOMENT = 9_999_999_999  # seconds since 1970, as Slack's picker goes


class State:
    """The values of a form, by block and action."""

    def __init__(self, values: Any) -> None:
        self._values = values if isinstance(values, Mapping) else {}

    def raw(self, block_id: str, action_id: str) -> Mapping[str, Any]:
        """Return what one element holds, as Slack tells it; empty where there is no such element."""
        block = self._values.get(block_id)
        held = block.get(action_id) if isinstance(block, Mapping) else None
        return held if isinstance(held, Mapping) else {}

    def has(self, block_id: str) -> bool:
        """Tell whether the form had this block."""
        return block_id in self._values

    def text(self, block_id: str, action_id: str) -> str:
        """Return what was typed."""
        return _text(self.raw(block_id, action_id).get("value"))

    def option(self, block_id: str, action_id: str) -> str | None:
        """Return the value of the one option chosen."""
        return _value(self.raw(block_id, action_id).get("selected_option"))

    def options(self, block_id: str, action_id: str) -> list[str]:
        """Return the values of the options chosen."""
        chosen = self.raw(block_id, action_id).get("selected_options")
        return [value for each in _list(chosen) if (value := _value(each))]

    def user(self, block_id: str, action_id: str) -> str | None:
        """Return the person chosen."""
        return _text(self.raw(block_id, action_id).get("selected_user")) or None

    def users(self, block_id: str, action_id: str) -> list[str]:
        """Return the people chosen."""
        chosen = self.raw(block_id, action_id).get("selected_users")
        return [user for each in _list(chosen) if (user := _text(each))]

    def date(self, block_id: str, action_id: str) -> str | None:
        """Return the day chosen, as 2026-11-23."""
        given = _text(self.raw(block_id, action_id).get("selected_date"))
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError:
            return None

    def time(self, block_id: str, action_id: str) -> str | None:
        """Return the time of day chosen, as 09:30."""
        given = _text(self.raw(block_id, action_id).get("selected_time"))
        try:
            return time.fromisoformat(given).strftime("%H:%M")
        except ValueError:
            return None

    def conversation(self, block_id: str, action_id: str) -> str | None:
        """Return the channel chosen."""
        return _text(self.raw(block_id, action_id).get("selected_conversation")) or None

    def moment(self, block_id: str, action_id: str) -> datetime | None:
        """Return the moment chosen, aware UTC."""
        at = self.raw(block_id, action_id).get("selected_date_time")
        if not isinstance(at, int) or not 0 < at <= _LAST_MOMENT:
            return None
        return datetime.fromtimestamp(at, UTC)

    def files(self, block_id: str, action_id: str) -> list[str]:
        """Return the ids of the files put in."""
        files = _list(self.raw(block_id, action_id).get("files"))
        return [name for each in files if isinstance(each, Mapping) and (name := _text(each.get("id")))]


def _text(given: Any) -> str:
    return storable(given) if isinstance(given, str) else ""


def _value(option: Any) -> str | None:
    return (_text(option.get("value")) or None) if isinstance(option, Mapping) else None


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []
