"""What `bugle routes` writes: the routing table as plain text, and what it does with a customer issue.

The command line speaks English, as its other commands do.
"""

from collections.abc import Sequence

from domain.config import Config
from domain.customer_config import Asleep, Form, Route
from domain.customer_routing import Decision, Delivery, Judged, Verdict
from domain.working_hours import DAYS, WorkingHours

_HEADS = ("line", "name", "channel", "has", "when")
_ASLEEP = {
    Asleep.WAIT: "else waits",
    Asleep.NEXT: "else whoever is awake has it",
    Asleep.POST: "else posts all the same",
}
_FORMS = {Form.EACH: "each", Form.HOURLY: "a digest each hour", Form.DAILY: "a digest each day"}


def table(config: Config) -> str:
    """Return every line with what it has and when, and where goes what fits none."""
    rows = [
        (str(line), route.name, route.channel, _has(route), _when(route))
        for line, route in enumerate(config.routes, 1)
    ]
    own = ", ".join(f"{product.key} {product.channel}" for product in config.products)
    shown = _aligned([_HEADS, *rows]) if rows else []
    return "\n".join([*shown, f"What fits no line goes to its product's channel: {own}."]) + "\n"


def decided(config: Config, decision: Decision) -> str:
    """Return what each line does with a customer issue, and then where it goes and when."""
    rows = [(str(each.line), each.name, _verdict(each)) for each in decision.judged]
    goes = [_goes(config, each) for each in decision.deliveries]
    return "\n".join([*_aligned(rows), *goes]) + "\n"


def _goes(config: Config, delivery: Delivery) -> str:
    named = f", naming who is on duty in {delivery.rotation}" if delivery.rotation else ""
    if delivery.line is None:
        return f"It goes to {delivery.channel}, the product's own channel, at once."
    zone = config.routes[delivery.line - 1].zone
    at = f"{delivery.at.astimezone(zone):%a %Y-%m-%d %H:%M} {zone.key}"
    return f"It goes to {delivery.channel} by line {delivery.line} ({_FORMS[delivery.form]}), {at}{named}."


def _verdict(judged: Judged) -> str:
    if judged.verdict is Verdict.HAS_IT:
        return "has it"
    if judged.verdict is Verdict.PASSED_ON:
        return f"its readers are away, and line {judged.other} has it sooner"
    if judged.verdict is Verdict.SAME_CHANNEL:
        return f"line {judged.other} has it for the same channel"
    least = "at least " if judged.filter == "effort" else ""
    return f"not its {judged.filter}: {least}{' or '.join(judged.wanted)}"


def _has(route: Route) -> str:
    filters = (
        *route.products,
        *route.areas,
        *route.tiers,
        *route.regions,
        *route.languages,
        *route.zones,
    )
    effort = [f"effort {route.effort} or more"] if route.effort else []
    return ", ".join([*filters, *effort]) or "everything"


def _when(route: Route) -> str:
    hours = f", {_hours(route.hours)} {route.zone.key}, {_ASLEEP[route.asleep]}" if route.hours else ""
    return f"{_FORMS[route.form]}{hours}"


def _hours(hours: WorkingHours) -> str:
    days = " ".join(DAYS[day] for day in sorted(hours.days))
    return f"{days} {hours.start:%H:%M}-{hours.end:%H:%M}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
