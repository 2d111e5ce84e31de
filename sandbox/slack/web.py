"""The door of the Web API: who calls, may they, how often; then the method, then Slack's way of answering."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from sandbox.answer import Reply, Side
from sandbox.core import Core
from sandbox.slack.arguments import Arguments, Refused
from sandbox.slack.installed import Kind, Token
from sandbox.slack.model import JSON
from sandbox.slack.pacing import Tier
from sandbox.slack.state import Slack
from sandbox.trouble import Kind as TroubleKind
from sandbox.trouble import Trouble

BOTS_AND_PEOPLE = (Kind.BOT, Kind.USER)


@dataclass
class Ask:
    """One call being handled; `scope` becomes the scope that allowed it."""

    slack: Slack
    args: Arguments
    token: Token
    scope: str | None = None

    @property
    def is_admins(self) -> bool:
        """Tell whether an admin calls: a bot never is one, whatever its scopes."""
        person = self.slack.person(self.token.user)
        return self.token.kind is not Kind.BOT and person is not None and person.admin

    def need_any(self, *scopes: str) -> None:
        """Go on only if the token has one of these scopes."""
        held = next((scope for scope in scopes if scope in self.token.scopes), None)
        if held is None:
            raise missing_scope(scopes, self.token)
        self.scope = held

    def need(self, scope: str) -> None:
        """Go on only if the token has *scope*."""
        if scope not in self.token.scopes:
            raise missing_scope((scope,), self.token)
        self.scope = scope


@dataclass(frozen=True)
class Method:
    """A Web API method: any one of `scopes` opens it (none: any token of the right `kinds` does)."""

    name: str
    run: Callable[[Ask], JSON]
    tier: Tier
    scopes: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = field(default=BOTS_AND_PEOPLE)


class TooOften(Exception):
    """A limit was passed; `seconds` is what Retry-After says."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def missing_scope(needed: Iterable[str], token: Token) -> Refused:
    """Return Slack's refusal of a token that lacks every one of the *needed* scopes."""
    return Refused("missing_scope", needed=",".join(needed), provided=",".join(sorted(token.scopes)))


class WebAPI:
    """Answers `/slack/api/<method>` by the methods it is given."""

    def __init__(self, slack: Slack, methods: Iterable[Method]) -> None:
        self._slack = slack
        self._side = slack_side(slack.core)
        self._methods = {method.name: method for method in methods}

    async def endpoint(self, request: Request) -> Response:
        """Answer one HTTP request."""
        name = request.path_params["method"]
        return await self._side.answer(name, request, lambda one: self._reply(name, one))

    async def _reply(self, name: str, request: Request) -> Reply:
        method = self._methods.get(name)
        if method is None:
            return _refusal(Refused("unknown_method", req_method=name))
        headers: dict[str, str] = {}
        try:
            args = await Arguments.of(request)
            token = self._token(request, args)
            headers = _scope_headers(method, token)
            ask = Ask(self._slack, args, token)
            self._admit(method, ask)
            return Reply({"ok": True, **method.run(ask)}, headers=headers, scope=ask.scope)
        except Refused as refused:
            return _refusal(refused, headers)
        except TooOften as limit:
            return _too_often(limit.seconds)

    def _token(self, request: Request, args: Arguments) -> Token:
        """Return who calls, from the Authorization header, or a form's `token`."""
        header = request.headers.get("authorization", "")
        text = header[7:].strip() if header.lower().startswith("bearer ") else args.text("token")
        if not text:
            raise Refused("not_authed")
        token = self._slack.app.token(text)
        if token is None:
            raise Refused("invalid_auth")
        return token

    def _admit(self, method: Method, ask: Ask) -> None:
        """Let the call pass if kind and scopes of its token and the limits allow it."""
        if ask.token.kind not in method.kinds:
            raise Refused("not_allowed_token_type")
        allowing = [scope for scope in method.scopes if scope in ask.token.scopes]
        if method.scopes and not allowing:
            raise missing_scope(method.scopes, ask.token)
        ask.scope = allowing[0] if allowing else None
        if self._slack.app.limits and (seconds := self._slack.pacer.call(method.name, method.tier)):
            raise TooOften(seconds)


def _scope_headers(method: Method, token: Token) -> dict[str, str]:
    headers = {"X-OAuth-Scopes": ",".join(sorted(token.scopes))}
    return {**headers, **({"X-Accepted-OAuth-Scopes": ",".join(method.scopes)} if method.scopes else {})}


def _refusal(refused: Refused, headers: dict[str, str] | None = None) -> Reply:
    return Reply(
        {"ok": False, "error": refused.error, **refused.more}, headers=headers or {}, outcome=refused.error
    )


def _too_often(seconds: int) -> Reply:
    return Reply(
        {"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(seconds)}, outcome="ratelimited"
    )


def plain(text: str, status: int = 200) -> Reply:
    """Return an answer in plain text."""
    return Reply(content=text.encode(), status=status, media_type="text/plain")


def slack_side(core: Core) -> Side:
    """Return how Slack answers: troubles in its own shape, everything in the call log."""
    return Side(core, "slack", _trouble_reply)


def _trouble_reply(trouble: Trouble) -> Reply:
    """Return how Slack answers when it is in *trouble*."""
    if trouble.kind is TroubleKind.RATE_LIMIT:
        return _too_often(trouble.retry_after)
    if trouble.kind is TroubleKind.AUTH:
        return _refusal(Refused(trouble.error or "invalid_auth"))
    if trouble.error:
        return _refusal(Refused(trouble.error))
    return plain("upstream connect error", trouble.status)
