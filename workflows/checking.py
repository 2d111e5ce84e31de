"""Checking a draft before it is filed: what is likely the same bug, what gives away too much, what is vague.

Only the database is asked: all of it happens before an ack.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from domain import given_away
from domain.config import Product
from domain.given_away import GivenAway
from domain.happened import Part, Unreadable, read
from domain.quality import Remark, remarks
from domain.report import Draft
from domain.sensitive import find
from storage import also_reported, create_screens, drafts, reports
from storage.drafts import DraftRow
from storage.similar import Found
from views.blocks import Block
from views.check_step import Candidate, Checking, check_step
from views.opening import Opening
from views.report_form import chosen_product, typed_text
from workflows import asking, duplicates
from workflows.context import Context
from workflows.duplicates import Likely
from workflows.looking_ahead import Unlike


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be asked about a draft before it is filed.

    `names` are what Jira calls those of its fields that give something away, by their ids; `seen` tells what
    was typed from anything else.
    """

    candidates: tuple[Candidate, ...]
    findings: tuple[GivenAway, ...]
    names: Mapping[str, str]
    remarks: tuple[Remark, ...]
    seen: str

    @property
    def is_clear(self) -> bool:
        """Tell whether there is nothing to ask."""
        return not (self.candidates or self.findings or self.remarks)


def look_ahead(ctx: Context, nonce: str, values: Mapping[str, Any]) -> None:
    """Have a form looked over while it is being filled in; `values` are its `view.state.values`.

    What is asked about when it is filed is then known but for what has come since.
    """
    product, text = chosen_product(values), typed_text(values)
    if product in {each.key for each in ctx.config.products}:
        ctx.ahead.begin(nonce, partial(_look_over, ctx, product, text))


def _look_over(ctx: Context, product: str, typed: str) -> Unlike | None:
    try:
        happened = read(typed)
    except Unreadable:  # not complete yet
        return None
    remarks(happened)  # remembered, as what each part gives away
    for part in Part:
        find(happened.part(part))
    text = duplicates.text_of(happened)
    found = duplicates.unlike(ctx, product, text)
    return None if found is None else Unlike(product, text, found, asking.fields_of(ctx, product))


def found_clear(ctx: Context, draft: Draft) -> Found | None:
    """Return the search that found nothing like a draft ahead; None where there is anything to ask."""
    product = ctx.config.product(draft.product)
    if remarks(draft.happened) or given_away.given_away(draft, product):
        return None
    return ctx.ahead.unlike(draft.nonce, product.key, duplicates.text_of(draft.happened))


def check(ctx: Context, draft: Draft) -> Checked:
    """Return what is to be asked about a draft."""
    product, text = ctx.config.product(draft.product), duplicates.text_of(draft.happened)
    before = ctx.ahead.unlike(draft.nonce, product.key, text)
    alike = duplicates.likely(ctx, product, text, before=before)
    findings = given_away.given_away(draft, product)
    return Checked(
        candidates=tuple(_candidate(each) for each in alike),
        findings=findings,
        names=_names(ctx, product, draft, findings),
        remarks=remarks(draft.happened),
        seen=seen_as(ctx, draft),
    )


def _names(
    ctx: Context, product: Product, draft: Draft, findings: Collection[GivenAway]
) -> Mapping[str, str]:
    """Return what Jira calls its fields, by their ids, where one of them gives something away."""
    if not any(each.place.field in draft.fields for each in findings):
        return {}
    with ctx.database.reading() as tx:
        screen = create_screens.fields_of(tx, product.project, product.issue_type)
    return {field.id: field.name for field in screen}


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


def step_of(checked: Checked, opening: Opening) -> Block:
    """Return the step that asks it, as a view."""
    return check_step(
        Checking(opening.nonce, opening.language, checked.seen),
        candidates=checked.candidates,
        findings=checked.findings,
        names=checked.names,
        remarks=checked.remarks,
    )


def is_over(ctx: Context, nonce: str) -> bool:
    """Tell whether this opening of the form has filed a report or joined one."""
    with ctx.database.reading() as tx:
        return reports.with_nonce(tx, nonce) is not None or also_reported.report_of(tx, nonce) is not None


def seen_as(ctx: Context, draft: Draft) -> str:
    """Return what tells what was typed into a draft from anything else."""
    typed = given_away.texts(draft, ctx.config.product(draft.product))
    return hashlib.sha256("\0".join(typed).encode()).hexdigest()[:16]


def masked(ctx: Context, draft: Draft, kept: Collection[int]) -> Draft:
    """Return the draft with what it gives away masked, but for the findings at the places kept."""
    found = given_away.given_away(draft, ctx.config.product(draft.product))
    return given_away.masked(draft, [each for number, each in enumerate(found) if number not in kept])


def keep_for_later(ctx: Context, person: str, opening: Opening, values: Mapping[str, Any]) -> None:
    """Keep a form while its check step is on the screen."""
    with ctx.database.transaction() as tx:
        drafts.save(tx, opening.nonce, person, opening.kept(), values, now=ctx.now())


def draft_kept(ctx: Context, nonce: str, person: str) -> DraftRow | None:
    """Return somebody's form that is being checked; None when it was filed, joined or discarded."""
    with ctx.database.reading() as tx:
        row = drafts.find(tx, nonce)
    return row if row is not None and row.person == person else None
