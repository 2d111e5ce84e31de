"""Link my Jira account: a button anywhere opens the form; the form searches Jira and keeps the choice."""

from typing import Any

from slack_bolt import Ack, App

from domain.effects import Never
from gateways.jira import Account
from handlers.answering import LazyAnswer, reader
from handlers.feature import Feature
from views import jira_link as views
from views.blocks import Block
from views.jira_link import Offered
from workflows import jira_linking
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def link(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        language, account, name = views.read_link(view)
        if account and jira_linking.link(ctx, body["user"]["id"], account, name):
            ack()
        else:
            ack(response_action="errors", errors=views.link_errors(language, chosen=bool(account)))

    app.action(views.LINK)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open)])
    app.action(views.SEARCH)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _search)])
    app.view(views.FORM)(link)


def _acknowledge(ack: Ack) -> None:
    ack()


def _open(ctx: Context, body: dict[str, Any]) -> None:
    """Open the form at once, and then fill in the accounts of the person's own name."""
    user, language = body["user"]["id"], reader(ctx, body)
    held = jira_linking.linked(ctx, user)
    form = views.link_form(language, held.name if held else None)
    view_id = ctx.slack.open_view(body["trigger_id"], form)
    found = jira_linking.linkable(ctx, user, ctx.slack.person(user).name)
    if found:
        ctx.slack.update_view(view_id, _form(ctx, user, language, found))


def _search(ctx: Context, body: dict[str, Any]) -> None:
    """Show what Jira finds; where a slower search was shown meanwhile, this later one replaces it."""
    user, view = body["user"]["id"], body["view"]
    form = _form(ctx, user, view["private_metadata"], jira_linking.linkable(ctx, user, views.searched(view)))
    try:
        ctx.slack.update_view(view["id"], form, view["hash"])
    except Never as refusal:
        if "hash_conflict" not in refusal.reason:
            raise
        ctx.slack.update_view(view["id"], form)


def _form(ctx: Context, user: str, language: str, found: list[Account]) -> Block:
    held = jira_linking.linked(ctx, user)
    offered = [Offered(each.id, each.name, each.email) for each in found]
    return views.link_form(language, held.name if held else None, offered)


FEATURE = Feature(register)
