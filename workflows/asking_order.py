"""Who can be asked about a report at an instant, by the rotations that serve it and who is away."""

from datetime import datetime

from domain.escalation import Asked, Line, first_asked, next_asked, order_of_asking
from domain.report import Report
from domain.rotation_profile import KeptRotation, Rank, Step
from domain.working_hours import WorkingHours
from storage import duty_layers, pings
from storage.database import Transaction
from workflows.rotating import all_on_duty, first_serving, on_duty


def line(tx: Transaction, report: Report, at: datetime) -> Line | None:
    """Return who can be asked about a report at *at*; None where its product has no rotation."""
    rotation = first_serving(tx, report.product, report.area, at)
    if rotation is None:
        return None
    on = on_duty(tx, report.product, report.area, at)
    person = on.person if on else None
    secondary = all_on_duty(tx, report.product, report.area, at, Rank.SECONDARY)
    return Line(
        rotation.profile.steps,
        order_of_asking(rotation.history, at, person),
        on_duty=person,
        secondary=tuple(each.person for each in secondary),
        lead=rotation.profile.lead,
        away=duty_layers.away(tx, at),
    )


def first(tx: Transaction, report: Report, at: datetime) -> Asked | None:
    """Return who begins a round about a report; None where its product has no rotation."""
    found = line(tx, report, at)
    return first_asked(found) if found else None


def following(tx: Transaction, report: Report, at: datetime) -> Asked | None:
    """Return who is asked after those of the round under way; None where nobody is left."""
    found = line(tx, report, at)
    return next_asked(found, pings.asked(tx, report.id)) if found else None


def hours(tx: Transaction, report: Report, via: Step | None, at: datetime) -> WorkingHours | None:
    """Return the hours of the rotation by which somebody is asked; None where there is none."""
    rotation = _rotation(tx, report, via, at)
    return rotation.profile.hours if rotation else None


def zone(tx: Transaction, report: Report, at: datetime) -> str:
    """Return the zone of a report's rotation, for what is nobody's in particular; UTC where it has none."""
    rotation = _rotation(tx, report, None, at)
    return rotation.history.latest.zone if rotation else "UTC"


def is_away(tx: Transaction, person: str, at: datetime) -> bool:
    """Tell whether somebody has time off at an instant."""
    return person in duty_layers.away(tx, at)


def _rotation(tx: Transaction, report: Report, via: Step | None, at: datetime) -> KeptRotation | None:
    if via is Step.SECONDARY:
        on = on_duty(tx, report.product, report.area, at, Rank.SECONDARY)
        if on is not None:
            return on.rotation
    return first_serving(tx, report.product, report.area, at)
