"""What a team decides about its Bugle: the frozen form of bugle.toml, parsed in `bot/config.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.customer_config import CustomerRules, Route, Source
from domain.duty_window import DutyWindow
from domain.promise import Promises
from domain.rotation import Rotation
from domain.rotation_profile import Profile
from domain.severity import DEFAULT_SCALE, Severity
from domain.tracking import FollowUp

LANGUAGES = ("en", "es", "zh_Hant")
# The fields of the form that a team may do without; Jira fields are named beside them by their ids.
OPTIONAL_FIELDS = ("area", "customers", "environment", "version", "effort", "help_desk_link", "screenshots")


@dataclass(frozen=True, slots=True)
class Admins:
    """Who looks after Bugle: the Slack channel for what needs a person, and its language."""

    channel: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Roles:
    """Who may do what: ids of Slack users and of user groups. `triage` is about the reports of every product.

    `rotations` are those who may make, change and end rotations.
    """

    triage: tuple[str, ...] = ()
    rotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """Something we sell: one Jira project, its channel, and the rotation that handles its bugs.

    `support_channels` are where people talk about it: a form opened there has it chosen already. `triage` are
    the users and user groups who may triage its reports beside those in `Roles`. `fields` are Jira fields
    that every issue of it gets, by field id, as JSON. `form` names the optional fields that its form shows:
    words of OPTIONAL_FIELDS, and ids of Jira fields that Jira does not require.
    """

    key: str
    name: str
    project: str
    channel: str
    issue_type: str = "Bug"
    language: str = "en"
    rotation: str | None = None
    support_channels: tuple[str, ...] = ()
    triage: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    environments: tuple[str, ...] = ()
    form: tuple[str, ...] = OPTIONAL_FIELDS


@dataclass(frozen=True, slots=True)
class RotationEntry:
    """A rotation as bugle.toml first defines it; storage keeps it from then on.

    It serves the products that name it, whole, besides what its profile says. `given` are the settings that
    the file names, by their words there; the others have their defaults.
    """

    key: str
    profile: Profile
    rotation: Rotation
    window: DutyWindow | None = None
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TimeOffSources:
    """Where time off is read from beside the form: calendars by whose they are, and people's Slack status."""

    ical: Mapping[str, str] = field(default_factory=dict)
    status: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of bugle.toml. `people` maps Slack user ids to Jira accounts where e-mail cannot tell."""

    admins: Admins
    products: tuple[Product, ...]
    rotations: tuple[RotationEntry, ...] = ()
    severities: tuple[Severity, ...] = DEFAULT_SCALE
    people: Mapping[str, str] = field(default_factory=dict)
    roles: Roles = Roles()
    time_off: TimeOffSources = field(default_factory=TimeOffSources)
    customers: CustomerRules = field(default_factory=CustomerRules)
    routes: tuple[Route, ...] = ()
    intakes: tuple[Source, ...] = ()
    follow_up: FollowUp = field(default_factory=FollowUp)
    promises: Promises = field(default_factory=Promises)

    def triagers(self, product: Product) -> tuple[str, ...]:
        """Return the users and user groups who may triage a product's reports; none: everybody may."""
        return tuple(dict.fromkeys((*self.roles.triage, *product.triage)))

    def user_groups(self) -> tuple[str, ...]:
        """Return the ids of the user groups that decide who may do something."""
        triagers = (each for product in self.products for each in self.triagers(product))
        named = (*triagers, *self.roles.rotations, *self.customers.editors)
        return tuple(dict.fromkeys(each for each in named if each.startswith("S")))

    def product(self, key: str) -> Product:
        """Return the product with this key; KeyError when it is no longer configured."""
        for product in self.products:
            if product.key == key:
                return product
        raise KeyError(key)

    def severity(self, key: str) -> Severity:
        """Return the step with this key, or the last one when a report keeps a step since removed."""
        for step in self.severities:
            if step.key == key:
                return step
        return self.severities[-1]

    def channel_language(self, channel: str) -> str:
        """Return the one language of what is said of customers in a channel: its product's, or its lines'."""
        products = (product.language for product in self.products if product.channel == channel)
        lines = (route.language for route in self.routes if route.channel == channel)
        return next((each for each in (*products, *lines) if each is not None), "en")

    def product_for_channel(self, channel: str) -> Product | None:
        """Return the one product a channel is about, or None."""
        about = [each for each in self.products if channel in (each.channel, *each.support_channels)]
        return about[0] if len(about) == 1 else None
