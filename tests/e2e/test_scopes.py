"""The manifest asks for exactly the scopes that Bugle uses."""

from pathlib import Path

from bot.manifest import manifest, scopes
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CONFIG, expect_card, expect_issue, expect_whole, filled, open_form, report
from tests.harness.waiting import eventually
from tests.harness.world import World

PRIVATE = "C0ADMINS"
FOR_EVENTS = {"app_mention": "app_mentions:read"}  # scopes without which Slack does not tell of something
FOR_THE_APP = "connections:write"  # belongs to the token for Socket Mode, not to the bot's


def used_scopes(world: World) -> set[str]:
    """Return the scopes that Slack let calls through by, and those it delivers commands and events by."""
    calls = [call for call in world.calls("slack") if call["outcome"] == "ok"]
    used = {one for call in calls for one in (call["scope"] or "").split(",")} - {"", FOR_THE_APP}
    commands = {each["command"] for each in manifest()["features"]["slash_commands"]}
    taken = [call for call in world.calls("bot") if call["method"] in commands and call["outcome"] == "ok"]
    told = {call["method"] for call in world.calls("bot") if call["outcome"] == "ok"}
    by_event = {scope for event, scope in FOR_EVENTS.items() if event in told}
    return used | by_event | ({"commands"} if taken else set())


def test_the_manifest_holds_exactly_the_scopes_used(world: World, tmp_path: Path) -> None:
    """Reports for two kinds of channel, posts whose answers are lost and a file use every scope there is."""
    config = tmp_path / "bugle.toml"
    text = CONFIG.read_text(encoding="utf-8")
    assert "C0PAYBUGS" in text
    config.write_text(text.replace("C0PAYBUGS", PRIVATE), encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=str(config)):
        world.trouble("slack", "cut_after", "chat.postMessage", times=3)
        report(world, "The card is charged twice")
        expect_whole(world, ["The card is charged twice"])
        card = expect_card(world, "The card is charged twice")
        card.reply("Here", by="U0GRACE", files=[{"name": "log.txt", "content": "lines"}])
        eventually(lambda: expect_issue(world, "charged twice")["fields"]["attachment"], what="the file")
        world.trouble("slack", "cut_after", "chat.postMessage", match=PRIVATE, times=1)
        form = open_form(world)
        form.choose("Product", "Pay")
        form.choose("Affected region", "Europe")
        assert filled(form, "The refund is lost").submit().closed
        key = expect_issue(world, "The refund is lost")["key"]
        world.channel(PRIVATE).expect_message("The refund is lost").expect_text(key)
        said = world.person("U0ANA").says("@bugle the refund is lost")
        said.react("bug", by="U0BEN")
        world.channel("C0SUPPORT", seen_by="U0ANA").expect_message("Report this as a bug?")
        world.channel("C0SUPPORT", seen_by="U0BEN").expect_message("Report this as a bug?")
        calendar = world.person("U0ANA").home().click("Calendar").opens()
        assert calendar.click("Send me the file").ok
        calendar.expect_text("The file is in your messages")
        assert used_scopes(world) == set(scopes())
