"""What a rep reads about personal data and secrets in a report: what it is and where, without showing it."""

from collections.abc import Sequence

from domain.happened import part_at
from domain.sensitive import Finding, Kind, find, mask
from views.terms import part_name
from views.text import Translator, escape

AROUND = 20
"""Characters of the text that are shown on each side of what was found."""


def finding_sentence(t: Translator, text: str, finding: Finding) -> str:
    """Return what was found in the typed text, in which part, and the words around it; mrkdwn."""
    return _sentence(t, text, finding, find(text))


def finding_sentences(t: Translator, text: str, findings: Sequence[Finding]) -> list[str]:
    """Return a sentence for each of all the findings of a text; mrkdwn."""
    return [_sentence(t, text, finding, findings) for finding in findings]


def kind_name(t: Translator, kind: Kind) -> str:
    """Return what kind of thing was found."""
    return {
        Kind.CARD: t("Card number"),
        Kind.IBAN: t("Bank account (IBAN)"),
        Kind.NATIONAL_ID: t("Identity number"),
        Kind.PASSWORD: t("Password"),
        Kind.TOKEN: t("Token or key"),
    }[kind]


def _sentence(t: Translator, text: str, finding: Finding, findings: Sequence[Finding]) -> str:
    excerpt = escape(_excerpt(text, finding, findings))
    part = part_at(text, finding.start)
    if part is None:
        return t("{kind}: {excerpt}").format(kind=kind_name(t, finding.kind), excerpt=excerpt)
    return t("{kind} in “{part}”: {excerpt}").format(
        kind=kind_name(t, finding.kind), part=part_name(t, part), excerpt=excerpt
    )


def _excerpt(text: str, finding: Finding, findings: Sequence[Finding]) -> str:
    """Return the masked finding with the words around it on its line, other findings masked too."""
    before, after = text[: finding.start], text[finding.end :]
    said_before = mask(before, [each for each in findings if each.end <= finding.start]).rpartition("\n")[2]
    later = [
        Finding(each.kind, each.start - finding.end, each.end - finding.end)
        for each in findings
        if each.start >= finding.end
    ]
    said_after = mask(after, later).partition("\n")[0]
    start = said_before if len(said_before) <= AROUND else "…" + said_before[-AROUND:].lstrip()
    end = said_after if len(said_after) <= AROUND else said_after[:AROUND].rstrip() + "…"
    shown = mask(text[finding.start : finding.end], [Finding(finding.kind, 0, finding.end - finding.start)])
    return f"{start}{shown}{end}".strip()
