"""The app as the workspace has it installed: tokens, scopes, and how its payloads are delivered."""

from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.cast import APP
from sandbox.slack.model import JSON

APP_SCOPES = ("connections:write",)
ALL_EVENTS = (
    "app_home_opened", "app_mention", "channel_archive", "channel_id_changed", "channel_rename",
    "channel_shared", "channel_unshared", "file_shared", "member_joined_channel", "member_left_channel",
    "message.channels", "message.groups", "message.im", "reaction_added", "reaction_removed",
    "subteam_members_changed", "subteam_updated", "tokens_revoked", "user_change",
)  # fmt: skip


class Kind(StrEnum):
    """What a token stands for."""

    BOT = "bot"
    USER = "user"
    APP = "app"


class Mode(StrEnum):
    """How payloads reach the app."""

    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True)
class Token:
    """A token that the Web API accepts: for whom it speaks, and what it may."""

    kind: Kind
    user: str
    scopes: frozenset[str]


@dataclass(frozen=True)
class Command:
    """A slash command of the manifest."""

    name: str
    should_escape: bool = False


@dataclass
class Installed:
    """The app's standing in the workspace.

    `commands` and `shortcuts` (callback id to its type, global or message) are None until a manifest says
    what there is; then any name is taken. `retry_delays` are the seconds before each retry of an event;
    `groups_managed_by`, `topics_set_by` and `pins_made_by` are everyone or admins; `paid`: the workspace has
    a plan with user groups; `new_blocks`: blocks still being rolled out are there;
    `features` are the manifest's, with the names people read.
    """

    bot_token: str = APP.bot_token
    app_token: str = APP.app_token
    user_token: str | None = None
    revoked: set[str] = field(default_factory=set)
    signing_secret: str = APP.signing_secret
    scopes: frozenset[str] = frozenset(APP.scopes)
    user_scopes: frozenset[str] = frozenset({"usergroups:read", "usergroups:write"})
    mode: Mode = Mode.SOCKET
    request_url: str | None = None
    limits: bool = True
    events: frozenset[str] = frozenset(ALL_EVENTS)
    commands: dict[str, Command] | None = None
    shortcuts: dict[str, str] | None = None
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    groups_managed_by: str = "everyone"
    topics_set_by: str = "everyone"
    pins_made_by: str = "everyone"
    paid: bool = True
    new_blocks: bool = True
    features: JSON = field(default_factory=dict)

    def token(self, text: str) -> Token | None:
        """Return what *text* stands for as a token, None when it is not valid (any more)."""
        if text in self.revoked:
            return None
        known = {
            self.bot_token: Token(Kind.BOT, APP.bot_user, self.scopes),
            self.app_token: Token(Kind.APP, APP.bot_user, frozenset(APP_SCOPES)),
        }
        if self.user_token:
            known[self.user_token] = Token(Kind.USER, "U0IRIS", self.user_scopes)
        return known.get(text)

    def follow(self, manifest: JSON) -> None:
        """Take scopes, commands, shortcuts and events from the app's *manifest*, as an installation does."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        self.features = features
        self.scopes = frozenset(scopes.get("bot", ()))
        self.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", ()))
        self.commands = {
            one["command"]: Command(one["command"], bool(one.get("should_escape")))
            for one in features.get("slash_commands", ())
        }
        self.shortcuts = {one["callback_id"]: one["type"] for one in features.get("shortcuts", ())}
        self.mode = Mode.SOCKET if settings.get("socket_mode_enabled") else Mode.HTTP
