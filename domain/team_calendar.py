"""The days and hours on which a team works: what it has promised is counted in these only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from domain.working_hours import USUAL, WorkingHours


class UnknownHolidaysError(ValueError):
    """A country or a part of one whose holidays nobody knows; `known` are those that could be meant."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


@dataclass(frozen=True, slots=True)
class TeamCalendar:
    """Working hours by the clocks of one zone, without public holidays and other closed days.

    `country` is an ISO 3166-1 code of two letters, `subdivision` that of a part of it, as ISO 3166-2 writes
    it behind the hyphen; None: no holidays, or those of the whole country only.
    """

    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009 - immutable
    hours: WorkingHours = USUAL
    country: str | None = None
    subdivision: str | None = None
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.country is None:
            return
        known = holidays.list_supported_countries()
        if self.country not in known:
            raise UnknownHolidaysError(self.country, tuple(known))
        if self.subdivision is not None and self.subdivision not in known[self.country]:
            raise UnknownHolidaysError(self.subdivision, tuple(known[self.country]))

    def is_closed(self, day: date) -> bool:
        """Tell whether nobody works on a day whatever weekday it is."""
        if day in self.closed:
            return True
        return self.country is not None and day in _public(self.country, self.subdivision, day.year)

    def spells(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """List the stretches of work from *at* (aware) on, in UTC, in order, none empty; without end."""
        for begin, end in self.hours.spells(at, self.zone):
            if not self.is_closed(begin.astimezone(self.zone).date()):
                yield begin, end


@lru_cache(maxsize=256)
def _public(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    # A whole year at once: the library's own dates are filled in as they are asked for, in any thread.
    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False))
