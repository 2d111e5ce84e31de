from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.customer_issue import State
from storage import customers, effects
from storage.tables import customers as kept_customers
from tests.intake.conftest import Desk
from tests.intake.desks import SAMPLES, SECRET, sample, signed

NAMES = sorted(path.stem for path in SAMPLES.glob("*.json"))
ONE = {"id": "1", "quote": "It fails."}


@pytest.mark.parametrize("name", NAMES)
def test_what_each_help_desk_sends_is_kept_once(desk: Desk, name: str) -> None:
    """A signed sample is answered 201 with an id, again 200 with the same, and is kept and posted once."""
    first, again = desk.send(name, sample(name)), desk.send(name, sample(name))
    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert first.json() == again.json() == {"id": desk.kept()[0].id, "left_out": []}
    assert len(desk.kept()) == 1
    with desk.ctx.database.reading() as tx:
        posts = [each for each in effects.listed(tx) if each.kind == "post_customer_issue"]
        assert len(posts) == 1


FORGERIES: dict[str, dict[str, Any]] = {
    "with another secret": {"secret": "another-secret-of-the-same-size.."},
    "with no secret": {"secret": ""},
}
TIMED = ("zendesk_ticket_created", "front_inbound", "json_all")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_what_is_forged_is_refused(desk: Desk, name: str, forgery: dict[str, Any]) -> None:
    """It is answered 401 in the same words whatever is wrong, and leaves nothing behind."""
    answer = desk.send(name, sample(name), **forgery)
    plain = desk.http.post(f"/intake/{name.partition('_')[0]}", json=sample(name))
    assert answer.status_code == plain.status_code == 401
    assert answer.json() == plain.json()
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert desk.is_empty()


@pytest.mark.parametrize("name", [each for each in NAMES if not each.startswith("freshdesk")])
def test_a_body_that_was_changed_on_the_way_is_refused(desk: Desk, name: str) -> None:
    """One byte more than was signed is 401; of Freshdesk, which signs nothing, nobody could tell."""
    request = signed(name, sample(name))
    request["content"] += b" "
    assert desk.http.post(f"/intake/{name.partition('_')[0]}", **request).status_code == 401
    assert desk.is_empty()


@pytest.mark.parametrize("name", TIMED)
@pytest.mark.parametrize("off", [timedelta(minutes=6), -timedelta(minutes=6)], ids=["old", "to come"])
def test_what_was_signed_long_ago_is_refused(desk: Desk, name: str, off: timedelta) -> None:
    """What is sent again after more than five minutes is 401, though the signature is right."""
    assert desk.send(name, sample(name), at=datetime.now(UTC) - off).status_code == 401
    assert desk.is_empty()


def test_a_timestamp_cannot_be_left_out_or_changed(desk: Desk) -> None:
    """It is signed too: neither Front's other way without one nor a fresh one lets an old request in."""
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    for name in TIMED:
        request = signed(name, sample(name), at=long_ago)
        stamps = [each for each in request["headers"] if "Timestamp" in each]
        fresh = signed(name, sample(name))["headers"]
        for stamp in stamps:
            for changed in ({}, {stamp: fresh[stamp]}, {stamp: "9" * 30}, {stamp: "-1"}, {stamp: "now"}):
                kept = {each: value for each, value in request["headers"].items() if each != stamp}
                sent = {"content": request["content"], "headers": kept | changed}
                assert desk.http.post(f"/intake/{name.partition('_')[0]}", **sent).status_code == 401
    assert desk.is_empty()


@pytest.mark.parametrize("login", [("bugle", SECRET), (SECRET, "X")], ids=["password", "key"])
def test_freshdesk_may_log_in_by_basic(desk: Desk, login: tuple[str, str]) -> None:
    """The secret is the password of any user, or the key that Freshdesk sends as the user."""
    payload = sample("freshdesk_created")
    assert desk.http.post("/intake/freshdesk", json=payload, auth=login).status_code == 201
    assert desk.http.post("/intake/freshdesk", json=payload, auth=("bugle", "guess")).status_code == 401
    for broken in (
        "Basic",
        "Basic ====",
        "Bearer",
        "Basic w6k=",
        "Digest x",
        f"Basic {SECRET}",
        f"Token {SECRET}",
    ):
        answer = desk.http.post("/intake/freshdesk", json=payload, headers={"Authorization": broken})
        assert answer.status_code == 401, broken


