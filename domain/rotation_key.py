"""The key of a rotation that people make in Slack: what its name reads as, in small letters and digits."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count

_LENGTH = 56  # room for a number within the 64 of a key


def key_for(name: str, taken: Collection[str]) -> str:
    """Return a key for a name, other than those that are taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LENGTH].strip("-") or "rotation"
    numbered = (f"{key}-{number}" for number in count(2))
    return key if key not in taken else next(each for each in numbered if each not in taken)
