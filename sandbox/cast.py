"""Who and what the sandbox starts with: the workspace "Harbor", its people and channels, and the app.

Plain data, shared by the Slack side and the Jira side. State starts from it and changes on its own.
"""

from dataclasses import dataclass
from enum import StrEnum


class JiraAccount(StrEnum):
    """What a person has in Jira: an account found by e-mail, one with a hidden e-mail, or none."""

    VISIBLE = "visible"
    HIDDEN_EMAIL = "hidden_email"
    NONE = "none"


@dataclass(frozen=True)
class Team:
    """A company's Slack workspace."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class Person:
    """Somebody who uses Slack; `zone` is an IANA time zone and `locale` a Slack locale such as en-US.

    A status ends at `status_expiration`, seconds since 1970; 0: it stays.
    """

    id: str
    handle: str
    name: str
    title: str
    locale: str
    zone: str
    email: str
    team: str = "T0HARBOR"
    admin: bool = False
    guest: bool = False
    deactivated: bool = False
    jira: JiraAccount = JiraAccount.VISIBLE
    status_emoji: str = ""
    status_expiration: int = 0


@dataclass(frozen=True)
class Room:
    """A channel at the start: who is in it, whether it is private, and the other company that shares it."""

    id: str
    name: str
    members: tuple[str, ...]
    topic: str = ""
    private: bool = False
    shared_with: str | None = None


@dataclass(frozen=True)
class Group:
    """A user group at the start: its id, handle and holders."""

    id: str
    handle: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class App:
    """The app as installed: its ids, and the secrets that a bot needs to speak for it."""

    id: str
    name: str
    bot_user: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    scopes: tuple[str, ...]


HARBOR = Team("T0HARBOR", "Harbor", "harbor")
LUMEN = Team("T0LUMEN", "Lumen Retail", "lumen-retail")
TEAMS = (HARBOR, LUMEN)

PEOPLE = (
    Person("U0ANA", "ana", "Ana Ruiz", "Support", "en-GB", "Europe/Madrid", "ana@harbor.example"),
    Person(
        "U0BEN", "ben", "Ben Carter", "Support", "en-GB", "Europe/London", "ben@harbor.example",
        jira=JiraAccount.NONE,
    ),
    Person("U0CHEN", "chen", "Chen Yi-Ting 陳怡婷", "Support", "zh-TW", "Asia/Taipei", "chen@harbor.example"),
    Person(
        "U0DIEGO", "diego", "Diego Mora", "Engineer", "es-ES", "America/Mexico_City", "diego@harbor.example"
    ),
    Person("U0ELSA", "elsa", "Elsa Lind", "Engineer", "en-US", "Europe/Stockholm", "elsa@harbor.example"),
    Person(
        "U0FANG", "fang", "Fang Wei-Lun 方威倫", "Engineer", "zh-TW", "Asia/Taipei", "fang@harbor.example",
        jira=JiraAccount.HIDDEN_EMAIL,
    ),
    Person("U0GRACE", "grace", "Grace Okafor", "Engineer", "en-GB", "Europe/London", "grace@harbor.example"),
    Person("U0HUGO", "hugo", "Hugo Vidal", "Product", "es-ES", "Europe/Madrid", "hugo@harbor.example"),
    Person(
        "U0IRIS", "iris", "Iris Novak", "Team lead", "en-US", "Europe/Prague", "iris@harbor.example",
        admin=True,
    ),
    Person(
        "U0XOLGA", "olga", "Olga Petrov", "Operations", "en-US", "Europe/Berlin", "olga@lumen.example",
        team="T0LUMEN", jira=JiraAccount.NONE,
    ),
    Person(
        "U0XKENJI", "kenji", "Kenji Sato", "Store systems", "ja-JP", "Asia/Tokyo", "kenji@lumen.example",
        team="T0LUMEN", jira=JiraAccount.NONE,
    ),
)  # fmt: skip

_ENGINEERS = ("U0DIEGO", "U0ELSA", "U0FANG", "U0GRACE")
_SUPPORT = ("U0ANA", "U0BEN", "U0CHEN")
_LEADS = ("U0HUGO", "U0IRIS")

ROOMS = (
    Room("C0GENERAL", "general", (*_SUPPORT, *_ENGINEERS, *_LEADS), "Company-wide news"),
    Room("C0SUPPORT", "support", (*_SUPPORT, *_LEADS, "U0BUGLE"), "What customers tell us"),
    Room("C0SHOPBUGS", "shop-bugs", (*_SUPPORT, *_ENGINEERS, *_LEADS, "U0BUGLE"), "Bugs in the Shop"),
    Room(
        "C0PAYBUGS", "pay-bugs", (*_SUPPORT, "U0ELSA", "U0GRACE", *_LEADS, "U0BUGLE"), "Bugs in Pay"
    ),
    Room("C0VOICES", "product-voices", (*_LEADS, *_SUPPORT, "U0BUGLE"), "What customers say, hour by hour"),
    Room("C0ADMINS", "bugle-admins", (*_LEADS, "U0BUGLE"), "Bugle's own trouble", private=True),
    Room(
        "C0LUMEN", "ext-lumen-retail", ("U0ANA", "U0CHEN", "U0HUGO", "U0XOLGA", "U0XKENJI", "U0BUGLE"),
        "Harbor and Lumen Retail", shared_with="T0LUMEN",
    ),
)  # fmt: skip

GROUPS = (Group("S0ONDUTY", "bug-duty", "Bug duty", ("U0ELSA",)),)

APP = App(
    id="A0BUGLE",
    name="Bugle",
    bot_user="U0BUGLE",
    bot_id="B0BUGLE",
    bot_token="xoxb-sandbox-bugle",  # noqa: S106 - the sandbox's secrets are public
    app_token="xapp-sandbox-bugle",  # noqa: S106 - as above
    signing_secret="sandbox-signing-secret",  # noqa: S106 - as above
    scopes=(
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read",
        "files:write", "groups:history", "groups:read", "im:history", "im:write", "reactions:read",
        "usergroups:read", "usergroups:write", "users:read", "users:read.email",
    ),
)  # fmt: skip
