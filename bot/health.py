"""Whether Bugle can do its work now, each part with a word on what is wrong."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.app import Bugle
from storage import migrate


def readiness(bugle: Bugle) -> dict[str, str]:
    """Return each part's state: "ok", or what is wrong with it."""
    parts = {"database": _database(bugle), "effects": "ok" if bugle.driver.alive() else "the driver stopped"}
    if bugle.socket is not None:
        parts["slack socket"] = "ok" if bugle.socket.is_connected() else "not connected"
    paused = {f"{gateway} login": reason for gateway, reason in bugle.driver.paused().items()}
    return parts | paused


def _database(bugle: Bugle) -> str:
    try:
        with bugle.context.database.reading() as tx:
            tx.execute(text("SELECT 1"))
        return "ok" if migrate.is_current(bugle.context.database) else "not at head: run `bugle migrate`"
    except SQLAlchemyError as error:
        return type(error).__name__
