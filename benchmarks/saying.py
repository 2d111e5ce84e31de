"""What is said of figures: percentiles, and a line beside what was promised."""

import statistics
import sys


def say(what: str, figures: str, promise: str, kept: bool) -> bool:  # noqa: FBT001
    """Print one figure with its promise; return whether it was kept."""
    sys.stdout.write(f"{'ok  ' if kept else 'MISS'}  {what}: {figures} ({promise})\n")
    sys.stdout.flush()
    return kept


def percentiles(milliseconds: list[float]) -> tuple[float, float]:
    """Return the 50th and the 99th percentile without the first ten, which warm up."""
    cuts = statistics.quantiles(milliseconds[10:], n=100)
    return cuts[49], cuts[98]
