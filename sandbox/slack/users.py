"""users.*: people, by id, by e-mail, or all of them."""

from sandbox.cast import APP, HARBOR
from sandbox.slack import shapes
from sandbox.slack.arguments import Refused
from sandbox.slack.model import JSON
from sandbox.slack.pacing import Tier
from sandbox.slack.pages import page
from sandbox.slack.shapes import Sight
from sandbox.slack.web import Ask, Method

EMAIL = "users:read.email"


def _sight(ask: Ask) -> Sight:
    if EMAIL in ask.token.scopes:
        ask.scope = f"users:read,{EMAIL}"
    return Sight(EMAIL in ask.token.scopes, ask.args.flag("include_locale"))


def _info(ask: Ask) -> JSON:
    id_ = ask.args.required("user")
    if id_ == APP.bot_user:
        return {"user": shapes.bot_user()}
    person = ask.slack.person(id_)
    if person is None or not ask.slack.meets_app(id_):
        raise Refused("user_not_found")
    return {"user": shapes.user(person, _sight(ask))}


def _list(ask: Ask) -> JSON:
    sight = _sight(ask)
    ours = [shapes.user(one, sight) for one in ask.slack.people.values() if one.team == HARBOR.id]
    some, cursor = page(ask.args, [*ours, shapes.bot_user()], 1000)
    return {"members": some, "cache_ts": ask.slack.now(), "response_metadata": {"next_cursor": cursor}}


def _by_email(ask: Ask) -> JSON:
    email = ask.args.required("email").lower()
    person = next(
        (
            one
            for one in ask.slack.people.values()
            if one.email == email and one.team == HARBOR.id and not one.deactivated
        ),
        None,
    )
    if person is None:
        raise Refused("users_not_found")
    return {"user": shapes.user(person, Sight(email=True))}


METHODS = (
    Method("users.info", _info, Tier.FOUR, ("users:read",)),
    Method("users.list", _list, Tier.TWO, ("users:read",)),
    Method("users.lookupByEmail", _by_email, Tier.THREE, (EMAIL,)),
)
