"""What is asked before a rotation ends."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from views.blocks import Block, modal, section
from views.rotation_form import ids
from views.rotation_list import NAME
from views.text import cut_escaped, translator


@dataclass(frozen=True, slots=True)
class Ending:
    """Which rotation is about to end, and its reader's language."""

    rotation: str
    language: str


def ending_view(rotation: str, name: str, left_without: Sequence[str], language: str) -> Block:
    """Return the view that asks whether a rotation is to end; *left_without* are products, by name."""
    t = translator(language)
    said = t(
        "*{rotation}* ends now: nobody is on duty in it any more, and its members are told. What was so far"
        " stays on record. This cannot be undone."
    ).format(rotation=cut_escaped(name, NAME))
    blocks = [section(said)]
    if left_without:
        names = t.listing([cut_escaped(each, NAME) for each in left_without[:20]])
        lost = t(
            ":warning: Without a rotation after that: {products}. Nobody is told of their bugs directly."
        )
        blocks.append(section(lost.format(products=names)))
    kept = json.dumps({"rotation": rotation, "language": language})
    return modal(ids.ENDING, t("End the rotation"), blocks, submit=t("End it"), close=t("Keep it"), kept=kept)


def read_ending(view: dict[str, Any]) -> Ending:
    """Return which rotation the view is about."""
    return Ending(**json.loads(view["private_metadata"]))
