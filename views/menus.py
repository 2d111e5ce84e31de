"""What Slack's own menus show of Bugle: for a whole workspace in one language, the admins'."""

from views.text import Translator


def about_bugle(t: Translator) -> str:
    """Return what the app is for; at most 140 characters."""
    return t("Customers' bugs, from Slack to Jira and back")


def report_a_bug(t: Translator) -> str:
    """Return what the command and the shortcut are for; as a shortcut's name, at most 24 characters."""
    return t("Report a bug")


def what_happened(t: Translator) -> str:
    """Return what may be typed after the command."""
    return t("[what happened]")


def open_the_form(t: Translator) -> str:
    """Return what the shortcut does."""
    return t("Open the form")


def report_as_bug(t: Translator) -> str:
    """Return the name of the shortcut on a message; at most 24 characters."""
    return t("Report as bug")


def from_this_message(t: Translator) -> str:
    """Return what the shortcut on a message does."""
    return t("File a bug from this message")


def customer_issue(t: Translator) -> str:
    """Return what the command about customer issues is for."""
    return t("Pass on what a customer said")


def what_they_said(t: Translator) -> str:
    """Return what may be typed after that command."""
    return t("[what the customer said]")


def pass_on(t: Translator) -> str:
    """Return the name of the shortcut on a message; at most 24 characters."""
    return t("Pass on customer issue")


def pass_this_on(t: Translator) -> str:
    """Return what that shortcut does."""
    return t("Pass on what a customer says in this message")


def keep_in_slack(t: Translator) -> str:
    """Return the name of the shortcut on a reply; at most 24 characters."""
    return t("Keep in Slack only")


def keep_this_reply(t: Translator) -> str:
    """Return what that shortcut does."""
    return t("Do not show this reply in Jira")


def rotations(t: Translator) -> str:
    """Return what the command about rotations is for."""
    return t("Who handles bugs now, and who is next")


def loops(t: Translator) -> str:
    """Return what the command about telling customers is for."""
    return t("Customers who are still to be told how it ended")


def nothing(_: Translator) -> str:
    """Return no words, for a command after which nothing is typed."""
    return ""
