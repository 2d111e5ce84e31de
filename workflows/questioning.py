"""Asking a report's reporter something, and passing their answer on to the thread, the card and Jira."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway, Never
from domain.triage import Question, Refusal, Why
from storage import effects, questions, reports
from storage.database import Transaction
from storage.driver import Kind
from views.question import question_message
from workflows import acknowledging, issue_comments, showing, thread_lines
from workflows.context import Context
from workflows.direct_notes import tell_unreachable
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane
from workflows.reaching import reader_of, unreachable
from workflows.triaging import refusal_to


def ask(ctx: Context, report_id: str, user: str, *, nonce: str, text: str) -> Refusal | None:
    """Ask the reporter something; one opening of the form (*nonce*) asks once."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if refusal := refusal_to(tx, ctx, report, user):
            return refusal
        asked = questions.add(tx, report=report.id, nonce=nonce, asked_by=user, now=ctx.now(), text=text)
        if asked is None:
            return None
        changed = reports.change(tx, report)
        acknowledging.happened(tx, ctx, changed)
        showing.refresh(tx, ctx, changed)
        lane = slack_lane(report.reporter)
        post = Effect("post_question", f"post_question:{asked.id}", lane, {"question": asked.id})
        effects.decide(tx, [post], ctx.now())
        said = {"by": user, "to": report.reporter, "question": text}
        thread_lines.say(tx, ctx, changed, "asked", once=str(asked.id), **said)
    return None


def answer(ctx: Context, question_id: int, user: str, text: str) -> Refusal | None:
    """Keep the reporter's answer and tell whoever asked; only the first answer to a question counts."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, questions.get(tx, question_id).report)
        question = questions.get(tx, question_id)
        if refusal := _refusal_to_answer(question, report.reporter, user):
            return refusal
        questions.answer(tx, question.id, text, ctx.now())
        changed = reports.change(tx, report)
        acknowledging.happened(tx, ctx, changed)
        showing.refresh(tx, ctx, changed)
        _edit_when_posted(tx, ctx, questions.get(tx, question.id), report.reporter)
        said = {"question": question.text, "answer": text}
        once = str(question.id)
        thread_lines.say(tx, ctx, changed, "answered", once=once, by=user, to=question.asked_by, **said)
        issue_comments.comment(tx, ctx, changed, "answered", once=once, by=user, **said)
    return None


def look(ctx: Context, question_id: int, user: str) -> tuple[Question, Refusal | None]:
    """Return a question, and why somebody cannot answer it."""
    with ctx.database.reading() as tx:
        question = questions.get(tx, question_id)
        reporter = reports.get(tx, question.report).reporter
    return question, _refusal_to_answer(question, reporter, user)


def _refusal_to_answer(question: Question, reporter: str, user: str) -> Refusal | None:
    if user != reporter:
        return Refusal(Why.NOT_ASKED, by=reporter)
    return Refusal(Why.ANSWERED) if question.answered_at is not None else None


def _edit_when_posted(tx: Transaction, ctx: Context, question: Question, reporter: str) -> None:
    """Decide to take the button off a question that has its answer, once it is posted."""
    if question.ts is not None and question.answered_at is not None:
        key = f"edit_question:{question.id}"
        edit = Effect("edit_question", key, slack_lane(reporter), {"question": question.id})
        effects.decide(tx, [edit], ctx.now())


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any]:
    with ctx.database.reading() as tx:
        question = questions.get(tx, args["question"])
        report = reports.get(tx, question.report)
    reader = reader_of(ctx, report.reporter)
    if reader is None:
        return {"ts": None}
    url = ctx.jira.browse_url(report.issue_key) if report.issue_key else None
    message = question_message(question, report, url, reader.language)
    try:
        channel = ctx.slack.direct_channel(report.reporter)
        ts = ctx.slack.post(channel, message, key=attempt.key, doubt=attempt.doubt)
    except Never as refusal:
        if unreachable(refusal):
            return {"ts": None}
        raise
    return {"channel": channel, "ts": ts, "guest": reader.is_guest}


def _posted(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    question = questions.get(tx, args["question"])
    report = reports.lock(tx, question.report)
    once = f"question:{question.id}"
    if result["ts"] is None:
        tell_unreachable(tx, ctx, report, to=report.reporter, by=question.asked_by, once=once)
        return
    if result["guest"]:
        said = {"by": question.asked_by, "to": report.reporter}
        thread_lines.say(tx, ctx, report, "asked_a_guest", once=once, **said)
    questions.posted(tx, question.id, channel=result["channel"], ts=result["ts"])
    _edit_when_posted(tx, ctx, questions.get(tx, question.id), report.reporter)


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> None:
    with ctx.database.reading() as tx:
        question = questions.get(tx, args["question"])
        report = reports.get(tx, question.report)
    if question.channel is None or question.ts is None:
        raise Never("the question was not posted")
    url = ctx.jira.browse_url(report.issue_key) if report.issue_key else None
    language = ctx.slack.person(report.reporter).language
    ctx.slack.update(question.channel, question.ts, question_message(question, report, url, language))


EFFECTS = (
    Kind("post_question", Gateway.SLACK, _post, _posted, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind("edit_question", Gateway.SLACK, _edit, paces=(EDIT_PACE,)),
)
