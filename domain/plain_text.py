"""The text of what help desks send: HTML without its tags, nothing that cannot be shown."""

import html
import re
import unicodedata

MOST = 60_000  # characters that are read: a customer's words come first, what they quote comes after

_HTML = re.compile(r"</[a-z][a-z0-9]*\s?>|<br ?/?>", re.IGNORECASE)
# What is not closed goes on to the end, so that each search begins where the last one ended: no text is slow.
_UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<name>head|script|style|template|title)\b.*?(?:</(?P=name)\s?>|\Z)|<[!?][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK = re.compile(
    r"</?(?:address|article|blockquote|br|div|d[ltd]|h[1-6r]|li|[ou]l|p|pre|section|table|tr)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?=[\s/>])[^<>]*>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_GAPS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """Return a text as people read it: HTML as its words, lines kept, no more than one of them empty.

    It takes time linear in the text, whatever is in it: Python's own parser does not, and customers write it.
    """
    text = text[:MOST]
    if _HTML.search(text):
        text = _words(text)
    text = "".join(map(_shown, text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = (_GAPS.sub(" ", line).strip() for line in text.split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return a text as people read it, in one line."""
    return " ".join(plain(text).split())


def cut(text: str, limit: int) -> str:
    """Return a text of at most so many characters, with … where something is left out."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _shown(mark: str) -> str:
    if mark == "\n" or mark.isprintable():
        return mark
    kind = unicodedata.category(mark)
    # Joiners without a width hold emoji and words of several scripts together; halves of characters are none.
    return mark if kind == "Cf" else "" if kind == "Cs" else " "


def _words(text: str) -> str:
    """Return the words of HTML, however broken it is, with a line's end where a block begins or ends."""
    read = _SPACE.sub(" ", _UNREAD.sub("", text))
    return html.unescape(_TAG.sub("", _BLOCK.sub("\n", read)))
