"""Our part of a topic: found again, replaced where it stands, and nothing else touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.topic import LIMIT, in_part, with_part, without_part

LABELS = ("On duty:", "De guardia:", "值班：")
ANA, BEN = "On duty: Ana", "On duty: Ben"
WRITTEN = st.text(alphabet="abc &:·|<>", max_size=60).map(str.strip)
NAMES = st.text(alphabet="Ana Bé-方:·|\n", min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("topic", "wanted"),
    [
        ("", BEN),
        ("Bugs", f"Bugs · {BEN}"),
        ("Bugs ", f"Bugs · {BEN}"),
        (ANA, BEN),
        (f"Bugs · {ANA}", f"Bugs · {BEN}"),
        (f"{ANA} · read the wiki", f"{BEN} · read the wiki"),
        (f"Bugs | {ANA} | be kind", f"Bugs | {BEN} | be kind"),
        ("Bugs · De guardia: Ana", f"Bugs · {BEN}"),
        ("錯誤 · 值班：Ana", f"錯誤 · {BEN}"),
        ("Who is On duty: see above", f"Who is On duty: see above · {BEN}"),
    ],
)
def test_our_part_is_replaced_where_it_stands(topic: str, wanted: str) -> None:
    """It goes to the end of a topic without one; what only sounds like it within a sentence is not ours."""
    assert with_part(topic, LABELS, [BEN]) == wanted


def test_the_first_part_with_room_counts() -> None:
    """A shorter one is taken where the full one has no room, and none where that has none either."""
    long, short = f"{BEN} (a rotation of a long name)", BEN
    topic = "x" * (LIMIT - len(short) - 3)
    assert with_part(topic, LABELS, [long, short]) == f"{topic} · {short}"
    assert with_part(topic + "x", LABELS, [long, short]) is None


@given(WRITTEN, NAMES, NAMES)
def test_putting_and_taking_away_is_the_identity(topic: str, first: str, second: str) -> None:
    """Whatever was written stays, a second hand-over replaces the first, and the same one changes nothing."""
    parts = [f"On duty: {in_part(name) or 'x'}" for name in (first, second)]
    once = with_part(topic, LABELS, parts[:1])
    assert once is not None
    assert with_part(once, LABELS, parts[:1]) == once
    assert with_part(once, LABELS, parts[1:]) == with_part(topic, LABELS, parts[1:])
    assert without_part(once, LABELS) == topic


@given(NAMES)
def test_a_name_ends_no_part(name: str) -> None:
    """What would end our part is not in a name."""
    assert not set(in_part(name)) & set("·|\n")
