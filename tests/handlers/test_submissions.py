"""Whatever a form holds when it is submitted: filed, asked about or refused, and never lost or a fault."""

import json
import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt.request import BoltRequest

from bot.app import Bugle, build
from bot.config import read_config
from bot.settings import read_settings
from sandbox.server import Sandbox
from sandbox.slack.inputs import initial_value, places
from sandbox.slack.lint.whole import lint_view
from storage import create_screens, reports
from tests.bot.stage import SANDBOX_TOML
from tests.databases import SqliteFiles
from tests.views.asked import OWN
from views import report_form as form
from views.opening import Opening
from workflows.asking import asking

ANA = {"id": "U0ANA", "name": "ana", "username": "ana", "team_id": "T0HARBOR"}
CASES = 300
HOSTILE = [
    "<!channel> <@U0BEN> {code}[~admin] !x.png!",
    "\u202eright to left\u202c \u200b\u200b\ufeff",
    "🐛" * 1500,
    "4111 1111 1111 1111 password: hunter2",
    "\0 null \ud800",
    "ES91 2100 0418 4502 0005 1332",
    "|||| \\ {{{ ]]]",
    "",
]


@pytest.fixture(scope="module")
def bugle(sqlite_files: SqliteFiles) -> Iterator[Bugle]:
    """Yield every part of Bugle, not started: what it decides is kept and not done."""
    sandbox = Sandbox()
    sandbox.start()
    app, site = sandbox.slack.connection(), sandbox.jira.connection()
    with sqlite_files.fresh() as url:
        made = build(
            read_settings(
                {
                    "SLACK_BOT_TOKEN": app["bot_token"],
                    "SLACK_APP_TOKEN": app["app_token"],
                    "SLACK_API_URL": app["api_url"],
                    "JIRA_URL": site["url"],
                    "JIRA_EMAIL": site["email"],
                    "JIRA_API_TOKEN": site["api_token"],
                    "DATABASE_URL": url,
                }
            ),
            read_config(SANDBOX_TOML),
        )
        with made.context.database.transaction() as tx:
            create_screens.keep_fields(tx, "SHOP", "Bug", OWN)
        yield made
        made.context.saves.finish()
        made.context.database.close()
    sandbox.stop()


TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=200)
WELL = st.builds(
    "Steps:\n1. Open the page {}\n2. Press Pay\nExpected:\nOne charge {}\nActual:\nTwo charges {}".format,
    TEXTS,
    TEXTS,
    TEXTS,
)
HAPPENED = (
    WELL | WELL | st.builds("Steps:\n{}\nExpected:\n{}\nActual:\n{}".format, TEXTS, TEXTS, TEXTS) | TEXTS
)
OPTIONS = st.builds(
    lambda value: {"text": {"type": "plain_text", "text": value[:75] or "x"}, "value": value}, TEXTS
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS, lambda each: st.lists(each, max_size=3)
)
HELD: dict[str, st.SearchStrategy[Any]] = {
    "value": TEXTS,
    "selected_option": OPTIONS | st.none(),
    "selected_options": st.lists(OPTIONS, max_size=12),
    "selected_user": st.sampled_from(["U0ANA", "U0NOBODY", None]),
    "selected_users": st.lists(st.sampled_from(["U0ANA", "U0BEN"]), max_size=3),
    "selected_date": st.sampled_from(["2026-11-23", "2026-02-30", None]),
    "selected_date_time": st.integers() | st.none(),
    "files": st.lists(st.builds(lambda name: {"id": name}, TEXTS), max_size=12),
}


def view_of(bugle: Bugle, nonce: str, product: str) -> dict[str, Any]:
    """Return the form as Slack has it on somebody's screen."""
    config = bugle.context.config
    with bugle.context.database.reading() as tx:
        asked = asking(tx, config.product(product))
    view = form.report_form(config, Opening(nonce, "en"), asked)
    return view | {"id": "V1", "hash": "1", "state": {"values": {}}}


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[tuple[int, str, Any]]]:
    """Draw which product is reported on, and what is done to which fields."""
    kind = st.sampled_from([*HELD, "good", "gone", "junk"])
    deed = st.tuples(st.integers(0, 40), kind, st.integers(0, 5))
    done = []
    for place, name, which in draw(st.lists(deed, max_size=3) | st.lists(deed, max_size=20)):
        held = HELD.get(name)
        done.append(
            (place, name, draw(held) if held is not None else draw(JSON) if name == "junk" else which)
        )
    return draw(st.sampled_from(["shop", "pay"])), done


