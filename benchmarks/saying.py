"""How a figure is printed beside what was promised."""

import sys


def say(what: str, figures: str, promise: str, kept: bool) -> bool:  # noqa: FBT001
    """Print one figure with its promise; return whether it was kept."""
    sys.stdout.write(f"{'ok  ' if kept else 'MISS'}  {what}: {figures} ({promise})\n")
    sys.stdout.flush()
    return kept
