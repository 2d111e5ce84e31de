"""What customers write to help desks, from the webhook to the card in Slack."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from sandbox.help_desks.signing import SIGNERS
from tests.e2e.bot_process import BotProcess
from tests.harness.waiting import eventually
from tests.harness.world import World

KINDS = ("zendesk", "intercom", "freshdesk", "front", "json")
CHANNEL = "C0SHOPBUGS"


@pytest.fixture
def desk(world: World, bot: BotProcess) -> World:
    """Yield the world with its help desks connected to the bot."""
    world.post("/help-desks", {"url": bot.url, "retry_delays": [0.05] * 3})
    return world


def writes(desk: World, kind: str, text: str, **said: Any) -> dict[str, Any]:
    """Have a customer write to a help desk; return what it sent and the first answer."""
    return desk.post(f"/help-desks/{kind}", {"text": text, **said})


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_customer_writes_comes_to_the_channel_once(desk: World, kind: str) -> None:
    """The webhook is answered 201 and a card says it; sent again it is 200, and there is no second card."""
    sent = writes(desk, kind, f"The checkout <!channel> fails & hangs, says {kind}.", subject="Checkout")
    assert [each["status"] for each in sent["answers"]] == [201]
    card = desk.channel(CHANNEL).expect_message("The checkout <!channel> fails & hangs")
    assert "Lumen Retail" in card.text or kind in ("zendesk", "front")
    again = desk.post(f"/help-desks/sent/{sent['number']}", {})
    assert [each["status"] for each in again["answers"]] == [201, 200]
    first, second = (json.loads(each["body"])["id"] for each in again["answers"])
    assert first == second
    writes(desk, kind, "Something else, to wait for.")
    desk.channel(CHANNEL).expect_message("Something else, to wait for.")
    with_words = [each for each in desk.channel(CHANNEL).messages() if "fails & hangs" in each.text]
    assert len(with_words) == 1


def test_a_tag_leads_to_the_channel_of_its_product(desk: World) -> None:
    """What an agent tagged with a product of ours goes to that product's people."""
    writes(desk, "intercom", "The invoice of May is missing.", product="pay")
    desk.channel("C0PAYBUGS").expect_message("The invoice of May is missing.")


@pytest.mark.parametrize("kind", ["zendesk", "freshdesk", "intercom", "json"])
def test_what_is_forged_old_too_long_or_malformed_leaves_nothing(
    desk: World, bot: BotProcess, kind: str
) -> None:
    """The stated codes are answered, and what comes after is the first that anybody sees."""
    secret = desk.get("/help-desks")["secrets"][kind]
    payload = json.dumps(writes(desk, kind, "The right one.")["payload"]).encode()
    desk.channel(CHANNEL).expect_message("The right one.")

    def answer(body: bytes, at: datetime, key: str = secret) -> int:
        headers = {"Content-Type": "application/json", **SIGNERS[kind](key, body, at)}
        return httpx.post(f"{bot.url}/intake/{kind}", content=body, headers=headers).status_code

    now, wrong = datetime.now(UTC), payload.replace(b"The right one.", b"The wrong one.")
    assert answer(wrong, now, "sandbox-secret-of-others") == 401
    if kind in ("zendesk", "json"):
        assert answer(wrong, now - timedelta(minutes=6)) == 401
    assert answer(wrong + b" " * 1_000_000, now) == 413
    assert answer(wrong[:-2], now) == 422
    assert answer(b'{"topic": "conversation.deleted", "type": "zen:event-type:ticket.merged"}', now) == 422
    assert httpx.get(f"{bot.url}/intake/{kind}").status_code == 405
    writes(desk, kind, "Something else, to wait for.")
    desk.channel(CHANNEL).expect_message("Something else, to wait for.")
    assert not [each for each in desk.channel(CHANNEL).messages() if "The wrong one." in each.text]


def test_a_help_desk_tries_until_the_bot_is_back(desk: World, bot: BotProcess) -> None:
    """What was sent while the bot was down comes through once, when it is up again."""
    bot.kill()
    desk.post("/help-desks", {"retry_delays": [2.0, 3.0, 5.0]})
    sent = writes(desk, "zendesk", "Nobody was there.")
    assert sent["answers"][0]["status"] == 0
    bot.start()
    desk.channel(CHANNEL).expect_message("Nobody was there.", within=20)
    eventually(
        lambda: desk.get("/help-desks")["sent"][-1]["answers"][-1]["status"] == 201, what="an answer of 201"
    )


def test_what_a_customer_gave_away_never_reaches_slack(desk: World) -> None:
    """A card number in a ticket is masked in the card: nobody was there to be asked."""
    writes(desk, "front", "You may charge 4111 1111 1111 1111 again.")
    card = desk.channel(CHANNEL).expect_message("You may charge")
    assert "••••1111" in card.text
    assert "4111 1111" not in json.dumps([each["request"] for each in desk.calls("slack")])
