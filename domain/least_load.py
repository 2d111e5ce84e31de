"""The order of a rotation's next round: who carried least comes first, as far as everybody gets a rest."""

from collections.abc import Mapping

from domain.revisions import History


def by_least_load(members: tuple[str, ...], weights: Mapping[str, int]) -> tuple[str, ...]:
    """Return the members of a round in the order of the next one, by how much they carried, the least first.

    Each is in it once. Between two turns of the same person lie at least half as many turns of others as
    there are members, so that nobody comes last in one round and first in the next. Ties keep the old order.
    """
    slack = len(members) - 1 - len(members) // 2
    waiting, found = list(enumerate(members)), []
    for place in range(len(members)):
        rested = [each for each in waiting if each[0] <= place + slack]
        chosen = min(rested, key=lambda each: (weights.get(each[1], 0), each[0]))
        waiting.remove(chosen)
        found.append(chosen[1])
    return tuple(found)


def round_under_way(history: History, revision: int, slot: int) -> tuple[str, ...] | None:
    """Return the members in the order of the round whose last turn *slot* is; None for any other turn.

    *revision* is the index of the one in force then.
    """
    found = history.revisions[revision]
    members = found.rotation.members
    return members if (slot + found.turn) % len(members) == len(members) - 1 else None
