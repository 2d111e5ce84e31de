"""auth.test, api.test, bots.info: who a token speaks for."""

from sandbox.cast import APP, HARBOR
from sandbox.slack.arguments import Refused
from sandbox.slack.installed import Kind
from sandbox.slack.model import JSON
from sandbox.slack.pacing import Tier
from sandbox.slack.shapes import WORKSPACE_URL, bot_profile
from sandbox.slack.web import Ask, Method


def _auth_test(ask: Ask) -> JSON:
    if ask.token.kind is Kind.APP:
        return {"app_name": APP.name, "app_id": APP.id}
    person = ask.slack.person(ask.token.user)
    answer = {
        "url": WORKSPACE_URL,
        "team": HARBOR.name,
        "user": person.handle if person else APP.name.lower(),
        "team_id": HARBOR.id,
        "user_id": ask.token.user,
        "is_enterprise_install": False,
    }
    return {**answer, **({"bot_id": APP.bot_id} if ask.token.kind is Kind.BOT else {})}


def _bots_info(ask: Ask) -> JSON:
    if ask.args.text("bot", APP.bot_id) != APP.bot_id:
        raise Refused("bot_not_found")
    profile = bot_profile()
    del profile["team_id"]
    return {"bot": profile}


def _api_test(ask: Ask) -> JSON:
    if error := ask.args.text("error"):
        raise Refused(error, args={"error": error})
    return {"args": {}}


METHODS = (
    Method("auth.test", _auth_test, Tier.FREE, kinds=tuple(Kind)),
    Method("api.test", _api_test, Tier.FOUR, kinds=tuple(Kind)),
    Method("bots.info", _bots_info, Tier.THREE, ("users:read",)),
)
