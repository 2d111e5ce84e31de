"""What every workflow is given: the team's decisions, the database, the gateways, and the time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.config import Config
from gateways.jira import Jira
from gateways.slack import Slack
from storage.database import Database
from workflows.coalescing import Coalescing


@dataclass(frozen=True, slots=True)
class Context:
    """The first argument of every workflow; `now` gives business time, aware UTC.

    `saves` lets drafts be written once a second at most. `public_url` is where Bugle is reached from outside,
    empty where it is not.
    """

    config: Config
    database: Database
    slack: Slack
    jira: Jira
    now: Callable[[], datetime]
    saves: Coalescing = field(default_factory=Coalescing)
    public_url: str = ""
