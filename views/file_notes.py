"""What the person who added a file to a report is told when it could not reach the Jira issue."""

from domain.files import Loss
from domain.message import Message
from views.text import cut_escaped, escape, link, translator

MEGABYTE = 1024 * 1024


def file_lost(
    loss: Loss, name: str | None, limit: int | None, *, issue: str, url: str | None, language: str
) -> Message:
    """Return the direct message about one file: what, why, and the way out.

    `issue` is its key, a link where `url` is given; `limit` is in bytes, None where Jira did not say it.
    """
    t = translator(language)
    file = f"*{cut_escaped(name, 150)}*" if name else t("A file of yours")
    where = link(url, issue) if url else escape(issue)
    what = t("{file} could not be added to {issue}.").format(file=file, issue=where)
    why = {
        Loss.UNSEEN: t(
            "Bugle cannot see it: it was deleted, or it is in a conversation that Bugle is not in."
            " Add it in Jira, or post it again in the thread of the report's card."
        ),
        Loss.ELSEWHERE: t("Slack holds only a link to it. Add the link, or the file, in Jira."),
        Loss.TOO_LARGE: t(
            "It is larger than Jira takes. Make it smaller, or share it elsewhere and add a link."
        ),
        Loss.EMPTY: t("It is empty. Save it again, and add it in Jira."),
    }[loss]
    if loss is Loss.TOO_LARGE and limit:
        why = t(
            "It is larger than the {size} MB that Jira takes."
            " Make it smaller, or share it elsewhere and add a link."
        ).format(size=f"{limit / MEGABYTE:.3g}")
    return Message(f"{what} {why}")
