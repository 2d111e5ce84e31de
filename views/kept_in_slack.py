"""What somebody reads who keeps a reply in Slack."""

from views.text import translator


def kept(language: str) -> str:
    """Return that a reply is seen in Slack only."""
    t = translator(language)
    return t(
        "This reply stays in Slack. Where it was in Jira already, it is removed there, and so are its files."
    )


def not_kept(language: str) -> str:
    """Return that a message is no reply that goes anywhere."""
    t = translator(language)
    return t(
        "This message goes nowhere else. Only what people reply in the thread of a report's card reaches"
        " Jira."
    )