def test_a_program_of_our_own_may_show_the_secret_as_a_token(desk: Desk) -> None:
    """Bearer will do for JSON; a wrong signature beside it does not."""
    bearer = {"Authorization": f"Bearer {SECRET}"}
    assert desk.http.post("/intake/json", json=ONE, headers=bearer).status_code == 201
    wrong = bearer | {"X-Bugle-Signature": "00", "X-Bugle-Timestamp": "0"}
    assert desk.http.post("/intake/json", json=ONE, headers=wrong).status_code == 401


def test_who_asks_elsewhere_or_otherwise_is_refused(desk: Desk) -> None:
    """No such source 404, another method 405, another type of content 415: nothing is left behind."""
    assert desk.http.post("/intake/nowhere", **signed("json", ONE)).status_code == 404
    assert desk.http.ask("GET", "/intake/json").status_code == 405
    assert desk.http.ask("PUT", "/intake/json", json=ONE).status_code == 405
    request = signed("json", ONE)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"):
        headers = request["headers"] | {"Content-Type": kind}
        assert desk.http.post("/intake/json", content=request["content"], headers=headers).status_code == 415
    assert desk.is_empty()
    headers = request["headers"] | {"Content-Type": "application/vnd.api+json; charset=utf-8"}
    assert desk.http.post("/intake/json", content=request["content"], headers=headers).status_code == 201


