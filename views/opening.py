"""One opening of the bug form: what it starts from, and what of it travels with the form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from views.blocks import Block, actions, button, context
from views.text import Translator, ago_of, link

START_ANEW = "report_start_anew"
_FIRST = "report_opening"


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening of the form: its reader's language, and the nonce that lets it file one report.

    `product` is the key of the one to choose, `text` what is known of what happened, `source_url` the address
    of the message it is about, `files` ids of Slack files that go with the report. `continued` is the second
    (since 1970) at which the draft that is gone on with was saved last; None for a new form. `mends` is the
    report that the form tells anew, after Jira refused its issue. `customer_issue` is what a customer told us
    that the report is made from.
    """

    nonce: str
    language: str
    product: str | None = None
    text: str = ""
    source_url: str | None = None
    files: tuple[str, ...] = ()
    continued: int | None = None
    mends: str | None = None
    customer_issue: str | None = None

    def kept(self) -> dict[str, Any]:
        """Return it as JSON, without what is empty."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return {name: list(value) if name == "files" else value for name, value in told.items() if value}

    def metadata(self) -> str:
        """Return what travels with the form as its private_metadata; what is in its fields does not."""
        kept = self.kept()
        return json.dumps({name: kept[name] for name in kept if name not in ("product", "text")})


def opening_from(kept: Mapping[str, Any]) -> Opening:
    """Return an opening from what `kept` or `metadata` made of it."""
    return Opening(**{**kept, "files": tuple(kept.get("files", ()))})


def read_opening(view: Mapping[str, Any]) -> Opening:
    """Return which opening of the form a view is."""
    return opening_from(json.loads(view["private_metadata"]))


def opening_blocks(t: Translator, opening: Opening) -> list[Block]:
    """Return what stands above the fields: what the form goes on from, and the way to an empty one."""
    told = []
    if opening.continued is not None:
        told.append(t("Continued from your draft, saved {ago}").format(ago=ago_of(opening.continued)))
    if opening.source_url is not None:
        told.append(link(opening.source_url, t("From this message")))
    if opening.files:
        told.append(t("Files that go with it: {count}").format(count=len(opening.files)))
    anew = [actions(_FIRST, [button(t("Start anew"), START_ANEW, opening.nonce)])]
    return [*([context(" · ".join(told))] if told else []), *(anew if opening.continued is not None else [])]
