"""What somebody said on one side as the other side shows it: the first line names them."""

from collections.abc import Mapping, Sequence

from domain.message import Message
from views.issue_text import DESCRIPTION_LIMIT, escape_wiki
from views.slack_from_wiki import slack_from_wiki
from views.text import cut, cut_escaped, link, translator
from views.wiki_from_slack import Named, wiki_from_slack

SHOWN = 3000  # characters in Slack, where longer texts are cut by others; the rest is read in Jira
FILES = 20


def said_in_slack(author: str, text: str, files: Sequence[str], name: Named, language: str) -> str:
    """Return a reply in a thread as a comment in wiki markup; `name` tells what mentioned ids are called."""
    t = translator(language)
    head = t("{person} in Slack:").format(person=f"*{escape_wiki(author)}*")
    attached = t("Attached: {files}").format(files=escape_wiki(", ".join(_some(files))))
    tail = f"\n\n{attached}" if files else ""
    room = DESCRIPTION_LIMIT - len(head) - len(tail) - 2
    return f"{head}\n\n{_fitting(text, room, lambda part: wiki_from_slack(part, name))}{tail}".strip()


def said_in_jira(author: str, text: str, url: str, names: Mapping[str, str], language: str) -> Message:
    """Return a comment on an issue as a line in its card's thread; of a long one with a link to the rest."""
    t = translator(language)
    who = cut_escaped(author, 150) or t("Somebody")
    head = t("{person} in Jira:").format(person=f"*{who}*")
    whole = slack_from_wiki(text, names)
    if len(whole) <= SHOWN:
        return Message(f"{head}\n{whole}")
    rest = link(url, t("The rest is in Jira"))
    return Message(f"{head}\n{_fitting(text, SHOWN, lambda part: slack_from_wiki(part, names))}\n{rest}")


def _some(files: Sequence[str]) -> list[str]:
    return [*(cut(each, 150) for each in files[:FILES]), *(["…"] if len(files) > FILES else [])]


def _fitting(text: str, room: int, render: Named) -> str:
    """Render as much of the beginning of a text as fits: what is rendered is never cut within its markup."""
    part = text
    while len(shown := render(part)) > room:
        part = cut(part, max(len(part) * room // (len(shown) + 1), 1))
        if len(part) <= 1:
            return ""
    return shown
