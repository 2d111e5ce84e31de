"""What people write in Jira's comments (wiki markup), as Slack shows it: nothing in it pings anybody.

What Jira's markup has and Slack's has not (colours, panels, tables, pictures) is said in plain text.
"""

import re
from collections.abc import Callable, Mapping

from views.text import escape

_BLOCK = re.compile(r"\{(code|noformat)(?::[^{}]*)?\}(.*?)(?:\{\1\}|\Z)", re.DOTALL)
_QUOTE = re.compile(r"\{quote\}(.*?)(?:\{quote\}|\Z)", re.DOTALL)
_MACRO = re.compile(
    r"(?<!\\)\{(?:color|panel|section|column|anchor|expand|info|note|tip|warning)(?::[^{}]*)?\}"
)
_MENTION = re.compile(r"(?<!\\)\[~(?:accountid:)?([^\]|\s]+)\]")
_FILE = re.compile(r"(?<!\\)\[\^([^\]|]+)(?:\|[^\]]*)?\]")
_PICTURE = re.compile(r"(?<!\\)!([^\s!|\\][^!|\n\\]*)(?:\|[^!\n]*)?!")
_LINK = re.compile(r"(?<!\\)\[(?:([^\[\]|\n]+)\|)?((?:https?://|mailto:)[^\]\s|]+)(?:\|[^\]\n]*)?\]")
_ITEM = re.compile(r"^([*#-]+) +")
_HEADING = re.compile(r"^h[1-6]\. *")
_CODE = re.compile(r"(?<!\\)\{\{(.+?)\}\}")
_STRUCK = re.compile(r"(?<![\w\\-])-(?=\S)([^-\n]*\S)-(?![\w-])")
_ESCAPE = re.compile(r"\\([{}\[\]!|*_\-+^~?#\\])")
_ENDS_LINK = str.maketrans({"<": "%3C", ">": "%3E", "|": "%7C"})


def slack_from_wiki(wiki: str, names: Mapping[str, str] | None = None) -> str:
    """Return what somebody wrote as Slack's markup; `names` tell what mentioned accounts are called."""
    known = names or {}
    text = wiki.replace("\r\n", "\n").replace("\r", "\n")
    return _apart(_BLOCK, text, _fence, lambda rest: _quotes(rest, known)).strip("\n")


def mentioned(wiki: str) -> list[str]:
    """Return the accounts that a text mentions, as Jira knows them."""
    return list(dict.fromkeys(_MENTION.findall(wiki)))


def _apart(
    pattern: re.Pattern[str],
    text: str,
    inside: Callable[[re.Match[str]], str],
    outside: Callable[[str], str],
) -> str:
    """Render what a pattern finds in one way and all that is between in another."""
    done, at = [], 0
    for found in pattern.finditer(text):
        done += [outside(text[at : found.start()]), inside(found)]
        at = found.end()
    return "".join([*done, outside(text[at:])])


def _fence(block: re.Match[str]) -> str:
    inside = escape(block[2]).strip("\n").replace("```", "'''")
    return f"\n```{inside}```\n" if inside.strip() else ""


def _quotes(text: str, names: Mapping[str, str]) -> str:
    def quoted(block: re.Match[str]) -> str:
        lines = _lines(block[1].strip("\n"), names).split("\n")
        return "\n" + "\n".join(f"> {line}" for line in lines) + "\n"

    return _apart(_QUOTE, text, quoted, lambda rest: _lines(rest, names))


def _lines(text: str, names: Mapping[str, str]) -> str:
    return "\n".join(_line(line, names) for line in text.split("\n"))


def _line(line: str, names: Mapping[str, str]) -> str:
    if line.startswith("bq. "):
        return f"> {_inline(line[4:], names)}"
    if heading := _HEADING.match(line):
        bare = _inline(line[heading.end() :], names).strip(" *")
        return f"*{bare}*" if bare else ""
    if item := _ITEM.match(line):
        return f"{'    ' * (len(item[1]) - 1)}• {_inline(line[item.end() :], names)}"
    return _inline(line, names)


def _inline(line: str, names: Mapping[str, str]) -> str:
    return _apart(_CODE, line, _monospaced, lambda rest: _linked(rest, names))


def _monospaced(code: re.Match[str]) -> str:
    inside = _ESCAPE.sub(r"\1", code[1]).replace("`", "’")
    return f"`{escape(inside)}`"


def _linked(text: str, names: Mapping[str, str]) -> str:
    def address(link: re.Match[str]) -> str:
        url = escape(link[2].translate(_ENDS_LINK))
        return f"<{url}|{_words(link[1], names)}>" if link[1] else f"<{url}>"

    return _apart(_LINK, text, address, lambda rest: _words(rest, names))


def _words(text: str, names: Mapping[str, str]) -> str:
    """Return text without links: accounts by their names, files and pictures by theirs."""
    text = _MACRO.sub("", text)
    text = _MENTION.sub(lambda one: f"@{names.get(one[1], one[1])}", text)
    text = _PICTURE.sub(r"\1", _FILE.sub(r"\1", text))
    struck = _STRUCK.sub(r"~\1~", text)
    return escape(_ESCAPE.sub(r"\1", struck).replace("&#92;", "\\"))
