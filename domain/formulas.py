"""Cells that spreadsheets would run as formulas: made harmless when written, taken back when read."""

import re

from domain.customer_cells import tidy

_DANGEROUS = r"[=+\-@\t\r＝＋－＠]"
_IS_DANGEROUS = re.compile(f"'*{_DANGEROUS}").match
_IS_DEFUSED = re.compile(f"'+{_DANGEROUS}").match


def defused(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; reading it gives the text back."""
    return f"'{text}" if _IS_DANGEROUS(text) else text


def as_meant(cell: str) -> str:
    """Return what a cell says, in one line."""
    bare = tidy(cell)
    return bare[1:] if bare[:1] == "'" and _IS_DEFUSED(bare) else bare
