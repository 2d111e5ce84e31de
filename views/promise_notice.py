"""What admins are told of a promise that was not kept, where there is no lead to tell."""

from domain.message import Message
from domain.promise import Kind
from domain.report import Report
from views.blocks import context, section
from views.direct_text import about
from views.promise import broken_note
from views.text import translator


def broken_notice(kind: Kind, due: int, report: Report, url: str | None, language: str) -> Message:
    """Return what admins read where no lead can be told; *due* is in seconds since 1970."""
    t = translator(language)
    said = broken_note(t, {"kind": kind, "due": due})
    why = t("Its rotation has no lead to tell: name one in `/rotation`.")
    return Message(text=said, blocks=(section(f"{said}\n{why}"), context(about(report, url))))
