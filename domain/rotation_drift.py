"""Where a rotation's settings in bugle.toml differ from those that are kept, and followed."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.config import RotationEntry
from domain.duty_window import DutyWindow
from domain.rotation_form import service_to_text
from domain.rotation_profile import KeptRotation, Profile
from domain.rotation_record import Drift
from domain.working_hours import DAYS, WorkingHours

SETTINGS: Mapping[str, Callable[[Profile, DutyWindow | None], Any]] = {
    "name": lambda profile, _: profile.name,
    "rank": lambda profile, _: str(profile.rank),
    "serves": lambda profile, _: sorted(map(service_to_text, profile.serves)),
    "working_hours": lambda profile, _: _hours(profile.hours),
    "hours_of_duty": lambda _, window: window and _hours(window),
    "lead": lambda profile, _: profile.lead,
    "steps": lambda profile, _: list(map(str, profile.steps)),
    "channel": lambda profile, _: profile.channel,
    "language": lambda profile, _: profile.language,
    "user_group": lambda profile, _: profile.user_group,
    "topic": lambda profile, _: profile.topic,
    "pinned": lambda profile, _: profile.pinned,
    "balanced": lambda profile, _: profile.is_balanced,
    "quiet": lambda profile, _: profile.quiet,
}
"""What bugle.toml may say of a rotation beside its turns, by the word there, as TOML has it."""


def drift_of_settings(entry: RotationEntry, written: Profile, kept: KeptRotation) -> tuple[Drift, ...]:
    """Find the settings that bugle.toml gives and that are kept otherwise; *written* is what they come to."""
    now = kept.history.revisions[-1].window
    pairs = {
        word: (told(written, entry.window), told(kept.profile, now))
        for word, told in SETTINGS.items()
        if word in entry.given
    }
    return tuple(Drift(word, ours, theirs) for word, (ours, theirs) in pairs.items() if ours != theirs)


def _hours(hours: WorkingHours | DutyWindow) -> dict[str, Any]:
    days = [DAYS[day] for day in sorted(hours.days)]
    return {"days": days, "start": f"{hours.start:%H:%M:%S}", "end": f"{hours.end:%H:%M:%S}"}
