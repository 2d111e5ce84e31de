"""What every workflow is given: the team's decisions, the database, the gateways, and the time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.config import Config
from gateways.absence_calendars import AbsenceCalendars
from gateways.jira import Jira
from gateways.slack import Slack
from storage.database import Database
from workflows.coalescing import Coalescing
from workflows.looking_ahead import LookingAhead


@dataclass(frozen=True, slots=True)
class Context:
    """The first argument of every workflow; `now` gives business time, aware UTC.

    `saves` lets drafts be written once a second at most, `ahead` looks them over before they are filed.
    `public_url` is where Bugle is reached from outside, empty where it is not. `calendars` fetches absences.
    """

    config: Config
    database: Database
    slack: Slack
    jira: Jira
    now: Callable[[], datetime]
    saves: Coalescing = field(default_factory=Coalescing)
    ahead: LookingAhead = field(default_factory=LookingAhead)
    public_url: str = ""
    calendars: AbsenceCalendars = field(default_factory=AbsenceCalendars)
