import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sensitive import Finding, Kind, find, mask

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"
# Put together here, so that no scanner takes this file for a leak.
SLACK = "xoxb-" + "123456789012-abcdefABCDEF"
STRIPE = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"
GITHUB = "ghp_" + "a1B2c3D4" * 5


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("card 4111 1111 1111 1111 ok", Kind.CARD, "4111 1111 1111 1111"),
        ("tarjeta: 5555-5555-5555-4444.", Kind.CARD, "5555-5555-5555-4444"),
        ("amex 3782 822463 10005, declined", Kind.CARD, "3782 822463 10005"),
        ("卡號４１１１１１１１１１１１１１１１被拒", Kind.CARD, "４１１１１１１１１１１１１１１１"),
        ("4111\u00a01111\u00a01111\u00a01111", Kind.CARD, "4111\u00a01111\u00a01111\u00a01111"),
        ("order paid with card 4242424242424242", Kind.CARD, "4242424242424242"),
        ("CVV: 123", Kind.CARD, "123"),
        ("to ES91 2100 0418 4502 0005 1332 is wrong", Kind.IBAN, "ES91 2100 0418 4502 0005 1332"),
        ("IBAN:DE89370400440532013000.", Kind.IBAN, "DE89370400440532013000"),
        ("iban gb29-NWBK-6016-1331-9268-19", Kind.IBAN, "gb29-NWBK-6016-1331-9268-19"),
        ("su DNI 12345678Z no vale", Kind.NATIONAL_ID, "12345678Z"),
        ("NIE: X-1234567-L", Kind.NATIONAL_ID, "X-1234567-L"),
        ("身分證A123456789", Kind.NATIONAL_ID, "A123456789"),
        ("SSN 536-90-4399", Kind.NATIONAL_ID, "536-90-4399"),
        ("personnummer 850709-9805", Kind.NATIONAL_ID, "850709-9805"),
        ("NHS number: 943 476 5919", Kind.NATIONAL_ID, "943 476 5919"),
        ("NI number QQ 12 34 56 C, National Insurance AB 12 34 56 C", Kind.NATIONAL_ID, "AB 12 34 56 C"),
        ("Steuer-ID 36 574 261 809", Kind.NATIONAL_ID, "36 574 261 809"),
        ("nir 2 95 10 99 126 111 93", Kind.NATIONAL_ID, "2 95 10 99 126 111 93"),
        ("CF RCCMNL83S18D969H", Kind.NATIONAL_ID, "RCCMNL83S18D969H"),
        ("BSN: 111222333", Kind.NATIONAL_ID, "111222333"),
        ("contribuinte 501964843", Kind.NATIONAL_ID, "501964843"),
        ("cartão de cidadão 00000000 0 ZZ4", Kind.NATIONAL_ID, "00000000 0 ZZ4"),
        ("henkilötunnus 131052A308T", Kind.NATIONAL_ID, "131052A308T"),
        ("CPF 390.533.447-05", Kind.NATIONAL_ID, "390.533.447-05"),
        ("CURP BOXW310820HNERXN09", Kind.NATIONAL_ID, "BOXW310820HNERXN09"),
        ("RUT 76.086.428-5", Kind.NATIONAL_ID, "76.086.428-5"),
        ("CUIT 20-05536168-2", Kind.NATIONAL_ID, "20-05536168-2"),
        ("PESEL 44051401359", Kind.NATIONAL_ID, "44051401359"),
        ("cédula de ciudadanía 1.032.456", Kind.NATIONAL_ID, "1.032.456"),
        ("passport number AB1234567", Kind.NATIONAL_ID, "AB1234567"),
        ("护照号码：123456789", Kind.NATIONAL_ID, "123456789"),
        ("AKIAIOSFODNN7EXAMPLE", Kind.TOKEN, "AKIAIOSFODNN7EXAMPLE"),
        (f"git clone with {GITHUB}.", Kind.TOKEN, GITHUB),
        (f"SLACK_TOKEN={SLACK}", Kind.TOKEN, SLACK),
        (f"key ({STRIPE})", Kind.TOKEN, STRIPE),
        (f"Authorization: Bearer {JWT}", Kind.TOKEN, JWT),
        ("authorization: bearer abcDEF123456.zzz-9", Kind.TOKEN, "abcDEF123456.zzz-9"),
        ("Authorization: Basic YWxhZGRpbjpvcGVuMTIz", Kind.TOKEN, "YWxhZGRpbjpvcGVuMTIz"),
        ("https://d.example/t/1?sig=a1B2c3D4%2F&view=2", Kind.TOKEN, "a1B2c3D4%2F"),
        ("https://d.example/a;jsessionid=0A1B2C3D4E", Kind.TOKEN, "0A1B2C3D4E"),
        (f"it logs\n{KEY}\nagain", Kind.TOKEN, KEY),
        ('{"api_key": "abcd1234efgh"}', Kind.TOKEN, "abcd1234efgh"),
        ("https://api.example.com/v1?access_token=4f9a8b7c6d5e&x=1", Kind.TOKEN, "4f9a8b7c6d5e"),
        ("金鑰：abcd1234efgh", Kind.TOKEN, "abcd1234efgh"),
        ("password: hunter2", Kind.PASSWORD, "hunter2"),
        ("Password: secret", Kind.PASSWORD, "secret"),
        ('{"password":"hunter2","user":"ana"}', Kind.PASSWORD, "hunter2"),
        ("DB_PASSWORD='correct horse 1'", Kind.PASSWORD, "correct horse 1"),
        ("her password is Winter2026!", Kind.PASSWORD, "Winter2026!"),
        ("contraseña: gato123, luego entrar", Kind.PASSWORD, "gato123"),
        ("la contraseña es Gato2026", Kind.PASSWORD, "Gato2026"),
        ("密碼：abc123", Kind.PASSWORD, "abc123"),
        ("密码是abc123", Kind.PASSWORD, "abc123"),
        ("postgres://app:s3cret@db/shop", Kind.PASSWORD, "s3cret"),
    ],
)
def test_what_gives_somebody_away_is_found(text: str, kind: Kind, secret: str) -> None:
    """Each kind is found at its place, alone, and its mask does not show it."""
    (finding,) = find(text)
    assert (finding.kind, text[finding.start : finding.end]) == (kind, secret)
    assert secret not in mask(text, [finding])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Put two items into the basket\nPay by card",
        "Order 4111111111111111 is charged twice",
        "order no. 4111 1111 1111 1111",
        "pedido nº 4111111111111111",
        "訂單編號：4111111111111111",
        "4111 1111 1111 1112 has a wrong check digit",
        "1234567890123456",
        "Invoice 2026-000123, amount 1.234.567,89 EUR",
        "+34 612 345 678, +1 (555) 010-9999, 0912-345-678, 020 7946 0958, 555-12-3456",
        "call 943 476 5919",
        "2026-11-23T10:00:00.123456Z, 1795600000, 1795600000123, 1795600000123456789",
        "20261123-1001, 20261123095501",
        "550e8400-e29b-41d4-a716-446655440000",
        "4111a111-1111-4111-8111-111111111111",
        "v1.22.333, 10.0.19045.3693, 192.168.100.200, 2001:db8::1",
        "python-stdnum 2.2, Chrome 120.0.6099.109 on Windows 10",
        'File "/srv/app/pay.py", line 4111, in charge\n  raise Declined(0x7f3a4111)',
        "sha256:9f86d081884c7d659a2",
        "at com.shop.Pay.charge(Pay.java:4111)\nat java.base/Thread.run(Thread.java:1583)",
        "2643 mov dword ptr esi eax 015f78002645 a138740378, kernel is linux 261712157fc5",
        "commit 4f9a8b7c6d5e4f9a8b7c6d5e4f9a8b7c6d5e4f9a",
        "Password: required",
        "Password: field is empty",
        "Password: ********",
        "password=<your password>",
        "password: ${DB_PASSWORD}",
        "Reset the password, then the password is rejected",
        "the password is case-sensitive",
        "La contraseña es incorrecta",
        "contraseña: olvidada",
        "密碼：錯誤",
        "密碼是空的",
        "忘記密碼後無法登入",
        "token: expired",
        "token=YOUR_TOKEN_HERE",
        "The token is invalid (401): bearer authentication failed",
        "SKU AB-1234-5678, tracking 1Z999AA10123456784",
        "SHOP-4111, C0SHOPBUGS, U0ANA12345",
        "ISBN 978-3-16-148410-0, EAN 4006381333931",
        "the customer's DNI is not accepted",
        "12345678A",
        "A123456788",
        "DE89370400440532013001",
        "https://shop.example.com:8443/orders/20261123?page=2",
        "Bearer of bad news: internationalization-of-things",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Order numbers, phones, times, ids, versions, traces and talk of passwords are no secrets."""
    assert [text[finding.start : finding.end] for finding in find(text)] == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Pay with 4111 1111 1111 1111.", "Pay with ••••1111."),
        ("to ES91 2100 0418 4502 0005 1332", "to ES••••1332"),
        ("DNI 12345678Z", "DNI ••••78Z"),
        ("user ana, password: hunter2, then Enter", "user ana, password: ••••, then Enter"),
        (f"a 4242424242424242 b {STRIPE} c", "a ••••4242 b •••• c"),
    ],
)
def test_a_masked_text_reads_on(text: str, masked: str) -> None:
    """What is left tells one card from another and the sentence around it stays."""
    assert mask(text, find(text)) == masked


def test_only_what_is_asked_for_is_masked() -> None:
    """A finding that the reporter wants to keep stays as it is."""
    text = "4111 1111 1111 1111 and DNI 12345678Z"
    assert mask(text, find(text)[1:]) == "4111 1111 1111 1111 and DNI ••••78Z"


HOSTILE = (
    "1", "1 ", "1-", "1.", "4111 ", "4111-", "AA11 ", "AA11", "ES91 ", "eyJ", "eyJaaaaaaaa.",
    "eyJaaaaaaaa.eyJ", "a", "password ", "password:", "x_", "x_x-", "-----BEGIN PRIVATE KEY-----", "://a:",
    "://", "token=", "bearer ", "sk-", "A1", "A", " ", "-", "\u200b", "：", "api_", "12345678 ",
    "social security ", "nhs 943 476 5919 ", "xoxb-", "é", "😀",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    """Ten times the text takes ten times as long, not a hundred: nothing is searched over and over."""

    def cost(length: int) -> float:
        text = (piece * length)[:length]
        find.cache_clear()
        start = time.process_time()
        find(text)
        return time.process_time() - start

    limit = 40 * max(min(cost(3_000) for _ in range(3)), 0.002)
    # A busy machine slows one try; what is slow by its nature is slow each time.
    assert any(cost(30_000) < limit for _ in range(3))


secrets = st.sampled_from(
    ["4111 1111 1111 1111", "ES9121000418450200051332", "12345678Z", "password: hunter2", SLACK, STRIPE, JWT]
)
words = st.sampled_from(
    ["the", "cliente", "付款", "1", "2026-11-23", ",", "order", "(", ")", "\n", "😀", "a@b.c"]
)


@given(st.lists(secrets | words))
def test_nothing_is_left_after_masking(pieces: list[str]) -> None:
    """Whatever secrets stand in a text: masked, it gives none away any more."""
    text = " ".join(pieces)
    assert find(mask(text, find(text))) == ()


@given(st.text() | st.text("0123456789 -.ABCXYZ", max_size=200))
def test_findings_lie_within_the_text_and_apart(text: str) -> None:
    """Of any text, findings are in order, not empty, and none overlaps the next."""
    findings = find(text)
    assert all(0 <= each.start < each.end <= len(text) for each in findings)
    assert all(one.end <= two.start for one, two in pairwise(findings))
    assert all(isinstance(each, Finding) for each in findings)
