"""The answer to a customer, drafted in their language for one of our people to send: plain text."""

from babel.dates import format_date

from domain.customer_reply import Kind, Reply
from views.text import Translator, cut, translator

MOST = 1000  # characters; what is posted in a customer's channel takes no more
_QUOTE = 200


def customer_reply(reply: Reply, language: str) -> str:
    """Return the draft; it names nobody of ours, no issue and no other customer."""
    t = translator(language)
    parts = [t("Hello,"), f"{_about(t, reply)} {_said(t, reply)}", _end(t, reply)]
    return cut("\n\n".join(parts), MOST)


def _about(t: Translator, reply: Reply) -> str:
    day = format_date(reply.told_at, "long", locale=t.language)
    quote = cut(" ".join(reply.quote.split()).rstrip(".。"), _QUOTE)
    if quote:
        said = t("On {day} you told us about {product}: “{quote}”.")
    else:
        said = t("On {day} you told us about a problem with {product}.")
    return said.format(day=day, product=cut(reply.product, 100), quote=quote)


def _said(t: Translator, reply: Reply) -> str:
    said = {
        Kind.FIXED: t("It is fixed.") if not reply.versions else t("It is fixed, and comes with {versions}."),
        Kind.RELEASED: t("It is fixed, and {versions} with the fix is out.")
        if reply.versions
        else t("It is fixed, and the fix is out."),
        Kind.WONT_FIX: t("We have looked into it, and decided not to change it."),
        Kind.DUPLICATE: t("It is a problem that we know of already, and we handle it together with that."),
        Kind.NOT_A_BUG: t("We have looked into it: it works as it is meant to."),
        Kind.GONE: t("We have looked into it, and do not work on it any more."),
        Kind.REOPENED: t(
            "We told you that this was settled. That was too early: it is open again, and we are working on"
            " it. We are sorry, and will tell you how it ends."
        ),
        Kind.WORKAROUND: t("Until it is fixed, you can go on like this: {workaround}"),
    }[reply.kind]
    versions = cut(t.listing(reply.versions), 200)
    return said.format(versions=versions, workaround=cut(reply.workaround, 500))


def _end(t: Translator, reply: Reply) -> str:
    if reply.kind in (Kind.FIXED, Kind.RELEASED):
        return t("Please tell us if you still meet it. Thank you for letting us know.")
    if reply.kind in (Kind.WONT_FIX, Kind.NOT_A_BUG, Kind.DUPLICATE, Kind.GONE):
        return t("If this leaves you with a difficulty, please answer, and we will look for a way together.")
    return t("Thank you for your patience.")
