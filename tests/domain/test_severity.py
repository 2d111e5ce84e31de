import pytest

from domain.report import Impact, Workaround
from domain.severity import DEFAULT_SCALE, severity_of


@pytest.mark.parametrize(
    ("impact", "workaround", "severity"),
    [
        (Impact.DATA, Workaround.NONE, "critical"),
        (Impact.DATA, Workaround.USED, "critical"),
        (Impact.BLOCKED, Workaround.NONE, "high"),
        (Impact.BLOCKED, Workaround.USED, "medium"),
        (Impact.DIFFICULT, Workaround.NONE, "medium"),
        (Impact.DIFFICULT, Workaround.USED, "medium"),
        (Impact.COSMETIC, Workaround.NONE, "low"),
        (Impact.COSMETIC, Workaround.USED, "low"),
    ],
)
def test_severity_follows_from_the_facts(impact: Impact, workaround: Workaround, severity: str) -> None:
    """The scale that holds where bugle.toml says nothing: the first step whose facts hold."""
    assert severity_of(DEFAULT_SCALE, impact, workaround).key == severity
