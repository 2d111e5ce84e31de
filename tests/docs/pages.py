"""The pages people read, taken apart: what stands in code, in blocks, in links, and which host is named."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])

_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HOST = re.compile(r"https?://([\w.-]+)")


def name(page: Path) -> str:
    """Return a page's path as people write it; the id of its tests."""
    return str(page.relative_to(ROOT))


def blocks(page: Path, language: str | None = None) -> list[str]:
    """Return the fenced blocks of a page, all or those of one language."""
    found = _BLOCK.findall(page.read_text(encoding="utf-8"))
    return [body for marked, body in found if language in (None, marked)]


def inline_code(page: Path) -> list[str]:
    """Return what stands between backticks in a page's sentences."""
    found: list[str] = _INLINE.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))
    return found


def commands(page: Path) -> list[str]:
    """Return whatever a reader may type: inline code, and each line of the blocks that are not Python."""
    typed = [block for block in blocks(page) if block not in blocks(page, "python")]
    return [*inline_code(page), *(line.strip() for block in typed for line in block.splitlines())]


def links(page: Path) -> list[str]:
    """Return where a page's links and pictures lead within the repository."""
    return [target for target in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]


def hosts(page: Path) -> list[str]:
    """Return the hosts of all addresses in a page."""
    found: list[str] = _HOST.findall(page.read_text(encoding="utf-8"))
    return found
