"""What people write in Slack, as Jira's wiki markup: nothing in it mentions, embeds or runs a macro there.

Slack's markup is that of docs.slack.dev (text formatting); `*bold*` and `_italic_` are the same in both.
"""

import html
import re
from collections.abc import Callable

from views.issue_text import escape_wiki, wiki_link

Named = Callable[[str], str]

_FENCE = re.compile(r"```(.*?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_MARK = re.compile(r"<(?P<sign>[@#!]?)(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
_STRUCK = re.compile(r"(?<![\w~])~(?=\S)([^~\n]*\S)~(?![\w~])")
_BULLET = re.compile(r"^( *)[•◦▪] +", re.MULTILINE)
_APART = "\u200b"  # of no width: what comes between two signs keeps them from being one mark
_ADDRESS = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def wiki_from_slack(mrkdwn: str, name: Named = lambda id_: id_) -> str:
    """Return what somebody wrote as wiki markup; `name` tells what a person or a channel is called."""
    parts = _FENCE.split(mrkdwn)  # every second one stood between fences
    return "".join(_block(part) if at % 2 else _prose(part, name) for at, part in enumerate(parts))


def _block(text: str) -> str:
    """Return code, which nothing in it can end."""
    inside = html.unescape(_MARK.sub(_shown_in_code, text)).strip("\n")
    return f"\n{{noformat}}\n{inside.replace('{', '{' + _APART)}\n{{noformat}}\n" if inside else ""


def _shown_in_code(mark: re.Match[str]) -> str:
    return mark["label"] or mark["target"].removeprefix("mailto:")


def _prose(text: str, name: Named) -> str:
    """Return lines as they are, quotations together."""
    lines: list[str] = []
    in_quote = False
    for line in text.split("\n"):
        is_quoted = line.startswith(("&gt;", ">"))
        if is_quoted is not in_quote:
            lines.append("{quote}")
            in_quote = is_quoted
        bare = re.sub(r"^(?:&gt;|>) ?", "", line) if is_quoted else line
        lines.append(_line(bare, name))
    return "\n".join([*lines, "{quote}"] if in_quote else lines)


def _line(line: str, name: Named) -> str:
    item = _BULLET.match(line)
    depth = "*" * (len(item[1]) // 4 + 1) + " " if item else ""
    pieces = _CODE.split(line[item.end() :] if item else line)
    return depth + "".join(
        _monospaced(piece) if at % 2 else _inline(piece, name) for at, piece in enumerate(pieces)
    )


def _monospaced(text: str) -> str:
    return f"{{{{{escape_wiki(html.unescape(_MARK.sub(_shown_in_code, text)))}}}}}"


def _inline(text: str, name: Named) -> str:
    """Return text with its links and mentions; what is between them is escaped."""
    done, at = [], 0
    for mark in _MARK.finditer(text):
        done += [_plain(text[at : mark.start()]), _spoken(mark, name)]
        at = mark.end()
    return "".join([*done, _plain(text[at:])])


def _plain(text: str) -> str:
    return escape_wiki(html.unescape(_STRUCK.sub(r"-\1-", text)))


def _spoken(mark: re.Match[str], name: Named) -> str:
    sign, target, label = mark["sign"], mark["target"], html.unescape(mark["label"] or "")
    if sign in ("@", "#"):
        return escape_wiki(f"{sign}{(label or name(target)).removeprefix(sign)}")
    if sign == "!":
        return escape_wiki(label or f"@{target.partition('^')[0]}")
    address = html.unescape(target)
    if not _ADDRESS.match(address):
        return escape_wiki(label or address)
    bare = address.removeprefix("mailto:")
    if not label or label in (address, bare):
        return wiki_link(address)
    return f"[{escape_wiki(' '.join(label.split()))}|{wiki_link(address)[1:-1]}]"
