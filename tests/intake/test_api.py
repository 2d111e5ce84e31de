"""The endpoints as their OpenAPI document says they are: schemathesis, and what is near a sample."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis.openapi
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi import checks

from domain.customer_config import HelpDesk
from handlers.intake_document import document
from storage import customer_issues
from tests.intake.conftest import Desk
from tests.intake.desks import SAMPLES, SOURCES, sample, signed

CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
BASE = "http://bugle.example"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.json"))
# Each example finds what the ones before it left: a help desk does, too.
lasting = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)


def cases(kind: str, mode: GenerationMode) -> st.SearchStrategy[Case]:
    """Return requests that the document allows, or, negative, that it does not."""
    loaded = schemathesis.openapi.from_dict(document(SOURCES, BASE))
    return loaded[f"/intake/{kind}"]["POST"].as_strategy(mode)


def prepared(case: Case) -> requests.PreparedRequest:
    """Return a case as the bytes that it sends."""
    told = case.as_transport_kwargs(base_url=BASE)
    known = ("method", "url", "headers", "params", "cookies", "data", "json", "files", "auth")
    return requests.Request(**{name: value for name, value in told.items() if name in known}).prepare()


def body_of(case: Case) -> bytes:
    """Return the body that a case sends."""
    body = prepared(case).body or b""
    return body if isinstance(body, bytes) else str(body).encode()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("kind", [kind.value for kind in HelpDesk])
def test_whatever_is_sent_and_signed_is_answered_as_the_document_says(
    desk: Desk, kind: str, mode: GenerationMode
) -> None:
    """No 5xx, no status and no body that the document lacks; and only what was answered 201 is kept."""

    @lasting
    @given(cases(kind, mode))
    def tried(case: Case) -> None:
        before = desk.count()
        answer = desk.http.post(f"/intake/{kind}", **signed(kind, body_of(case)))
        case.validate_response(answer, checks=CHECKS)
        assert answer.status_code < 500
        assert desk.count() - before == (answer.status_code == 201)

    tried()
    assert desk.count() or kind != "json" or mode is GenerationMode.NEGATIVE, "nothing came through"


@pytest.mark.parametrize("kind", [kind.value for kind in HelpDesk])
def test_whatever_is_sent_without_the_secret_is_refused(desk: Desk, kind: str) -> None:
    """Headers, types and bodies that nobody signed are 401, as the document says; nothing is kept."""

    @lasting
    @given(cases(kind, GenerationMode.NEGATIVE))
    def tried(case: Case) -> None:
        request = prepared(case)
        headers = {name: value for name, value in request.headers.items() if name != "Content-Length"}
        answer = desk.http.post(f"/intake/{kind}", content=body_of(case), headers=headers)
        case.validate_response(answer, checks=CHECKS)
        assert answer.status_code == 401

    tried()
    assert desk.is_empty()


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(
        ["\0", "\ud800", "<p>", "5/5", "👎", "https://x.example/", "shop", "9" * 400, "a\u0301" * 900]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container within JSON, with each of its keys or indices."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in list(pairs):
        yield data, key
        yield from places(value)


@st.composite
def near(draw: st.DrawFn, name: str) -> Any:
    """Draw what is like a sample, but for some of what is in it."""
    changed = copy.deepcopy(sample(name))
    for _ in range(draw(st.integers(1, 4))):
        found = list(places(changed))
        if found:
            holder, key = draw(st.sampled_from(found))
            holder[key] = draw(anything)
    return changed


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_changed_in_a_sample_it_is_kept_or_refused(desk: Desk, name: str) -> None:
    """What is near a help desk's own message is 200, 201 or 422, on each database, and kept within limits."""

    @lasting
    @given(near(name))
    def tried(payload: Any) -> None:
        before = desk.count()
        body = json.dumps(payload).encode()  # with halves of characters escaped, as they may be
        answer = desk.http.post(f"/intake/{name.partition('_')[0]}", **signed(name, body))
        assert answer.status_code in (200, 201, 422), answer.text
        assert desk.count() - before == (answer.status_code == 201)
        if answer.status_code == 201:
            with desk.ctx.database.reading() as tx:
                told = customer_issues.get(tx, answer.json()["id"]).told
            assert 0 < len(told.quote) <= 3_200
            assert told.effort in (None, *range(1, 8))
            assert told.satisfaction is None or 0 <= told.satisfaction <= 100
            assert told.product in ("shop", "pay")
            assert not (told.help_desk_url or "https://").partition("://")[0].strip("htps")

    tried()


def test_the_document_is_sound_and_names_every_source(desk: Desk) -> None:
    """GET /openapi.json is OpenAPI 3.1 with an endpoint for each [[intake]]; none tells a secret."""
    answer = desk.http.ask("GET", "/openapi.json")
    told = answer.json()
    assert (answer.status_code, told["openapi"]) == (200, "3.1.0")
    assert set(told["paths"]) == {f"/intake/{source.key}" for source in SOURCES}
    assert "a-secret-of" not in answer.text
    loaded = schemathesis.openapi.from_dict(told)
    loaded.validate()