def well_filled(element: dict[str, Any], which: int = 0) -> dict[str, Any]:
    """Return the state of an element that somebody filled in well."""
    held = initial_value(element) or {}
    options = element.get("options")
    if "external" in element["type"]:
        options = [{"text": {"type": "plain_text", "text": "14"}, "value": "14"}]
    if options and "selected_options" in held:
        held["selected_options"] = [options[which % len(options)]]
    elif options:
        held["selected_option"] = held.get("selected_option") or options[which % len(options)]
    elif "value" in held:
        held["value"] = {"number_input": "2.5", "url_text_input": "https://a.example/b"}.get(
            element["type"], "Text"
        )
    elif "selected_date" in held:
        held["selected_date"] = "2026-11-23"
    elif "selected_date_time" in held:
        held["selected_date_time"] = 1_764_000_000
    elif "selected_user" in held:
        held["selected_user"] = "U0ANA"
    elif "selected_users" in held:
        held["selected_users"] = ["U0ANA"]
    return held


def filled(view: dict[str, Any], done: list[tuple[int, str, Any]], happened: str) -> dict[str, Any]:
    """Return the view with its fields filled in well, but for what is done to some of them."""
    values: dict[str, Any] = {}
    for place, element in places(view["blocks"]).items():
        if element["type"] != "button":
            values.setdefault(place.block_id, {})[place.action_id] = well_filled(element)
    values[form.HAPPENED] = {form.HAPPENED: {"type": "plain_text_input", "value": happened}}
    known = list(values)
    for number, name, value in done:
        block = known[number % len(known)]
        (action,) = values.get(block) or {"none": None}
        if name == "gone":
            values.pop(block, None)
        elif name == "junk":
            values[block] = {action: value}
        elif name != "good":
            values[block] = {action: {"type": "plain_text_input", name: value}}
    return view | {"state": {"values": values}}


def submitted(bugle: Bugle, view: dict[str, Any]) -> dict[str, Any]:
    """Submit a view and return what Slack is answered."""
    body = {
        "type": "view_submission",
        "team": {"id": "T0HARBOR"},
        "user": ANA,
        "view": view,
        "api_app_id": "A",
    }
    answer = bugle.bolt.dispatch(BoltRequest(mode="socket_mode", body=body))
    assert answer.status == 200
    said: dict[str, Any] = json.loads(answer.body or "{}") if isinstance(answer.body, str) else answer.body
    return said


def is_kept(bugle: Bugle, nonce: str) -> bool:
    """Tell whether a form has filed its report."""
    with bugle.context.database.reading() as tx:
        return reports.with_nonce(tx, nonce) is not None


def check_answer(bugle: Bugle, view: dict[str, Any], said: dict[str, Any]) -> None:
    """Check that an answer is one Slack takes, and that a form that closes has filed its report."""
    nonce = json.loads(view["private_metadata"])["nonce"]
    action = said.get("response_action")
    if action == "errors":
        assert said["errors"].keys() <= {block["block_id"] for block in view["blocks"]}
        assert all(len(text) > 0 for text in said["errors"].values())
    elif action in ("update", "push"):
        assert lint_view(said["view"]) == []
    else:
        assert said in ({}, {"response_action": "clear"})
        assert is_kept(bugle, nonce)
    if action == "push":
        step = said["view"] | {"id": "V2", "hash": "1", "state": {"values": {}}}
        assert submitted(bugle, step) == {"response_action": "clear"}
        assert is_kept(bugle, nonce)


NUMBERS = iter(range(10**9))


def check(bugle: Bugle, caplog: pytest.LogCaptureFixture, what: Any, happened: str) -> None:
    """Submit a form twice and check both answers; nothing may be a fault of ours."""
    product, done = what
    caplog.clear()
    view = filled(view_of(bugle, f"nonce-{next(NUMBERS)}", product), done, happened)
    check_answer(bugle, view, submitted(bugle, view))
    again = submitted(bugle, view)
    assert again.get("response_action") in (None, "clear", "errors", "update", "push")
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@settings(deadline=None, max_examples=CASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(what=changes(), happened=HAPPENED)
def test_whatever_is_submitted_is_filed_asked_about_or_refused(
    bugle: Bugle, caplog: pytest.LogCaptureFixture, what: Any, happened: str
) -> None:
    """No submission ends in a fault, a lost report, or something that Slack would refuse."""
    check(bugle, caplog, what, happened)


@pytest.mark.soak
@settings(
    deadline=None,
    max_examples=1_000 if os.environ.get("SOAK") == "short" else 10_000,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(what=changes(), happened=HAPPENED)
def test_ten_thousand_submissions(
    bugle: Bugle, caplog: pytest.LogCaptureFixture, what: Any, happened: str
) -> None:
    """The same at length."""
    check(bugle, caplog, what, happened)
