"""Which channels see a customer issue, in which form and when, by the lines of the routing table.

Every line that fits has it, one to each channel; where none fits, the product's own channel has it at once.
A line that passes on outside its hours (`Asleep.NEXT`) has it only where nobody else gets it sooner: it goes
to whoever is awake, and at night to whoever begins first. So there is always one that does not pass it on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from domain.customer_config import Asleep, Form, Route
from domain.route_filters import Facts, Filter, misfit
from domain.working_hours import WorkingHours

_MORNINGS = WorkingHours(frozenset(range(7)), time(9), time(17))  # for a daily digest without hours


class Verdict(StrEnum):
    """What came of a line."""

    HAS_IT = "has_it"
    PASSED_ON = "passed_on"  # its readers sleep, and another line has it sooner
    SAME_CHANNEL = "same_channel"  # another line has it for the same channel
    UNFIT = "unfit"  # one of its filters does not let it through


@dataclass(frozen=True, slots=True)
class Judged:
    """A line, numbered from 1 as in bugle.toml, and what came of it.

    `filter` is the first that does not let it through, `wanted` what that one would; `other` is the line that
    has it instead.
    """

    line: int
    name: str
    channel: str
    verdict: Verdict
    filter: Filter | None = None
    wanted: tuple[str, ...] = ()
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One channel that has a customer issue, from *at* on (aware UTC).

    `line` and `name` are of the line that decided, None for the product's own channel; `rotation` is the key
    of the one whose engineer on duty is named.
    """

    channel: str
    form: Form
    at: datetime
    line: int | None = None
    name: str | None = None
    rotation: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a customer issue goes, at least to one channel, and what came of every line on the way."""

    deliveries: tuple[Delivery, ...]
    judged: tuple[Judged, ...]

    def kept(self, facts: Facts) -> dict[str, Any]:
        """Return this as it is kept with the customer issue, as JSON."""
        return {
            "facts": asdict(facts),
            "deliveries": [{**asdict(each), "at": each.at.isoformat()} for each in self.deliveries],
            "judged": [{**asdict(each), "wanted": list(each.wanted)} for each in self.judged],
        }


def decide(routes: Sequence[Route], facts: Facts, at: datetime, own_channel: str) -> Decision:
    """Say where a customer issue of these facts, known at *at* (aware UTC), goes.

    `own_channel` is that of its product.
    """
    judged = {line: _judged(line, route, facts) for line, route in enumerate(routes, 1)}
    fitting = [
        _Fit(line, route, at)
        for line, route in enumerate(routes, 1)
        if judged[line].verdict is Verdict.HAS_IT
    ]
    chosen = []
    for channel in dict.fromkeys(fit.route.channel for fit in fitting):
        of_it = [fit for fit in fitting if fit.route.channel == channel]
        first = next(fit for fit in of_it if fit.passed_on_to(of_it) is None)
        chosen.append(first)
        for fit in of_it:
            if fit is not first:
                sooner = fit.passed_on_to(of_it)
                judged[fit.line] = (
                    fit.without(Verdict.PASSED_ON, sooner)
                    if sooner
                    else fit.without(Verdict.SAME_CHANNEL, first)
                )
    deliveries = []
    for fit in chosen:
        if (sooner := fit.passed_on_to(chosen)) is not None:
            judged[fit.line] = fit.without(Verdict.PASSED_ON, sooner)
        else:
            deliveries.append(fit.delivery())
    own = Delivery(own_channel, Form.EACH, at)
    return Decision(tuple(deliveries) or (own,), tuple(judged.values()))


def read_decision(kept: Mapping[str, Any]) -> tuple[Facts, Decision] | None:
    """Return the facts and the decision that were kept with a customer issue; None where none were."""
    if "facts" not in kept:
        return None
    deliveries = (
        Delivery(**{**each, "form": Form(each["form"]), "at": datetime.fromisoformat(each["at"])})
        for each in kept["deliveries"]
    )
    return Facts(**kept["facts"]), Decision(tuple(deliveries), tuple(map(_read_judged, kept["judged"])))


def due(route: Route, at: datetime) -> datetime:
    """Return when a line posts what is known at *at* (both aware) and is not passed on."""
    match route.form:
        case Form.EACH:
            return _when_open(route, at)
        case Form.HOURLY:
            return _when_open(route, _full_hour(at, route.zone))
        case Form.DAILY:
            spells = (route.hours or _MORNINGS).spells(at, route.zone)
            return next(begin for begin, _ in spells if begin > at)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A line that fits an issue that is known at *at*."""

    line: int
    route: Route
    at: datetime

    def passed_on_to(self, others: Sequence["_Fit"]) -> "_Fit | None":
        """Return the one of *others* that has it sooner, where this line's readers sleep and pass it on."""
        hours, route = self.route.hours, self.route
        if route.asleep is not Asleep.NEXT or hours is None or hours.includes(self.at, route.zone):
            return None
        first = min((*others, self), key=_Fit._soonest)
        return None if first == self else first

    def delivery(self) -> Delivery:
        """Return what comes of it where this line has it."""
        route = self.route
        return Delivery(route.channel, route.form, due(route, self.at), self.line, route.name, route.rotation)

    def without(self, verdict: Verdict, other: "_Fit") -> Judged:
        """Say that another line has it instead."""
        return Judged(self.line, self.route.name, self.route.channel, verdict, other=other.line)

    def _soonest(self) -> tuple[datetime, int]:
        return due(self.route, self.at), self.line


def _judged(line: int, route: Route, facts: Facts) -> Judged:
    found = misfit(route, facts)
    if found is None:
        return Judged(line, route.name, route.channel, Verdict.HAS_IT)
    return Judged(line, route.name, route.channel, Verdict.UNFIT, *found)


def _read_judged(kept: Mapping[str, Any]) -> Judged:
    named = Filter(kept["filter"]) if kept["filter"] else None
    read = {"verdict": Verdict(kept["verdict"]), "filter": named, "wanted": tuple(kept["wanted"])}
    return Judged(**{**kept, **read})


def _when_open(route: Route, at: datetime) -> datetime:
    if route.hours is None or route.asleep is Asleep.POST:
        return at
    return next(route.hours.spells(at, route.zone))[0]


def _full_hour(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the next instant at which the clocks of a zone, as they go now, show a full hour."""
    local = at.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return at + (timedelta(hours=1) - past)
