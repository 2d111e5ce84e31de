"""Nothing of ours is read outside: every kind of message and edit, tried where others read.

A story is told inside first, with marks in all that is ours. Then every channel becomes shared, everything
that was said is decided again, edits too, and what reached Slack is looked through.
"""

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.config import read_config
from bot.manifest import manifest
from domain.effects import SHARED as STOPPED
from domain.effects import Effect, Gateway, State
from storage import customers, effects, rotations
from storage.database import Database, Transaction
from storage.tables import (
    cover_messages,
    customer_posts,
    digests,
    duty_surfaces,
    live_messages,
    outside_messages,
    remarks,
    reports,
)
from storage.tables import effects as decided
from tests.e2e.asking import before_the_start, now
from tests.e2e.bot_process import BotProcess
from tests.e2e.outside import ADMINS, LUMEN, OLGA, SHARED, TELL, database_url
from tests.e2e.reporting import CARDS, CONFIG, expect_issue, report
from tests.e2e.rotations import edited, opened
from tests.e2e.shown import MONDAY, SHOWN
from tests.e2e.telling import pass_on
from tests.e2e.test_cover import my_shifts
from tests.harness.cards import Card
from tests.harness.waiting import eventually
from tests.harness.world import World
from views.text import translator
from workflows.effects import EFFECTS

MARK = "LEAK"
ACTIVE = (State.WAITING, State.RUNNING)
ROOMS = (CARDS, "C0SUPPORT", "C0PAYBUGS", ADMINS)
OURS = (
    *("U0ANA", "U0BEN", "U0CHEN", "U0DIEGO", "U0ELSA", "U0FANG", "U0GRACE", "U0HUGO", "U0IRIS"),
    *("Ana Ruiz", "Elsa Lind", "Grace Okafor", "harbor.example"),
    *("SHOP-", "/browse/", "987654321", "enterprise", "EMEA", "Payment"),
)
SAYING = (
    *("chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.setTopic"),
    *("files.completeUploadExternal", "chat.scheduleMessage", "chat.meMessage", "chat.unfurl"),
)
# What is for one person alone, in their direct messages or their Home: tests/gateways/test_slack_gate.py.
FOR_ONE = {
    *("ask_to_mend", "ask_for_more", "tell_file_lost", "post_ping", "post_receipt", "remind_of_draft"),
    *("ping_member", "retire_ping", "write_note", "post_question", "edit_question", "publish_home"),
    *("write_cover_note", "write_handoff", "edit_handoff", "tell_edit", "tell_not_posted"),
    *("post_customer_receipt", "edit_customer_receipt", "post_loops", "edit_loops", "retire_loops"),
    "remind_of_loops",
}
SAYS_NOTHING = {
    *("await_card", "ask_next", "lapse", "end_snooze", "set_group", "pin_duty"),
    *("read_thread", "look_at_threads", "look_at_sharing", "find_messages_of_ours", "remove_message"),
}
# What looks who reads it and says nothing then, without being stopped.
QUIET = {"offer_form", "call_duty", "edit_sharing", "edit_notice", "set_topic", "show_duty"}
FOR_OUTSIDERS = {"post_outside", "edit_outside"}


def settings(folder: Path, language: str) -> Path:
    """Write the bugle.toml of a team that shows everything it can, in one language."""
    text = CONFIG.read_text(encoding="utf-8").partition("[customers]")[0]  # its routes are our own here
    for channel in (CARDS, "C0PAYBUGS", ADMINS):
        named = f'channel = "{channel}"\n'
        text = text.replace(named, f'{named}language = "{language}"\n')
    text = text.replace('name = "Shop bugs"\n', f'name = "Shop bugs"\n{SHOWN}')
    for name, channel, form in (("Each", CARDS, "each"), ("Gathered", "C0SUPPORT", "hourly")):
        text += f'\n[[routes]]\nname = "{MARK} {name}"\nchannel = "{channel}"\nform = "{form}"\n'
        text += f'language = "{language}"\n'
    path = folder / "bugle.toml"
    path.write_text(text, encoding="utf-8")
    return path


