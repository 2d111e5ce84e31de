"""What customers say reaches the channels of the routing table, when it is due and once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from domain.customer_config import Asleep, Form, Route
from domain.working_hours import WorkingHours
from storage import customer_issues
from storage.database import Database
from tests.harness.visible import controls
from tests.workflows.routed import routed
from workflows import channel_ids, customer_settling, customer_showing
from workflows.customer_deliveries import PAGE, post_due, show

SUPPORT, SHOP, PAY = "C0SUPPORT", "C0SHOPBUGS", "C0PAYBUGS"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NINE_TO_FIVE = WorkingHours()
TAIPEI = ZoneInfo("Asia/Taipei")  # asleep at ten in the morning, UTC, which is six there
HOURLY = Route("Hourly", SUPPORT, form=Form.HOURLY)


def test_what_fits_no_line_goes_to_the_products_channel(database: Database) -> None:
    """A customer issue goes to each line's channel that fits, by the directory too; else to its product's."""
    enterprise = Route("Enterprise", SUPPORT, tiers=("enterprise",))
    with routed(database, enterprise, Route("Pay", PAY, products=("pay",))) as at:
        lumen = at.customer("Lumen Retail", tier="Enterprise")
        at.says("Charged twice", customer=lumen)
        at.says("Too slow")
        at.says("Refunds fail", product="pay", customer=lumen)
        at.settled()
        assert [["Charged twice" in each, "Refunds fail" in each] for each in at.texts(SUPPORT)] == [
            [True, False],
            [False, True],
        ]
        assert ["Too slow" in each for each in at.texts(SHOP)] == [True]
        assert ["Refunds fail" in each for each in at.texts(PAY)] == [True]


def test_what_waits_for_hours_comes_when_they_begin(database: Database) -> None:
    """While its readers sleep nothing is posted; when they begin it is, once, with two ticks at once."""
    asia = Route("Asia", SUPPORT, hours=NINE_TO_FIVE, zone=TAIPEI)
    with routed(database, asia) as at:
        at.says("Charged twice", nonce="evening")
        at.clock.move(8 * HOUR)  # two in the morning there
        at.says("Too slow")
        at.pass_(6 * HOUR + timedelta(minutes=59))
        assert at.texts(SUPPORT) == []
        at.clock.move(timedelta(minutes=1))
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(post_due, [at.ctx, at.ctx]))
        at.settled()
        post_due(at.ctx)
        at.settled()
        assert len(at.texts(SUPPORT)) == 2
        assert at.texts(SHOP) == []


def test_what_was_settled_or_blanked_while_it_waited_is_left_out(database: Database) -> None:
    """Nobody is shown later what is over; what a rule settled nobody has seen, and it comes."""
    asia = Route("Asia", SUPPORT, hours=NINE_TO_FIVE, zone=TAIPEI)
    with routed(database, asia, HOURLY) as at:
        rules = replace(at.ctx.config.customers, low_satisfaction=40)
        at.ctx = replace(at.ctx, config=replace(at.ctx.config, customers=rules))
        answered, blanked = at.says("Answered"), at.says("Blanked")
        at.says("By rule", satisfaction=10)
        at.world.person("U0HUGO")
        at.ctx.slack.person("U0HUGO")
        assert customer_settling.say_answered(at.ctx, answered.id, "U0HUGO", note="") is None
        with at.ctx.database.transaction() as tx:
            customer_issues.change(
                tx, customer_issues.lock(tx, blanked.id), blanked_at=at.ctx.now(), quote=""
            )
        at.pass_(DAY)
        (only,) = at.texts(SUPPORT)
        assert "By rule" in only


def test_a_digest_gathers_what_came(database: Database) -> None:
    """At the full hour comes one message with all that came, by product and area; at the next nothing."""
    with routed(database, HOURLY) as at:
        lumen = at.customer("Lumen Retail", tier="enterprise")
        at.says("Charged twice & <more>", customer=lumen, area="Payment")
        at.clock.move(timedelta(minutes=10))
        at.says("Too slow " + "x" * 500, nonce="slow")
        at.says("Refunds fail", product="pay", area="Refunds")
        at.pass_(timedelta(minutes=20))
        assert at.texts(SUPPORT) == []
        at.pass_(HOUR)
        (digest,) = at.texts(SUPPORT)
        for told in (
            "3 customer issues",
            "Pay › Refunds 1 · Shop 1 · Shop › Payment 1",
            "*Lumen Retail* · enterprise · Shop › Payment",
            "Charged twice & <more>",
            "*Unknown customer* · Shop",
        ):
            assert told in digest
        assert "x" * 200 not in digest
        at.pass_(HOUR)
        assert len(at.texts(SUPPORT)) == 1
        assert at.texts(SHOP) == []


def test_a_digest_is_made_once(database: Database) -> None:
    """Many ticks at the same instant make one digest, with each customer issue on it once."""
    with routed(database, HOURLY) as at:
        for number in range(5):
            at.says(f"Said {number}.")
        at.clock.move(HOUR)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(post_due, [at.ctx] * 4))
        at.settled()
        (digest,) = at.texts(SUPPORT)
        assert [digest.count(f"Said {number}.") for number in range(5)] == [1] * 5


def test_a_long_digest_goes_on_in_its_thread(database: Database) -> None:
    """What does not fit into one message is in its thread, each customer issue once."""
    with routed(database, HOURLY) as at:
        for number in range(2 * PAGE + 1):
            at.says(f"Said {number}.")
        at.pass_(HOUR)
        (digest,) = at.read(SUPPORT)
        assert f"{2 * PAGE + 1} customer issues" in digest.text
        pages = [each.text for each in digest.thread.messages()]
        assert ["page 2 of 3" in page for page in pages] == [False, True, False]
        whole = "\n".join(pages)
        assert [whole.count(f"Said {number}.") for number in range(2 * PAGE + 1)] == [1] * (2 * PAGE + 1)


def test_a_digest_is_edited_as_what_it_holds_changes(database: Database) -> None:
    """What was settled is marked in the digest; a card that was asked for is in its thread, once."""
    with routed(database, HOURLY) as at:
        first, second = at.says("Charged twice"), at.says("Too slow")
        at.pass_(HOUR)
        (digest,) = at.read(SUPPORT)
        assert [each.label for each in controls(digest.raw["blocks"])] == ["Show", "Show"]
        assert show(at.ctx, SUPPORT, digest.ts, first.id)
        assert not show(at.ctx, SUPPORT, digest.ts, first.id)
        at.settled()
        digest.expect_text("its card is in this channel")
        assert digest.buttons == ["Show"]
        assert ["Charged twice" in each.text for each in digest.thread.messages()[1:]] == [True]
        at.ctx.slack.person("U0HUGO")
        customer_settling.say_answered(at.ctx, second.id, "U0HUGO", note="")
        at.settled()
        digest.expect_text("✔️ answered")
        assert len(at.texts(SUPPORT)) == 1


def test_a_change_on_the_way_is_made_up_for(database: Database) -> None:
    """What changes between the making and the posting of a digest is right in the end."""
    with routed(database, HOURLY) as at:
        issue = at.says("Charged twice")
        at.clock.move(HOUR)
        at.world.trouble("slack", "slow", "chat.postMessage", delay=1.0, times=1)
        post_due(at.ctx)
        at.ctx.slack.person("U0HUGO")
        customer_settling.say_answered(at.ctx, issue.id, "U0HUGO", note="")
        at.settled()
        (digest,) = at.read(SUPPORT)
        assert "✔️ answered" in digest.text


def test_another_table_after_a_restart(database: Database) -> None:
    """What waits keeps to its line while bugle.toml has it; without it, it is decided anew."""
    asia = Route("Asia", SUPPORT, hours=NINE_TO_FIVE, zone=TAIPEI)
    with routed(database, asia) as at:
        at.says("Charged twice")
        kept, gone = at.with_routes(Route("All", PAY), asia), at.with_routes(Route("All", PAY))
        at.clock.move(DAY)
        at.says("Too slow")
        at.clock.move(timedelta(minutes=1))
        post_due(kept)
        at.settled()
        assert ["Charged twice" in each for each in at.texts(SUPPORT)] == [True]
        at.clock.move(DAY)
        post_due(gone)
        at.settled()
        assert len(at.texts(SUPPORT)) == 1
        assert ["Too slow" in each for each in at.texts(PAY)] == [True]


def test_the_engineer_on_duty_is_named(database: Database) -> None:
    """A line with a rotation names who is on duty when the card is posted, and edits name nobody else."""
    with routed(database, Route("All", SUPPORT, rotation="shop")) as at:
        at.rotate("shop", ["U0ELSA", "U0DIEGO"])
        issue = at.says("Charged twice")
        at.settled()
        (card,) = at.read(SUPPORT)
        assert "@Elsa Lind is on duty" in card.text
        at.clock.move(DAY)
        with at.ctx.database.transaction() as tx:
            changed = customer_issues.change(tx, customer_issues.lock(tx, issue.id), area="Payment")
            customer_showing.refresh(tx, at.ctx, changed)
        at.settled()
        card.expect_text("Payment")
        assert "@Elsa Lind is on duty" in card.text


def test_each_channel_has_its_language(database: Database) -> None:
    """A card is in the language of the line's channel, and stays so when it is edited."""
    with routed(database, Route("Todo", SUPPORT, language="es"), Route("All", SHOP)) as at:
        at.says("Charged twice")
        at.settled()
        assert "Nadie" in at.texts(SUPPORT)[0]
        assert "Nobody" in at.texts(SHOP)[0]


def test_a_digest_follows_its_channel(database: Database) -> None:
    """What waits for a channel whose id changes, as when it is shared, waits under its new id."""
    with routed(database, HOURLY) as at:
        at.says("Charged twice")
        channel_ids.follow(at.ctx, SUPPORT, "C0NEW")
        channel_ids.follow(at.ctx, SUPPORT, "C0NEW")
        ctx = at.with_routes(replace(HOURLY, channel="C0NEW"))
        at.world.set_channel(SUPPORT, new_id="C0NEW")
        at.clock.move(HOUR)
        post_due(ctx)
        at.settled()
        assert len(at.texts("C0NEW")) == 1


def test_passing_on_at_night(database: Database) -> None:
    """While one team sleeps the other has it, alone."""
    asia = Route("Asia", SUPPORT, hours=NINE_TO_FIVE, zone=TAIPEI, asleep=Asleep.NEXT)
    europe = Route("Europe", SHOP, hours=NINE_TO_FIVE, asleep=Asleep.NEXT)
    with routed(database, asia, europe) as at:
        at.says("Charged twice")
        at.pass_(DAY)
        assert at.texts(SUPPORT) == []
        assert len(at.texts(SHOP)) == 1
