"""Logs as text or JSON, one line an event, in which no secret shows."""

import json
import logging
import sys
from datetime import UTC, datetime
from functools import cache
from urllib.parse import quote

from bot.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Send all logs to standard error in the format and from the level that the settings say."""
    handler = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    inner = _Json() if settings.log_format == "json" else plain
    handler.setFormatter(Redacting(inner, settings.secrets()))
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for chatty in ("alembic", "apscheduler", "bugle.bolt", "slack_sdk", "urllib3", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class Redacting(logging.Formatter):
    """Formats as another formatter does and then blots out every secret, in traces too."""

    def __init__(self, inner: logging.Formatter, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets."""
        return without_secrets(self._inner.format(record), self._secrets)


def without_secrets(text: str, secrets: tuple[str, ...]) -> str:
    """Return *text* with every secret blotted out, also where it is escaped."""
    for form in _written_forms(secrets):
        text = text.replace(form, "[secret]")
    return text


@cache
def _written_forms(secrets: tuple[str, ...]) -> tuple[str, ...]:
    """Return how secrets may stand in a log: in a URL, or escaped by repr or JSON, up to thrice."""
    forms = {form for secret in secrets for form in (secret, quote(secret, ""))}
    for _ in range(3):
        forms |= {repr(form)[1:-1] for form in forms}
        forms |= {json.dumps(form, ensure_ascii=False)[1:-1] for form in forms}
    return tuple(sorted(forms, key=len, reverse=True))


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)
