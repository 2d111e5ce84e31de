"""People say which Jira account is theirs, where neither bugle.toml nor their e-mail address tells.

Nobody can prove it to Bugle. What it knows better is not offered: accounts that are somebody else's by
bugle.toml, by an earlier link, or by an e-mail address that Slack knows as a colleague's. The rest is taken
on trust, and admins are told, so that nobody takes an account unseen.
"""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from gateways.jira import Account
from storage import effects, jira_accounts, reports
from storage.driver import Kind
from storage.jira_accounts import Linked
from views.jira_link import link_notice
from workflows.context import Context
from workflows.home_refreshing import refresh_home
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.owning import assignment
from workflows.showing import keep_inside

NOTICE = "tell_of_link"


def linked(ctx: Context, user: str) -> Linked | None:
    """Return the account somebody linked, or None."""
    with ctx.database.reading() as tx:
        return jira_accounts.find(tx, user)


def linkable(ctx: Context, user: str, typed: str) -> list[Account]:
    """Return the Jira accounts found by the beginning of a name or e-mail that may be this person's."""
    found = ctx.jira.people(typed) if typed.strip() else ()
    taken = {account for person, account in ctx.config.people.items() if person != user}
    taken.add(ctx.jira.myself().id)
    with ctx.database.reading() as tx:
        taken |= jira_accounts.of_others(tx, user)
    return [each for each in found if each.id not in taken and not _is_a_colleagues(ctx, user, each)]


def link(ctx: Context, user: str, account: str, name: str) -> bool:
    """Keep which account is somebody's with the issues of what they own; False where it is another's."""
    with ctx.database.transaction() as tx:
        held = jira_accounts.find(tx, user)
        if held is not None and held.account == account:
            return True
        if account in {each for person, each in ctx.config.people.items() if person != user}:
            return False
        if jira_accounts.link(tx, user, account, name, ctx.now()) is not None:
            return False
        channel, now = ctx.config.admins.channel, ctx.now()
        args = {"person": user, "account": account, "name": name}
        key = f"{NOTICE}:{user}:{account}:{now.timestamp()}"
        notice = Effect(NOTICE, key, slack_lane(channel), args)
        theirs = [assignment(report, account) for report in reports.owned_by(tx, user)]
        effects.decide(tx, [notice, *theirs], now)
        refresh_home(tx, ctx, user)
    return True


def _is_a_colleagues(ctx: Context, user: str, account: Account) -> bool:
    if account.email is None:
        return False
    holder = ctx.slack.person_by_email(account.email)
    return holder is not None and holder != user


def _tell(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    channel = ctx.config.admins.channel
    keep_inside(ctx, channel)
    message = link_notice(args["person"], args["name"], args["account"], ctx.config.admins.language)
    return ctx.slack.post(channel, message, key=attempt.key, doubt=attempt.doubt)


EFFECTS = (Kind(NOTICE, Gateway.SLACK, _tell, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
