"""What bugle.toml may say of a rotation beside its turns."""

from datetime import time

import pytest

from domain.duty_window import DutyWindow
from domain.rotation_changes import begin
from domain.rotation_drift import drift_of_settings
from domain.rotation_profile import KeptRotation, Profile, Rank, Service, Step
from tests.bot.test_config import LEAST, ROTATION, parsed, problems
from workflows.rotating import first_profile

FULL = """
rank = "secondary"
serves = ["shop/Payment"]
steps = ["lead", "channel"]
quiet = true
balanced = true
language = "es"
hours_of_duty = { days = ["sat", "sun"], start = 22:00:00, end = 06:00:00 }
"""


def test_a_rotation_begins_with_its_settings() -> None:
    """Each setting is there; it serves the products that name it and what it names itself."""
    config = parsed(LEAST + 'rotation = "shop-bugs"\n' + ROTATION + FULL)
    entry, profile = config.rotations[0], first_profile(config, "shop-bugs")
    assert entry.window == DutyWindow(time(22), time(6), frozenset({5, 6}))
    assert (profile.rank, profile.language, profile.quiet, profile.is_balanced) == (
        Rank.SECONDARY,
        "es",
        True,
        True,
    )
    assert profile.serves == (Service("shop"), Service("shop", "Payment"))
    assert profile.steps == (Step.LEAD, Step.CHANNEL)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rank = "third"', "rotations[0].rank is 'third': choose from primary, secondary"),
        (
            'serves = ["shopp"]',
            "rotations[0].serves names 'shopp', which no [[products]] defines: did you mean shop?",
        ),
        ('serves = ["Shop bugs"]', "rotations[0].serves has 'Shop bugs': give keys of products"),
        ('steps = ["leed"]', "rotations[0].steps is 'leed': did you mean lead?"),
        ('quiet = "yes"', "rotations[0].quiet is 'yes'"),
        (
            "hours_of_duty = { days = [] }",
            "rotations[0].hours_of_duty.days cannot be used: give at least one day",
        ),
    ],
)
def test_a_mistake_in_the_settings_is_told(text: str, said: str) -> None:
    """Each problem names its key and the way out."""
    assert any(said in each for each in problems(LEAST + ROTATION + text))


def test_only_settings_that_are_written_can_drift() -> None:
    """What the file does not name is people's to change in Slack; what it names and is otherwise is found."""
    config = parsed(LEAST + ROTATION + 'quiet = true\nlead = "U0ANA"\n')
    entry = config.rotations[0]
    kept = KeptRotation("shop-bugs", Profile("Renamed", lead="U0BEN", quiet=True), begin(entry.rotation))
    found = drift_of_settings(entry, first_profile(config, "shop-bugs"), kept)
    assert [(each.field, each.written, each.kept) for each in found] == [("lead", "U0ANA", "U0BEN")]


def test_those_who_may_manage_rotations_are_named_by_role() -> None:
    """Groups of that role are read from Slack as those of triage are."""
    config = parsed(LEAST + '[roles]\nrotations = ["U0HUGO", "S0LEADS"]\n')
    assert config.roles.rotations == ("U0HUGO", "S0LEADS")
    assert config.user_groups() == ("S0LEADS",)
