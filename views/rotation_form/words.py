"""The names people read for the fields of a rotation, and what is wrong with one."""

from domain.rotation import Kind
from domain.rotation_form import Field
from domain.rotation_input import MAX_LENGTH
from domain.rotation_plan import Fault, Flaw
from domain.rotation_profile import Rank, Step
from domain.wall_clock import ClockChange
from views.text import Translator

_MINUTE = "%Y-%m-%d %H:%M"


def field_name(t: Translator, field: Field) -> str:
    """Return a field as it is told of in passing: "the members"."""
    return {
        Field.NAME: t("the name"),
        Field.MEMBERS: t("the members"),
        Field.TURNS: t("how long turns last"),
        Field.START: t("the time of hand-offs"),
        Field.ZONE: t("the time zone"),
        Field.SERVES: t("what it serves"),
        Field.DUTY: t("the hours of duty"),
        Field.HOURS: t("the working hours"),
        Field.LEAD: t("the lead"),
        Field.CHANNEL: t("the channel"),
        Field.LANGUAGE: t("the language"),
        Field.USER_GROUP: t("the user group"),
        Field.STEPS: t("who is told when nobody reacts"),
        Field.RANK: t("whether it is asked first"),
        Field.ORDER: t("how members are ordered"),
        Field.QUIET: t("when people are told"),
        Field.TOPIC: t("the topic of the channel"),
        Field.PINNED: t("the pinned message"),
    }[field]


def kind_name(t: Translator, kind: Kind) -> str:
    """Return the unit in which turns are counted."""
    return {
        Kind.HOURLY: t("Hours"),
        Kind.DAILY: t("Days"),
        Kind.WEEKLY: t("Weeks"),
        Kind.MONTHLY: t("Months"),
    }[kind]


def rank_name(t: Translator, rank: Rank) -> str:
    """Return whether a rotation is asked first."""
    return {
        Rank.PRIMARY: t("Primary: asked first"),
        Rank.SECONDARY: t("Secondary: asked when the primary one does not react"),
    }[rank]


def step_name(t: Translator, step: Step) -> str:
    """Return who is told when nobody reacts."""
    return {
        Step.NEXT: t("The next member"),
        Step.OTHERS: t("All other members, one after the other"),
        Step.SECONDARY: t("Who is on duty in the secondary rotation"),
        Step.LEAD: t("The lead"),
        Step.CHANNEL: t("The thread in the product's channel"),
    }[step]


def day_name(t: Translator, day: int) -> str:
    """Return a day of the week, 0 for Monday."""
    return (
        t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday"), t("Sunday")
    )[day]  # fmt: skip


def flaw_text(t: Translator, flaw: Flaw) -> str:
    """Return what is wrong with a field and the way out, as the error beneath it."""
    if flaw.fault is Fault.UNCLEAR and flaw.start and flaw.change:
        said = _why_unclear(t, flaw.change)
        return said.format(
            start=f"{flaw.start:{_MINUTE}}",
            zone=flaw.zone,
            before=f"{flaw.change.shown_before:%H:%M}",
            after=f"{flaw.change.shown_after:%H:%M}",
            clear=f"{max(flaw.change.shown_before, flaw.change.shown_after):{_MINUTE}}",
        )
    return _fault_text(t, flaw.fault).format(who=flaw.who, most=MAX_LENGTH)


def _why_unclear(t: Translator, change: ClockChange) -> str:
    if change.skips:
        return t(
            "{start} does not exist in {zone}: the clocks go from {before} straight to {after}. Choose"
            " {clear} or later, or another day."
        )
    return t(
        "{start} comes twice in {zone}: the clocks go from {before} back to {after}. Choose {clear}"
        " or later, or another day."
    )


def _fault_text(t: Translator, fault: Fault) -> str:
    return {
        Fault.NO_NAME: t("Give it a name."),
        Fault.NAME_TAKEN: t("There is a rotation of this name already. Choose another."),
        Fault.NO_MEMBERS: t("Choose at least one person."),
        Fault.OUTSIDER: t("{who} cannot be a member: only people of this workspace can. Take them out."),
        Fault.LENGTH: t("Choose a length from 1 to {most}."),
        Fault.NO_START: t("Choose the day of the first hand-off."),
        Fault.YEAR: t("Choose a year from 1900 to 2999."),
        Fault.UNCLEAR: t("Choose another time: on that day the clocks change then."),
        Fault.ZONE: t("Choose a time zone from the list."),
        Fault.DUTY_DAYS: t("Choose at least one day, or let somebody be on duty round the clock."),
        Fault.WORK_DAYS: t("Choose at least one day."),
        Fault.WORK_HOURS: t("Choose an end at least half an hour after the start, on the same day."),
    }[fault]
