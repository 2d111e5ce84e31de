"""With whom a promise to a customer is: its owner, or while they are out whoever stands in for them."""

from collections.abc import Collection, Iterator, Mapping, Sequence


def holder_of(
    claims: Sequence[str],
    *,
    away: Collection[str],
    gone: Collection[str],
    stand_ins: Mapping[str, str],
    lead: str | None,
) -> str | None:
    """Return who has it: the first of these who is there, or None where nobody is left.

    *claims* are those whose it is, best first; *away* come back, *gone* do not. Of people who are all away
    the lead has it, else the first claim.
    """
    there = [each for each in _in_order(claims, stand_ins, lead) if each not in gone]
    here = next((each for each in there if each not in away), None)
    if here is not None or not there:
        return here
    return lead if lead in there else there[0]


def _in_order(claims: Sequence[str], stand_ins: Mapping[str, str], lead: str | None) -> Iterator[str]:
    """List whom to ask: the owner, who stands in for them and for that one, the lead, the other claims."""
    person, tried = next(iter(claims), None), set[str]()
    while person is not None and person not in tried:
        yield person
        tried.add(person)
        person = stand_ins.get(person)
    yield from (each for each in (lead, *claims[1:]) if each is not None)
