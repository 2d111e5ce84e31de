"""Linking a report's Jira issue to its Slack thread, once both are there."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.report import Report
from storage import effects, live_messages, reports
from storage.database import Transaction
from storage.driver import Kind
from views.issue_text import thread_link_title
from workflows.context import Context
from workflows.lanes import JIRA_PACE, issue_lane


def link_when_ready(tx: Transaction, ctx: Context, report: Report) -> None:
    """Decide the link if the issue and the card are both there; whichever comes second decides it."""
    if report.issue_key is not None and live_messages.card(tx, report.id) is not None:
        args = {"report": report.id}
        link = Effect("link_thread", f"link_thread:{report.id}", issue_lane(report.id), args)
        effects.decide(tx, [link], ctx.now())


def _link_thread(ctx: Context, args: Mapping[str, Any], _: Attempt) -> None:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
        card = live_messages.card(tx, report.id)
    if report.issue_key is not None and card is not None:
        url = ctx.slack.permalink(card.channel, card.ts)
        language = ctx.config.product(report.product).language
        title = thread_link_title(language)
        ctx.jira.link_back(report.issue_key, url=url, title=title, global_id=report.label)


EFFECTS = (Kind("link_thread", Gateway.JIRA, _link_thread, paces=(JIRA_PACE,)),)
