"""Checking a draft before it is filed: what is likely the same bug, what gives away too much, what is vague.

Only the database is asked: all of it happens before an ack.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.happened import Unreadable, read
from domain.quality import Remark, remarks
from domain.report import Draft
from domain.sensitive import Finding, find, mask
from storage import also_reported, drafts, reports
from storage.drafts import DraftRow
from views.blocks import Block
from views.check_step import Candidate, Checking, check_step
from views.opening import Opening
from workflows import duplicates
from workflows.context import Context
from workflows.duplicates import Likely


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be asked about a draft before it is filed; `seen` tells its text from any other."""

    candidates: tuple[Candidate, ...]
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    seen: str

    @property
    def is_clear(self) -> bool:
        """Tell whether there is nothing to ask."""
        return not (self.candidates or self.findings or self.remarks)


def check(ctx: Context, draft: Draft, text: str) -> Checked:
    """Return what is to be asked about a draft; `text` is what happened as it was typed."""
    product = ctx.config.product(draft.product)
    alike = duplicates.likely(ctx, product, duplicates.text_of(draft.happened))
    return Checked(
        candidates=tuple(_candidate(each) for each in alike),
        findings=find(text),
        remarks=remarks(draft.happened),
        seen=seen_as(text),
    )


def _candidate(alike: Likely) -> Candidate:
    return Candidate(
        key=alike.key,
        report=alike.report,
        title=alike.title,
        state=alike.state,
        customers=alike.customers,
        workaround=alike.workaround,
        url=alike.url,
    )


def step_of(checked: Checked, opening: Opening, text: str) -> Block:
    """Return the step that asks it, as a view."""
    return check_step(
        Checking(opening.nonce, opening.language, checked.seen),
        text,
        candidates=checked.candidates,
        findings=checked.findings,
        remarks=checked.remarks,
    )


def is_over(ctx: Context, nonce: str) -> bool:
    """Tell whether this opening of the form has filed a report or joined one."""
    with ctx.database.reading() as tx:
        return reports.with_nonce(tx, nonce) is not None or also_reported.report_of(tx, nonce) is not None


def seen_as(text: str) -> str:
    """Return what tells a text from any other."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def masked(draft: Draft, text: str, kept: Collection[int]) -> Draft:
    """Return the draft with what was found in its text masked, but for the findings at the places kept."""
    hidden = [each for number, each in enumerate(find(text)) if number not in kept]
    if not hidden:
        return draft
    try:
        return replace(draft, happened=read(mask(text, hidden)))
    except Unreadable as fault:  # a mask takes no heading and leaves no part empty
        raise AssertionError("masking made a draft unreadable") from fault


def keep_for_later(ctx: Context, person: str, opening: Opening, values: Mapping[str, Any]) -> None:
    """Keep a form while its check step is on the screen."""
    with ctx.database.transaction() as tx:
        drafts.save(tx, opening.nonce, person, opening.kept(), values, now=ctx.now())


def draft_kept(ctx: Context, nonce: str, person: str) -> DraftRow | None:
    """Return somebody's form that is being checked; None when it was filed, joined or discarded."""
    with ctx.database.reading() as tx:
        row = drafts.find(tx, nonce)
    return row if row is not None and row.person == person else None
