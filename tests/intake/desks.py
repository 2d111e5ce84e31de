"""Help desks as tests have them: sources, their secrets, and what they send, signed."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from domain.customer_config import HelpDesk, Source
from sandbox.help_desks.signing import SIGNERS

SAMPLES = Path(__file__).parent / "samples"
SECRET = "a-secret-of-thirty-two-characters"
SOURCES = tuple(Source(kind.value, kind, "shop") for kind in HelpDesk)
SECRETS = {source.setting: SECRET for source in SOURCES}
TOML = "".join(f'\n[[intake]]\nkey = "{kind}"\nkind = "{kind}"\nproduct = "shop"\n' for kind in HelpDesk)


@cache
def _text(name: str) -> str:
    return (SAMPLES / f"{name}.json").read_text(encoding="utf-8")


def sample(name: str) -> Any:
    """Return one of the payloads of the public documentation, with other names in it."""
    return json.loads(_text(name))


def source_of(name: str) -> Source:
    """Return the source that sends the sample of this name."""
    return next(each for each in SOURCES if each.key == name.partition("_")[0])


def signed(name: str, payload: Any, *, at: datetime | None = None, secret: str = SECRET) -> dict[str, Any]:
    """Return the body and the headers of a request as the help desk of a sample sends it."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload, ensure_ascii=False).encode()
    signer = SIGNERS["front_rule" if name.startswith("front_rule") else name.partition("_")[0]]
    headers = {"Content-Type": "application/json", **signer(secret, body, at or datetime.now(UTC))}
    return {"content": body, "headers": headers}
