"""What a team decides about its customers: what bugle.toml says of them, of routes and of intakes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.working_hours import WorkingHours


@dataclass(frozen=True, slots=True)
class CustomerRules:
    """[customers]: what all customers have in common.

    `tiers` are the best first. `currency` stands behind yearly values, such as EUR. `keep_text` is for how
    long the text of what customers said is kept; None: for ever. `issue_links_outside` allows addresses of
    Jira issues in channels that outsiders read. `low_satisfaction` and below, of 100, comes in as feedback on
    the product; None: no score does. `editors` are the users and user groups who may change, merge, export
    and erase customers; empty: everybody in our own company but guests.
    """

    tiers: tuple[str, ...] = ()
    currency: str = ""
    keep_text: timedelta | None = None
    issue_links_outside: bool = False
    low_satisfaction: int | None = None
    editors: tuple[str, ...] = ()


class Form(StrEnum):
    """How a channel gets customer issues: every one for itself, or gathered."""

    EACH = "each"
    HOURLY = "hourly"
    DAILY = "daily"


class Asleep(StrEnum):
    """What happens outside the hours of a route: it waits for them, the next route has it, or no matter."""

    WAIT = "wait"
    NEXT = "next"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Route:
    """[[routes]]: which customer issues a channel sees. What is empty fits everything.

    `zones` are IANA zones of customers, or continents as in `Europe/*`. `effort` is the least there must be,
    0: any. `hours` are those of whoever reads the channel, in `zone`; None: round the clock. A digest of the
    day comes when they begin. `rotation` is the key of one whose engineer on duty is named; None: the
    product's own is not mentioned either. `language` is that of the channel; None where the product whose
    channel it is says it, or another line, and else English: `Config.channel_language`.
    """

    name: str
    channel: str
    products: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    effort: int = 0
    form: Form = Form.EACH
    hours: WorkingHours | None = None
    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009 - immutable
    asleep: Asleep = Asleep.WAIT
    rotation: str | None = None
    language: str | None = None


class HelpDesk(StrEnum):
    """Whose webhooks a source sends; JSON is anything else, by dotted paths."""

    ZENDESK = "zendesk"
    INTERCOM = "intercom"
    FRESHDESK = "freshdesk"
    FRONT = "front"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Source:
    """[[intake]]: who may send customer issues from outside, to `/intake/{key}`.

    Its secret is in the environment: INTAKE_SECRET_ and the key in capitals, hyphens as underscores.
    `product` is the key of the product where `paths` do not tell. `paths` say where in the sender's JSON each
    of our fields is, by its name, dotted as in `ticket.description`; they go before those that are ready for
    a help desk. `scale` is the worst and the best score of satisfaction where those of its kind do not fit.
    `language` is that of its texts where nothing else tells.
    """

    key: str
    kind: HelpDesk
    product: str
    paths: Mapping[str, str] = field(default_factory=dict)
    scale: tuple[int, int] | None = None
    language: str | None = None

    @property
    def setting(self) -> str:
        """The name of its secret in the environment."""
        return f"INTAKE_SECRET_{self.key.upper().replace('-', '_')}"
