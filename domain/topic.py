"""Our own part of a channel's topic: what people wrote around it stays as it is."""

import re
from collections.abc import Iterable, Sequence

LIMIT = 250  # Slack's, in characters
_BETWEEN = " · "
_ENDS = "·|\n"  # what ends a part of a topic, ours or anybody's


def with_part(topic: str, labels: Iterable[str], parts: Sequence[str]) -> str | None:
    """Return the topic with our part in it: the first of *parts* for which there is room; None for none.

    *labels* are how our part may begin. Where the topic has it already it is replaced where it stands.
    """
    found = _find(topic, labels)
    for part in parts:
        if found is not None:
            changed = topic[: found.start()] + part + topic[found.end() :]
        else:
            changed = f"{topic.rstrip()}{_BETWEEN}{part}" if topic.strip() else part
        if len(changed) <= LIMIT:
            return changed
    return None


def without_part(topic: str, labels: Iterable[str]) -> str:
    """Return the topic as people wrote it, without our part."""
    found = _find(topic, labels)
    if found is None:
        return topic
    before, after = topic[: found.start()], topic[found.end() :]
    if before.rstrip().endswith(_BETWEEN.strip()):
        return before.rstrip().removesuffix(_BETWEEN.strip()).rstrip() + after
    return after.lstrip().removeprefix(_BETWEEN.strip()).lstrip() if not before.strip() else before + after


def in_part(text: str) -> str:
    """Return a name as a part of a topic may hold it: without what would end the part."""
    return " ".join(text.translate(dict.fromkeys(map(ord, _ENDS), " ")).split())


def _find(topic: str, labels: Iterable[str]) -> re.Match[str] | None:
    known = "|".join(re.escape(label.strip()) for label in labels)
    # A part begins the topic or comes after what ended another; the space around it is not its own.
    begins = rf"(?:(?<=^)|(?<=[{_ENDS}])|(?<=[{_ENDS}] ))"
    return re.search(rf"{begins}(?:{known})[^{_ENDS}]*?(?=\s*(?:[{_ENDS}]|$))", topic)
