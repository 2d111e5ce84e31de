"""A customer still meets what was said to be fixed: its report is opened again, and says who meets it."""

from domain.loop import Event
from domain.triage import State
from storage import customer_issues, customers, loops
from workflows import direct_notes, issue_comments, loop_telling, settling, thread_lines
from workflows.context import Context


def say_broken(ctx: Context, customer_issue: str, by: str, *, said: str) -> bool:
    """Open again the report that a customer issue hangs on; False where nobody was told that it ended.

    Who says so needs no right to triage it. That customer knows that it is open; others who were told an end
    are told that it was none.
    """
    with ctx.database.reading() as tx:
        loop = loops.find(tx, customer_issue)
    if loop is None:
        return False
    with ctx.database.transaction() as tx:
        report = settling.lock_with_original(tx, loop.report)
        if not loop_telling.happened(tx, ctx, customer_issue, Event.STILL_BROKEN, by):
            return False
        issue = customer_issues.get(tx, customer_issue)
        whose = customers.profile(tx, issue.told.customer) if issue.told.customer else None
        if report.triage.state is State.RESOLVED:
            report = settling.open_again(tx, ctx, report)
            settling.move_issue(tx, ctx, report, by=by)
        once = f"{customer_issue}:{report.version}"
        told = {"customers": [whose.name] if whose else [], "said": said}
        thread_lines.say(tx, ctx, report, "still_broken", once=once, by=by, **told)
        issue_comments.comment(tx, ctx, report, "still_broken", once=once, by=by, **told)
        if report.reporter != by:
            to = report.reporter
            direct_notes.write(tx, ctx, report, "still_broken", to=to, once=once, by=by, **told)
    return True
