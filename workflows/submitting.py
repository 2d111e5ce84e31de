"""Submitting a form: it is filed, unless something is to be asked about it first."""

from contextlib import suppress

from domain.report import Draft
from workflows import checking
from workflows.checking import Checked
from workflows.context import Context
from workflows.filing import CameSince, file_report


class ToAsk(Exception):
    """Something is to be asked about a draft before it is filed."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(checked)
        self.checked = checked


def submit(ctx: Context, draft: Draft) -> bool:
    """File a draft that there is nothing to ask about, and tell whether that was now; raises ToAsk.

    What was found clear while the form was filled in is only compared with what has come since.
    """
    unlike = checking.found_clear(ctx, draft)
    if unlike is not None:
        with suppress(CameSince):
            return file_report(ctx, draft, unlike=unlike)
    checked = checking.check(ctx, draft)
    if not checked.is_clear and not checking.is_over(ctx, draft.nonce):
        raise ToAsk(checked)
    return file_report(ctx, draft)
