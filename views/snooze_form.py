"""The choice of until when a ping is snoozed, each with the exact time in its reader's zone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from domain.snooze import Snooze, Until
from views.blocks import Block, button, context, modal, section
from views.text import Translator, moment, person, translator

SNOOZE_UNTIL = "ping_snooze_until"
CALLBACK = "ping_snooze"


class Chosen(NamedTuple):
    """What a pressed button says: until when (aware UTC) which ping of which report is snoozed."""

    report: str
    number: int
    until: datetime


def snooze_form(report: str, number: int, offers: Sequence[Snooze], language: str) -> Block:
    """Return the modal that offers times; one press decides."""
    t = translator(language)
    rows = [_row(t, f"{report}:{number}", each) for each in offers]
    said = t("Until then nobody else is asked. Then whoever is on duty is asked anew.")
    return modal(CALLBACK, t("Snooze"), [*rows, context(said)], close=t("Close"))


def snoozed_view(until: datetime, language: str) -> Block:
    """Return what the modal becomes when it is done."""
    t = translator(language)
    said = t("Snoozed until {when}. Then whoever is on duty is asked anew.").format(when=moment(until))
    return modal(CALLBACK, t("Snooze"), [section(said)], close=t("Close"))


def not_snoozed_view(holder: str | None, language: str) -> Block:
    """Return why nothing can be snoozed: somebody else has the report, or nobody in particular."""
    t = translator(language)
    if holder is None:
        said = t("Nothing was snoozed: this no longer waits for you.")
    else:
        said = t("Nothing was snoozed: {person} has it now.").format(person=person(holder))
    return modal(CALLBACK, t("Snooze"), [section(said)], close=t("Close"))


def read_choice(value: str) -> Chosen:
    """Return what was chosen, by the value of the pressed button."""
    report, number, second = value.split(":")
    return Chosen(report, int(number), datetime.fromtimestamp(int(second), UTC))


def _row(t: Translator, which: str, offer: Snooze) -> Block:
    label = {
        Until.HOUR: t("Snooze 1 hour"),
        Until.HOURS: t("Snooze 4 hours"),
        Until.TOMORROW: t("Snooze until tomorrow"),
        Until.WORKING_DAY: t("Snooze until the next working day"),
        Until.HAND_OFF: t("Snooze until the hand-off"),
    }[offer.until]
    chosen = button(label, SNOOZE_UNTIL, f"{which}:{int(offer.at.timestamp())}")
    returns = section(t("It comes back {when}").format(when=moment(offer.at)))
    return {**returns, "block_id": f"{SNOOZE_UNTIL}_{offer.until}", "accessory": chosen}
