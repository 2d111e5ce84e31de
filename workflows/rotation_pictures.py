"""What the picture of the coming shifts in a form shows, and giving Slack pictures."""

from datetime import datetime, timedelta
from time import sleep

from domain.effects import Outcome
from domain.layers import shifts
from domain.rotation_plan import plan
from domain.wall_clock import resolve, zone_named
from storage import rotations
from storage.rotation_drafts import RotationDraft
from views.rotation_picture import Strip, span_of
from workflows.context import Context
from workflows.people import names_of
from workflows.rotation_drafting import layers

_LOOKS = 10
_BETWEEN = 0.3  # seconds between two looks whether Slack has taken a picture in


def strip_of(ctx: Context, draft: RotationDraft) -> Strip:
    """Return what the picture of a draft without flaws shows; asks Slack for names."""
    form, now = draft.form, ctx.now()
    zone = zone_named(form.zone)
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, draft.rotation) if draft.rotation else None
        history = plan(form, kept, now).history
        monday, weeks = span_of(form.kind, max(now, history.first), zone)
        begin = resolve(datetime.combine(monday, datetime.min.time()), zone)
        over = layers(tx, ctx, draft.rotation)
        duties = tuple(shifts(history, over, begin, begin + timedelta(weeks=weeks)))
    names = names_of(ctx, (*form.members, *(each.person for each in duties if each.person)))
    return Strip(monday, weeks, zone, now, duties, form.members, names)


def upload(ctx: Context, name: str, data: bytes) -> str:
    """Give Slack a picture, a PNG, and return its id once it can be shown; raises an Outcome."""
    picture = ctx.slack.upload(name, data)
    for _ in range(_LOOKS):  # Slack takes a file in after it has answered
        if ctx.slack.file(picture).mimetype == "image/png":
            break
        sleep(_BETWEEN)
    return picture


def lacks_scope(refusal: Outcome) -> bool:
    """Tell whether Slack refused for a scope that the app was not given."""
    return "missing_scope" in refusal.reason
