"""What `bugle rotation check` writes, in English as all of the command line."""

from collections.abc import Mapping, Sequence

from domain.duty_quality import Quality
from domain.rotation_profile import KeptRotation
from domain.wall_clock import zone_named
from views.schedule_words import Naming, finding_words
from views.text import translator


def checked(
    rotation: KeptRotation,
    quality: Quality,
    weeks: int,
    names: Mapping[str, str],
    rotations: Mapping[str, str],
) -> str:
    """Return a rotation's score and what lowers it; *rotations* are names by keys, times in its zone."""
    t, zone = translator("en"), zone_named(rotation.history.latest.zone)
    ahead = "week" if weeks == 1 else f"{weeks} weeks"
    naming = Naming(
        lambda person: names.get(person, person),
        lambda key: rotations.get(key, key),
        lambda at: f"{at.astimezone(zone):%a %Y-%m-%d %H:%M}",
    )
    head = f"{rotation.key}: {rotation.name}: {quality.score} of 100 for the coming {ahead}"
    return "\n".join([head, *(f"  {finding_words(t, each, naming)}" for each in quality.findings)]) + "\n"


def not_served(products: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """Return which products, or what of them, no rotation serves."""
    return "".join(
        f"{name}: no rotation serves {'the areas other than ' + ', '.join(areas) if areas else 'it'}."
        " Choose it in a rotation's settings, under /rotation.\n"
        for name, areas in products
    )