def the_story(world: World, language: str) -> None:
    """Let what people do bring forth what Bugle says, with marks in all of it."""
    t = translator(language)
    report(world, f"{MARK} the card is charged twice")
    card = world.channel(CARDS, seen_by="U0HUGO").expect_message(MARK, within=20)
    world.trouble("slack", "error", "chat.postMessage", error="msg_too_long", times=1)
    key = expect_issue(world, MARK)["key"]
    world.post(f"/jira/as/iris@harbor.example/issues/{key}/comment", {"body": f"{MARK} in Jira"})
    assert card.click(t("Take"), by="U0GRACE").ok
    notice = world.channel(ADMINS, seen_by="U0IRIS").expect_message("msg_too_long", within=20)
    assert notice.click(t("Drop"), by="U0IRIS", confirm=t("Drop")).ok
    world.person("U0ANA").says("<@U0BUGLE> duty", "C0SUPPORT")
    world.person("U0ANA").says(f"{MARK} in words", "C0SUPPORT").react("bug", by="U0ANA")
    my_shifts(world, "U0ELSA").choose("Cover or swap…", "Everyone")
    form = edited(opened(world), "shop-bugs")
    form.fill("Name", f"{MARK} rotation")
    assert form.submit().closed
    assert pass_on(world, f"{MARK} it is slow").closed
    told = world.channel(CARDS, seen_by="U0HUGO").expect_message(f"{MARK} it is slow", within=20)
    form = told.choose(t(TELL), by="U0ANA").opens("Tell the customer")
    form.choose("Language of the message", {"en": "English", "es": "Español"}.get(language, "繁體中文"))
    assert form.submit().opens("What they will read").submit().closed
    world.channel(SHARED, seen_by=OLGA).expect_message("Shop", within=20)
    world.advance(timedelta(hours=2).total_seconds())
    world.channel("C0SUPPORT", seen_by="U0ANA").expect_message(f"{MARK} it is slow", within=20)
    world.advance(60)
    card.thread.expect_message(f"{MARK} in Jira", within=20)
    settled(told, t("Answered…"))
    world.advance(timedelta(days=7).total_seconds())
    my_shifts(world, "U0DIEGO").choose("Cover or swap…", "Everyone")


def settled(told: Card, label: str) -> None:
    """Settle a customer issue with a note."""
    form = told.choose(label, by="U0HUGO").opens("Answered")
    form.fill("What they were told", f"{MARK} they never read the manual")
    assert form.submit().closed


def more_to_say(tx: Transaction) -> list[Effect]:
    """Return effects that no story of a minute brings forth."""
    (kept,) = [each for each in rotations.all_kept(tx) if each.key == "shop-bugs"]
    span = {"start": MONDAY.isoformat(), "until": (MONDAY + timedelta(days=1)).isoformat()}
    begun = {"starts_at": kept.history.revisions[-1].starts_at.isoformat()}
    filed = tx.execute(select(reports.c.id).limit(1)).scalar_one()
    due = int(MONDAY.timestamp())
    about: dict[str, dict[str, Any]] = {
        "tell_promise_broken": {"report": filed, "kind": "response", "due": due},
        "post_loop_week": {"channel": CARDS, "until": MONDAY.isoformat()},
        "warn_of_gap": {"rotation": "shop-bugs", "channel": CARDS, **span},
        "announce_order": {"rotation": "shop-bugs", "channel": CARDS, **begun},
        "tell_of_link": {"person": "U0ANA", "account": "1", "name": f"{MARK} Ana"},
        "tell_member_gone": {"rotation": "shop-bugs", "person": "U0ELSA", "why": "deactivated"},
        "tell_of_surface": {"surface": "topic", "target": CARDS, "reason": "restricted_action"},
    }
    return [Effect(kind, f"{kind}:leak", f"leak:{kind}", args) for kind, args in about.items()]


