"""What a rep reads about personal data and secrets in a draft: what it is and where, without showing it."""

from collections.abc import Mapping, Sequence

from domain.given_away import CUSTOMERS, ENVIRONMENT, HELP_DESK, GivenAway, Place
from domain.happened import Part
from domain.sensitive import Finding, Kind, mask
from views.terms import part_name
from views.text import Translator, cut_escaped, escape

AROUND = 20
"""Characters of the text that are shown on each side of what was found."""


def finding_sentences(t: Translator, found: Sequence[GivenAway], names: Mapping[str, str]) -> list[str]:
    """Return a sentence for each thing given away: its kind, its field and the words around it; mrkdwn.

    `names` are what Jira calls its fields, by their ids.
    """
    return [_sentence(t, each, found, names) for each in found]


def kind_name(t: Translator, kind: Kind) -> str:
    """Return what kind of thing was found."""
    return {
        Kind.CARD: t("Card number"),
        Kind.IBAN: t("Bank account (IBAN)"),
        Kind.NATIONAL_ID: t("Identity number"),
        Kind.PASSWORD: t("Password"),
        Kind.TOKEN: t("Token or key"),
    }[kind]


def _sentence(t: Translator, one: GivenAway, found: Sequence[GivenAway], names: Mapping[str, str]) -> str:
    beside = [each.finding for each in found if each.place == one.place]
    return t("{kind} in “{part}”: {excerpt}").format(
        kind=kind_name(t, one.finding.kind),
        part=_place_name(t, one.place, names),
        excerpt=escape(_excerpt(one.text, one.finding, beside)),
    )


def _place_name(t: Translator, place: Place, names: Mapping[str, str]) -> str:
    """Return what a field is called on the form."""
    ours = {part.value: part_name(t, part) for part in Part} | {
        CUSTOMERS: t("Customers"),
        ENVIRONMENT: t("Environment"),
        HELP_DESK: t("Help desk link"),
    }
    return ours.get(place.field) or cut_escaped(names.get(place.field, place.field), 100)


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
