"""The step between a form and its filing: what may be the same bug, what gives too much away, what is vague.

Shown only where there is something to ask. Closing it goes back to the form, with everything in it.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.given_away import GivenAway
from domain.quality import Remark
from domain.report import Workaround
from views.blocks import Block, button, option, plain, section
from views.quality_notes import remark_sentence
from views.report_form.state import State
from views.sensitive_notes import finding_sentences
from views.terms import workaround_note
from views.text import Translator, cut, cut_escaped, link, translator

CHECK = "report_check"
JOIN = "report_join"
KEEP = "report_keep"
_FINDINGS_SHOWN = 30
_YES = "keep"


@dataclass(frozen=True, slots=True)
class Checking:
    """One check of one draft, as it travels with the step.

    `seen` tells what was checked from anything else: the form under the step may be changed meanwhile.
    """

    nonce: str
    language: str
    seen: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be the same bug: a report of ours by its id, or an issue made in Jira by its key."""

    key: str | None
    report: str | None
    title: str
    state: str | None
    customers: int
    workaround: Workaround | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Same:
    """Which candidate somebody says it is; one of the two is set."""

    report: str | None
    key: str | None


def check_step(
    checking: Checking,
    *,
    candidates: Sequence[Candidate],
    findings: Sequence[GivenAway],
    names: Mapping[str, str],
    remarks: Sequence[Remark],
) -> Block:
    """Return the step as a view; `names` are what Jira calls its fields, by their ids."""
    t = translator(checking.language)
    blocks = [
        *_candidates(t, candidates),
        *_findings(t, findings, names),
        *_remarks(t, remarks),
    ]
    return {
        "type": "modal",
        "callback_id": CHECK,
        "title": plain(t("Before it is filed")),
        "submit": plain(t("None of these: file it") if candidates else t("File")),
        "close": plain(t("Back")),
        "private_metadata": json.dumps(
            {"nonce": checking.nonce, "language": checking.language, "seen": checking.seen}
        ),
        "blocks": blocks,
    }


def joined_view(language: str, title: str, customers: int) -> Block:
    """Return what stands in the step's place when somebody said that it is a bug reported before.

    `customers` is how many it is about by now.
    """
    t = translator(language)
    said = t("Added to {title}.").format(title=f"*{cut_escaped(title, 300)}*")
    number = (
        t.plural("{count} customer has it.", "{count} customers have it.", customers) if customers else ""
    )
    more = t("What you typed goes to its Jira issue. You will be told here what becomes of it.")
    return _last(t, t("Reported before"), f"{said} {number}\n{more}")


def gone_view(language: str) -> Block:
    """Return what stands in the step's place when there is nothing left to file."""
    t = translator(language)
    said = t("This report has been filed, or its draft was discarded. Nothing was filed twice.")
    return _last(t, t("Nothing left to file"), said)


def _last(t: Translator, title: str, said: str) -> Block:
    """Return a view that only says something; closing it closes the form under it too."""
    return {
        "type": "modal",
        "title": plain(title),
        "close": plain(t("Done")),
        "clear_on_close": True,
        "blocks": [section(said)],
    }


def read_checking(view: Mapping[str, Any]) -> Checking:
    """Return which check of which draft a view is."""
    kept = json.loads(view["private_metadata"])
    return Checking(kept["nonce"], kept["language"], kept["seen"])


def kept_as_typed(view: Mapping[str, Any]) -> Collection[int]:
    """Return the places, in their order, of the findings that are to stay as they were typed."""
    state = State((view.get("state") or {}).get("values"))
    return [number for number in range(_FINDINGS_SHOWN) if state.options(_place(number), KEEP)]


def same_as(value: str) -> Same:
    """Return which candidate the value of a pressed button names."""
    kind, _, name = value.partition(":")
    return Same(report=name if kind == "report" else None, key=name if kind == "issue" else None)


def _candidates(t: Translator, candidates: Sequence[Candidate]) -> Iterator[Block]:
    if candidates:
        yield section(_bold(t("Is it one of these?")))
    for number, each in enumerate(candidates):
        value = f"report:{each.report}" if each.report else f"issue:{each.key}"
        yield {
            **section(_candidate(t, each)),
            "block_id": f"{JOIN}:{number}",
            "accessory": button(t("It is this one: add my customers"), JOIN, value),
        }


def _candidate(t: Translator, candidate: Candidate) -> str:
    key, title = candidate.key, cut_escaped(" ".join(candidate.title.split()), 300)
    name = link(candidate.url, key) if candidate.url and key else (key or t("Issue on its way"))
    facts = [
        *([cut_escaped(candidate.state, 100)] if candidate.state else []),
        *(
            [t.plural("{count} customer", "{count} customers", candidate.customers)]
            if candidate.customers
            else []
        ),
        *([workaround_note(t, candidate.workaround)] if candidate.workaround else []),
    ]
    return f"{name} · *{title}*\n{' · '.join(facts)}".strip()


def _findings(t: Translator, findings: Sequence[GivenAway], names: Mapping[str, str]) -> Iterator[Block]:
    if not findings:
        return
    yield section(
        _bold(t("This will be masked")) + "\n" + t("Others should not read it. Tick what must stay.")
    )
    for number, said in enumerate(finding_sentences(t, findings, names)[:_FINDINGS_SHOWN]):
        yield {
            **section(cut(said, 2900)),
            "block_id": _place(number),
            "accessory": {
                "type": "checkboxes",
                "action_id": KEEP,
                "options": [option(t("Keep as typed"), _YES)],
            },
        }


def _place(number: int) -> str:
    return f"{KEEP}:{number}"


def _remarks(t: Translator, remarks: Sequence[Remark]) -> Iterator[Block]:
    if remarks:
        said = "\n".join(f"• {cut_escaped(remark_sentence(t, each), 600)}" for each in remarks)
        yield section(_bold(t("An engineer may have to ask")) + f"\n{said}")


def _bold(sentence: str) -> str:
    return f"*{sentence}*"
