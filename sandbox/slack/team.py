"""team.info: the workspace."""

from sandbox.cast import HARBOR, TEAMS
from sandbox.slack.arguments import Refused
from sandbox.slack.model import JSON
from sandbox.slack.pacing import Tier
from sandbox.slack.shapes import WORKSPACE_URL
from sandbox.slack.web import Ask, Method


def _info(ask: Ask) -> JSON:
    team = next((one for one in TEAMS if one.id == (ask.args.text("team") or HARBOR.id)), None)
    if team is None:
        raise Refused("team_not_found")
    known = {"id": team.id, "name": team.name, "domain": team.domain}
    if team is not HARBOR:
        return {"team": known}
    return {"team": {**known, "email_domain": "harbor.example", "url": WORKSPACE_URL, "is_verified": False}}


METHODS = (Method("team.info", _info, Tier.THREE, ("team:read",)),)
