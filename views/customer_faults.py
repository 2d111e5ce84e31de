"""What is wrong with what people and files say of a customer, and what to give instead."""

from domain.customer_faults import Why
from views.text import Translator


def fault(t: Translator, why: Why) -> str:
    """Return what is wrong with one field, and the way out."""
    return {
        Why.NO_NAME: t("Give the customer a name."),
        Why.TOO_LONG: t("This is too long: shorten it."),
        Why.RESERVED: t("Keys that begin so are made by Bugle: give another, or none."),
        Why.NO_AMOUNT: t("This is no amount: give one such as 240000, 240.000,00 or 1.2M."),
        Why.UNCLEAR_AMOUNT: t("This can be two amounts: write it without K or M."),
        Why.OTHER_CURRENCY: t("This is in another currency than bugle.toml says: convert it."),
        Why.NO_DATE: t("This is no date: give one such as 2026-09-30."),
        Why.UNCLEAR_DATE: t("This can be two days: give the date as 2026-09-30."),
        Why.NO_ZONE: t("This is no time zone: give one such as Europe/Madrid."),
        Why.NO_LANGUAGE: t("This is no language: give a code such as es or zh_Hant."),
        Why.NO_URL: t("This is no address: give one that begins with https://"),
        Why.NO_PERSON: t("This is neither a member ID nor an e-mail address."),
        Why.UNKNOWN_PERSON: t("Nobody in your Slack has this e-mail address."),
        Why.NO_CHANNEL: t("This is no channel: give its ID, such as C0123ABCD, or its address."),
        Why.CELLS: t("This line has not as many cells as the header."),
        Why.QUOTES: t("A quotation mark is not closed, or stands where none may."),
        Why.TOO_LARGE: t("This line is too long."),
        Why.REPEATED: t("An earlier line is about the same customer."),
        Why.SEVERAL: t("Several customers have this name: give their keys."),
        Why.NEW_WITHOUT_NAME: t("No customer has this key yet, and there is no name for a new one."),
    }[why]
