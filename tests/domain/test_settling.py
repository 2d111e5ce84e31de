"""Tags of feedback: what counts as the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.settling import TAG_LIMIT, TAGS, tidy_tag, tidy_tags


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("#Dark  Mode", "dark mode"),
        (" búsqueda\n", "búsqueda"),
        ("深色模式", "深色模式"),
        ("##", ""),
        ("\u200b", ""),
    ],
)
def test_a_tag_is_kept_tidily(typed: str, kept: str) -> None:
    """Case, signs and stray spaces do not make a second tag; what is only those makes none."""
    assert tidy_tag(typed) == kept


@given(st.lists(st.text()))
def test_tags_stay_as_they_are_once_tidy(typed: list[str]) -> None:
    """Tidying tidy tags changes nothing; none is empty, too long or there twice."""
    tags = tidy_tags(tuple(typed))
    assert tidy_tags(tags) == tags
    assert all(0 < len(tag) <= TAG_LIMIT for tag in tags)
    assert len(set(tags)) == len(tags) <= TAGS
