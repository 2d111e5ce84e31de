from datetime import UTC, datetime, timedelta

import pytest

from domain.config import LANGUAGES
from domain.promise import Kind, Standing
from tests.views.reports import REPORT
from views.direct_text import direct_note
from views.promise import promised_line
from views.promise_notice import broken_notice
from views.text import translator
from views.thread_text import thread_line

DUE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SHOWN = "<!date^1795435200^"
HOUR = timedelta(hours=1)


def test_a_card_says_until_when_and_since_when() -> None:
    """What is open has its time, what is late since when, what waits says so, and what is done nothing."""
    t = translator("en")
    open_ = Standing(Kind.RESPONSE, HOUR, None, DUE)
    late = Standing(Kind.RESOLUTION, HOUR, None, DUE, is_overdue=True)
    said = promised_line(t, (open_, late))
    assert said is not None
    assert said.startswith(f"Respond by {SHOWN}")
    assert f" · Resolution overdue since {SHOWN}" in said
    waits = Standing(Kind.RESOLUTION, HOUR, None, None)
    assert promised_line(t, (Standing(Kind.RESPONSE, HOUR, None, DUE, DUE), waits)) == (
        "The time to resolve it stands still"
    )
    assert promised_line(t, ()) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_what_people_are_told_has_the_time(kind: Kind, language: str) -> None:
    """Warning, line and notice say until when, in each language, of a response as of a resolution."""
    values = {"kind": str(kind), "due": int(DUE.timestamp()), "to": "U0ELSA", "by": None}
    for name in ("promise_warned", "promise_broken"):
        assert SHOWN in str(direct_note(name, REPORT, None, values, language).text)
    assert "<@U0ELSA>" in str(thread_line("promise_warned", values, language).text)
    nobody = str(thread_line("promise_warned", {**values, "to": None}, language).text)
    assert SHOWN in nobody
    assert "<@" not in nobody
    assert "/rotation" in str(broken_notice(kind, values["due"], REPORT, None, language).blocks)