def say_all_again(tx: Transaction) -> set[str]:
    """Decide again all that was said, edits too; return which kinds those are."""
    for table, values in (
        (live_messages, {"version": 0}),
        (customer_posts, {"version": 0}),
        (cover_messages, {"version": 0}),
        (digests, {"shown": -1}),
        (outside_messages, {"shows": None}),
        (duty_surfaces, {"shown": None}),
        (remarks, {"shown": ""}),
    ):
        tx.execute(update(table).values(values))
    slack = {each.name for each in EFFECTS if each.gateway is Gateway.SLACK} - SAYS_NOTHING
    said = decided.c.kind.in_(slack) & decided.c.state.in_([State.DONE, State.DEAD, State.DROPPED])
    kinds = set(tx.execute(select(decided.c.kind).where(said)).scalars())
    again = {"state": State.WAITING, "tries": 0, "doubt_since": None, "doubted_at": None, "error": None}
    tx.execute(update(decided).where(said).values(again | {"finished_at": None}))
    return kinds


def is_quiet(world: World, database: Database) -> bool:
    """Tell whether nothing is left to be done now."""
    with database.reading() as tx:
        active = [each for state in ACTIVE for each in effects.listed(tx, state, 1000)]
    return not [each for each in active if each.due_at <= now(world)]


def stopped(database: Database) -> set[str]:
    """Return the kinds that were stopped since others read their channel."""
    with database.reading() as tx:
        return {each.kind for each in effects.listed(tx, State.DEAD, 1000) if STOPPED in (each.error or "")}


def leaks(world: World, after: int) -> list[tuple[str, str]]:
    """Return what is ours in what Slack was told for channels that others read, and by which method."""
    found = []
    for call in world.calls("slack", after=after):
        asked = call["request"]
        if call["method"] not in SAYING or asked.get("channel", "").startswith("D"):
            continue
        if call["method"] == "chat.postEphemeral" and not asked["user"].startswith("U0X"):
            continue  # read by one of ours alone
        said = json.dumps(
            {name: each for name, each in asked.items() if name != "metadata"}, ensure_ascii=False
        )
        found += [(call["method"], mark) for mark in (MARK, *OURS) if mark in said]
    return found


@pytest.mark.parametrize(
    "language",
    ["en", *(pytest.param(each, marks=pytest.mark.soak) for each in ("es", "zh_Hant"))],
)
def test_nothing_of_ours_is_said_where_others_read(world: World, tmp_path: Path, language: str) -> None:
    """All that Bugle ever says is decided again where others read: but for the customer's own, all stops."""
    url, config = database_url(tmp_path), settings(tmp_path, language)
    world.set_app(manifest=manifest(config=read_config(config)))
    world.post("/clock", {"to": MONDAY.isoformat()})
    with before_the_start(url) as tx:
        marked = replace(LUMEN, value=987_654_321, region="EMEA", crm_url=f"https://crm.example/{MARK}")
        customers.keep_profile(tx, marked, MONDAY)
    with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=str(config)), closing(Database(url)) as database:
        the_story(world, language)
        eventually(lambda: is_quiet(world, database), what="the story to end", within=60)
        for room in ROOMS:
            world.set_channel(room, share="T0LUMEN")
        eventually(lambda: len(world.calls("bot", "channel_shared")) >= len(ROOMS), what="the events")
        eventually(lambda: is_quiet(world, database), what="the notices to be stopped", within=60)
        after = world.calls()[-1]["number"]
        with database.transaction() as tx:
            effects.decide(tx, more_to_say(tx), MONDAY)
            kinds = say_all_again(tx) | {each.kind for each in more_to_say(tx)}
        eventually(lambda: is_quiet(world, database), what="all to be decided again", within=40)
        assert leaks(world, after) == []
        known = {each.name for each in EFFECTS if each.gateway is Gateway.SLACK}
        said_inside = known - FOR_ONE - SAYS_NOTHING - QUIET - FOR_OUTSIDERS
        assert said_inside - kinds == set(), "kinds that this story does not drive"
        assert said_inside - stopped(database) == set(), "kinds that were not stopped"
        theirs = [each["request"] for each in world.calls("slack", after=after) if each["method"] in SAYING]
        assert [each for each in theirs if each.get("channel") == SHARED], "the customer's own message"
