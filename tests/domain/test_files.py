"""What files are called in Jira."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.files import LONGEST_NAME, free_name, is_variant, safe_name

NAMES = st.text(max_size=300)


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("basket.png", "basket.png"),
        ("截圖 1.png", "截圖 1.png"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("C:\\temp\\a.png", "C__temp_a.png"),
        ("a\r\nX-Header: b.png", "aX-Header_ b.png"),
        ("invoice\u202egnp.exe", "invoicegnp.exe"),
        ("  a  b.png ", "a b.png"),
        ("...", "F1"),
        ("", "F1"),
        ("///", "F1"),
        (".htaccess", "htaccess"),
        (f"{'x' * 300}.png", f"{'x' * 116}.png"),
    ],
)
def test_names_are_made_safe(given_name: str, safe: str) -> None:
    """Paths, control and direction characters go; the ending stays."""
    assert safe_name(given_name, otherwise="F1") == safe


@given(NAMES)
def test_no_name_is_dangerous(name: str) -> None:
    """Whatever a file is called, its name in Jira is short, visible, no path and no hidden file."""
    safe = safe_name(name, otherwise="F1")
    assert 0 < len(safe) <= LONGEST_NAME
    assert not set('/\\:*?"<>|') & set(safe)
    assert not any(unicodedata.category(each)[0] == "C" for each in safe)
    assert not safe.startswith(".")
    assert not safe.endswith(".")
    assert safe_name(safe, otherwise="F1") == safe


@given(NAMES, st.integers(0, 5))
def test_a_name_that_is_taken_gets_the_next_number(name: str, before: int) -> None:
    """However many are called so, each gets a name of its own that tells what it was called."""
    name = safe_name(name, otherwise="F1")
    taken: list[str] = []
    for _ in range(before + 1):
        free = free_name(name, taken)
        assert free not in taken
        assert is_variant(free, of=name)
        taken.append(free)


@pytest.mark.parametrize(
    "other", ["a.jpg", "b.png", "a (1).png", "a (x).png", "a(2).png", "xa (2).png", "a.png (2)"]
)
def test_other_names_are_no_variants(other: str) -> None:
    """A name that only looks alike is another file's."""
    assert not is_variant(other, of="a.png")
