"""Rich text: sections, lists, quotes and preformatted text, and what may stand in them."""

from sandbox.slack.lint.checks import Check, anything, array, boolean, integer, one_of, shape, string, typed

_STYLE = shape(
    dict.fromkeys(("bold", "code", "italic", "strike", "underline", "highlight", "unlink"), boolean)
)
_BASE: dict[str, Check] = {"type": string(100), "style": _STYLE}
_INLINE = {
    "broadcast": shape({**_BASE, "range": one_of("here", "channel", "everyone")}, ("range",)),
    "channel": shape({**_BASE, "channel_id": string(255, 1)}, ("channel_id",)),
    "color": shape({**_BASE, "value": string(255)}, ("value",)),
    "date": shape(
        {
            **_BASE, "timestamp": integer(0, 99_999_999_999), "format": string(255, 1), "url": string(3000),
            "fallback": string(3000),
        },
        ("timestamp", "format"),
    ),
    "emoji": shape(
        {**_BASE, "name": string(255, 1), "unicode": string(100), "url": string(3000), "skin_tone": anything},
        ("name",),
    ),
    "link": shape(
        {**_BASE, "url": string(3000, 1), "text": string(12_000), "unsafe": boolean}, ("url",)
    ),
    "team": shape({**_BASE, "team_id": string(255, 1)}, ("team_id",)),
    "text": shape({**_BASE, "text": string(12_000, 1)}, ("text",)),
    "user": shape({**_BASE, "user_id": string(255, 1)}, ("user_id",)),
    "usergroup": shape({**_BASE, "usergroup_id": string(255, 1)}, ("usergroup_id",)),
}  # fmt: skip
_ELEMENTS = array(typed(_INLINE), 0, 1000)
_BORDER = integer(0, 1)
_SECTION = shape({"type": string(100), "elements": _ELEMENTS}, ("elements",))
_PARTS = {
    "rich_text_section": _SECTION,
    "rich_text_quote": shape(
        {"type": string(100), "elements": _ELEMENTS, "border": _BORDER}, ("elements",)
    ),
    "rich_text_preformatted": shape(
        {
            "type": string(100), "border": _BORDER, "language": string(100),
            "elements": array(typed({kind: _INLINE[kind] for kind in ("text", "link")}), 0, 1000),
        },
        ("elements",),
    ),
    "rich_text_list": shape(
        {
            "type": string(100), "style": one_of("bullet", "ordered"), "indent": integer(0, 8),
            "offset": integer(0, 10_000), "border": _BORDER,
            "elements": array(typed({"rich_text_section": _SECTION}), 0, 1000),
        },
        ("style", "elements"),
    ),
}  # fmt: skip

RICH_TEXT = shape(
    {"type": string(100), "block_id": string(255), "elements": array(typed(_PARTS), 1, 1000)},
    ("elements",),
)