async def chunks(size: int) -> AsyncIterator[bytes]:
    """Yield a body of this size in pieces, as who does not say its length sends it."""
    for _ in range(size // 10_000):
        yield b" " * 10_000


def test_a_body_that_is_too_long_is_refused(desk: Desk) -> None:
    """More than a megabyte is 413, whether its length is said or not, before anybody asks who sends it."""
    long = ONE | {"more": "x" * 1_000_000}
    assert desk.http.post("/intake/json", **signed("json", long)).status_code == 413
    assert desk.http.post("/intake/json", content=chunks(1_100_000)).status_code == 413
    assert desk.http.post("/intake/json", content=chunks(900_000)).status_code == 401
    assert desk.is_empty()
    assert desk.send("json", ONE | {"more": "x" * 900_000}).status_code == 201


MALFORMED: list[tuple[bytes, str]] = [
    (b"", "$"),
    (b"{", "$"),
    (b"\xff\xfe", "$"),
    (b"[" * 100_000, "$"),
    (b"[]", "$"),
    (b'"text"', "$"),
    (b'{"id": NaN, "quote": "x"}', "$"),
    (b'{"id": 1' + b"0" * 5000 + b', "quote": "x"}', "$"),
    (b'{"quote": "x"}', "id"),
    (b'{"id": null, "quote": "x"}', "id"),
    (b'{"id": "  ", "quote": "x"}', "id"),
    (b'{"id": {}, "quote": "x"}', "id"),
    (b'{"id": true, "quote": "x"}', "id"),
    (b'{"id": "\\u0000", "quote": "x"}', "id"),
    (b'{"id": "' + b"1" * 151 + b'", "quote": "x"}', "id"),
    (b'{"id": "1"}', "quote"),
    (b'{"id": "1", "quote": ["x"]}', "quote"),
    (b'{"id": "1", "quote": "<p> </p>"}', "quote"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "path"), MALFORMED, ids=[repr(body[:30]) for body, _ in MALFORMED])
def test_what_cannot_be_read_is_refused_with_the_place(desk: Desk, body: bytes, path: str) -> None:
    """It is answered 422 with a reason that names the path, and leaves nothing behind."""
    answer = desk.http.post("/intake/json", **signed("json", body))
    assert answer.status_code == 422
    (reason,) = answer.json()["reasons"]
    assert reason["path"] == path
    assert reason["why"]
    assert desk.is_empty()


def test_all_that_is_missing_is_told_at_once(desk: Desk) -> None:
    """Two reasons stand in one answer; an event in which no customer speaks says what to subscribe to."""
    answer = desk.send("json", {"id": []} | {"quote": ""})
    assert answer.json()["reasons"][0]["path"] == "id"
    other = sample("zendesk_ticket_created") | {"type": "zen:event-type:ticket.status_changed"}
    refused = desk.send("zendesk", other)
    assert refused.status_code == 422
    assert "Ticket created" in refused.json()["reasons"][0]["why"]
    assert desk.is_empty()


def test_who_only_says_hello_is_answered(desk: Desk) -> None:
    """Intercom's HEAD and ping and Front's challenge get their answer, where signed; nothing is kept."""
    assert desk.http.ask("HEAD", "/intake/intercom").status_code == 200
    assert desk.send("intercom", {"type": "notification_event", "topic": "ping"}).status_code == 200
    request = signed("front", {"type": "sync", "authorization": {"id": "cmp_abc"}})
    request["headers"]["X-Front-Challenge"] = "say this"
    answer = desk.http.post("/intake/front", **request)
    assert (answer.status_code, answer.json()) == (200, {"challenge": "say this"})
    request["headers"]["X-Front-Signature"] = "forged"
    assert desk.http.post("/intake/front", **request).status_code == 401
    assert desk.is_empty()


def test_what_makes_no_sense_is_left_out_and_told(desk: Desk) -> None:
    """A score off its scale, an address that is none and a language nobody speaks do not keep words out."""
    strange = {
        "satisfaction": 500,
        "effort": 9,
        "help_desk_url": "javascript:alert(1)",
        "language": "klingon!",
    }
    answer = desk.send("json", ONE | strange | {"product": "Boat"})
    assert answer.status_code == 201
    assert {each["path"] for each in answer.json()["left_out"]} == {*strange, "product"}
    (issue,) = desk.kept()
    told = issue.told
    assert (told.product, told.satisfaction, told.effort, told.help_desk_url) == ("shop", None, None, None)


def test_what_a_customer_gave_away_is_masked_before_it_is_kept(desk: Desk) -> None:
    """Nobody is there to be asked: a card number and a password are not in the database at all."""
    desk.send("json", {"id": "1", "quote": "Card 4111 1111 1111 1111, password: hunter2"})
    assert "1111 1111" not in desk.kept()[0].told.quote
    assert "hunter2" not in desk.kept()[0].told.quote


def test_a_customer_is_found_by_key_by_domain_or_by_name(desk: Desk) -> None:
    """The key counts first, then the domain of the e-mail, then the name, new where nobody has it."""
    with desk.ctx.database.transaction() as tx:
        for key in ("crm-7", "lumen.example"):
            customers.keep(tx, [f"Known as {key}"])
            where = kept_customers.c.name == f"Known as {key}"
            tx.execute(kept_customers.update().where(where).values(key=key))
    told = [
        {"customer_key": "crm-7", "email": "olga@lumen.example", "customer": "Other"},
        {"customer_key": "crm-8", "email": "Olga <x>", "customer": "Known as CRM-7"},
        {"email": "olga@LUMEN.example"},
        {"customer": "Brand new"},
        {"customer": "\u200b\u0000"},
        {},
    ]
    for number, each in enumerate(told):
        assert desk.send("json", {"id": number, "quote": "It fails.", **each}).status_code == 201
    with desk.ctx.database.reading() as tx:
        found = [customers.known(tx, [each.told.customer or ""]) for each in desk.kept()]
    names = [each[0].name if each else None for each in found]
    assert names == ["Known as crm-7", "Known as crm-7", "Known as lumen.example", "Brand new", None, None]


def test_what_satisfied_little_comes_in_as_feedback(desk: Desk) -> None:
    """Zendesk's Bad, Intercom's 2 of 5 and Freshdesk's unhappiest face are; a mere question is not."""
    for name in ("zendesk_rated", "intercom_rated", "freshdesk_rated", "zendesk_ticket_created"):
        desk.send(name, sample(name))
    assert [each.state for each in desk.kept()] == [State.FEEDBACK] * 3 + [State.NEW]


def test_a_database_that_cannot_be_written_is_told_to_the_sender(desk: Desk) -> None:
    """It is answered 503 with the time to try again, and kept once when it comes again."""
    with desk.ctx.database.engine.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE customer_issues RENAME TO away")
    answer = desk.send("json", ONE)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    with desk.ctx.database.engine.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE away RENAME TO customer_issues")
    assert desk.is_empty()
    assert desk.send("json", ONE).status_code == 201
