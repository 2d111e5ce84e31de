"""Acknowledging a ping, passing it to the next in line, snoozing it."""

from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Feature
from views import notices, report_ping, snooze_form
from views.report_ping import Deed
from views.why import why_view
from workflows import acknowledging, escalating, explaining, snoozing
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        acknowledging.acknowledge(ctx, action["value"], body["user"]["id"])
        ack()

    def pass_on(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        escalating.pass_on(ctx, *report_ping.read_pass(action["value"]), body["user"]["id"])
        ack()

    def more(ack: Ack) -> None:
        ack()

    def snooze(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        chosen = snooze_form.read_choice(action["value"])
        snoozing.snooze(ctx, chosen.report, chosen.number, body["user"]["id"], until=chosen.until)
        ack()

    app.action(report_ping.ACKNOWLEDGE)(acknowledge)
    app.action(report_ping.TO_NEXT)(ack=pass_on, lazy=[LazyAnswer(ctx, _say_who_has_it)])
    app.action(report_ping.MORE)(ack=more, lazy=[LazyAnswer(ctx, _open)])
    app.action(snooze_form.SNOOZE_UNTIL)(ack=snooze, lazy=[LazyAnswer(ctx, _show_when_it_returns)])


def _say_who_has_it(ctx: Context, body: dict[str, Any]) -> None:
    """Tell who has a report that somebody passes on when it is no longer theirs to."""
    user = body["user"]["id"]
    has = escalating.whose(ctx, *report_ping.read_pass(body["actions"][0]["value"]), user)
    if has is not None:
        tell(ctx, body, notices.not_passed(has, ctx.slack.person(user).language))


def _open(ctx: Context, body: dict[str, Any]) -> None:
    """Open what was chosen behind the three dots of a ping."""
    deed, report, number = report_ping.read_more(body["actions"][0]["selected_option"]["value"])
    language = reader(ctx, body)
    if deed is Deed.WHY:
        view = why_view(explaining.reasons(ctx, report), language)
    else:
        found = snoozing.look(ctx, report, number, body["user"]["id"])
        if found.offers:
            view = snooze_form.snooze_form(report, number, found.offers, language)
        else:
            view = snooze_form.not_snoozed_view(found.holder, language)
    ctx.slack.open_view(body["trigger_id"], view)


def _show_when_it_returns(ctx: Context, body: dict[str, Any]) -> None:
    """Show until when a ping is snoozed, or why it is not."""
    chosen = snooze_form.read_choice(body["actions"][0]["value"])
    found = snoozing.look(ctx, chosen.report, chosen.number, body["user"]["id"])
    language = reader(ctx, body)
    if found.until is not None:
        view = snooze_form.snoozed_view(found.until, language)
    else:
        view = snooze_form.not_snoozed_view(found.holder, language)
    ctx.slack.update_view(body["view"]["id"], view)


FEATURE = Feature(register)
