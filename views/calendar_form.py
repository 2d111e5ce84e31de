"""The modal in which people get a calendar of shifts: an address to subscribe to, or a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from views.blocks import Block, actions, button, confirmed, context, modal, option, section, select
from views.text import Translator, translator

FORM = "calendar_form"
WHICH = "calendar_which"
ADDRESS = "calendar_address"
STOP = "calendar_stop"
FILE = "calendar_file"
_MINE, _ROTATION = "mine", "rotation:"
_ROW = "calendar_row"
_CHOICES = 99  # of rotations: a select has at most 100 options


@dataclass(frozen=True, slots=True)
class Offered:
    """What a calendar may be of beside one's own shifts: key and name of a rotation."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """What has just been done for the reader: a new address, a file sent, or an address stopped."""

    address: str | None = None
    sent: bool = False
    stopped: bool | None = None


def calendar_form(
    language: str,
    offered: Sequence[Offered],
    *,
    is_public: bool,
    chosen: str | None = None,
    made: Made | None = None,
) -> Block:
    """Return the modal; *chosen* is the key of a rotation, None for one's own shifts.

    Where Bugle cannot be reached from outside (*is_public*) there is only the file.
    """
    t = translator(language)
    mine = option(t("My shifts"), _MINE)
    rotations = [option(each.name, f"{_ROTATION}{each.key}") for each in offered[:_CHOICES]]
    value = _MINE if chosen is None else f"{_ROTATION}{chosen}"
    which = select(WHICH, t("Choose"), [mine, *rotations], value)
    blocks = [
        section(_told(t, is_public=is_public)),
        actions("calendar_choice", [which]),
        actions(_ROW, _buttons(t, is_public=is_public)),
        *_made(t, made),
    ]
    return modal(FORM, t("Calendar"), blocks, close=t("Close"), kept=language)


def read_choice(view: dict[str, Any]) -> tuple[str, str | None]:
    """Return the language of the open modal and the key of the rotation chosen; None: one's own shifts."""
    state = view["state"]["values"].get("calendar_choice", {}).get(WHICH, {})
    value = (state.get("selected_option") or {}).get("value", _MINE)
    rotation = value.removeprefix(_ROTATION) if value.startswith(_ROTATION) else None
    return view["private_metadata"], rotation


def file_comment(language: str) -> str:
    """Return what stands beside a calendar sent as a file."""
    t = translator(language)
    return t(
        "Shifts as they are now: open the file to add them to your calendar. It follows no later changes."
    )


def _told(t: Translator, *, is_public: bool) -> str:
    if is_public:
        return t(
            "*Shifts in your calendar.* Subscribe in Google, Outlook or Apple by an address: swaps and"
            " changes follow by themselves. Or take a file of the shifts as they are now."
        )
    return t(
        "*Shifts in your calendar.* You get a file of the shifts as they are now. An address that follows"
        " changes needs PUBLIC_URL: ask an admin to set it."
    )


def _buttons(t: Translator, *, is_public: bool) -> list[Block]:
    send = button(t("Send me the file"), FILE, "file", primary=not is_public)
    if not is_public:
        return [send]
    stop = confirmed(
        button(t("Stop the address"), STOP, "stop"),
        t("Stop the address?"),
        t("Calendars that subscribe to it show no shifts any more."),
        t("Stop"),
        t("Keep"),
    )
    return [button(t("New address"), ADDRESS, "address", primary=True), send, stop]


def _made(t: Translator, made: Made | None) -> list[Block]:
    if made is None:
        return []
    if made.address is not None:
        note = t(
            "Add it in your calendar as “from URL”. Whoever has it can read these shifts; it is shown only"
            " now, and the one you had before has stopped."
        )
        return [section(f"```{made.address}```"), context(note)]
    if made.sent:
        return [section(t(":white_check_mark: The file is in your messages with Bugle."))]
    said = t("The address has stopped.") if made.stopped else t("There was no address to stop.")
    return [section(said)]
