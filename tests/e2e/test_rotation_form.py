"""Rotations made, changed and ended in Slack, by the people who look after them."""

import re
import resource

import pytest

from bot.manifest import manifest
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import engineer
from tests.e2e.rotations import edited as edit
from tests.e2e.rotations import opened
from tests.e2e.shown import group
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")


def edited(world: World, user: str = "U0IRIS", key: str = "shop-bugs") -> Form:
    """Open the form of a rotation from the list."""
    return edit(opened(world, user), key)


def row_of(form: Form, user: str) -> dict[str, str]:
    """Return where the menu beside a member is."""
    return {"block_id": f"rotation_f_member:{user}", "action_id": "rotation_f_member"}


def moves(form: Form, user: str, move: str) -> None:
    """Choose from the menu beside a member."""
    done = form.person.does(f"view/{form.id}/action", **row_of(form, user), value=f"{move}:{user}")
    assert done.ok


def order(form: Form) -> list[str]:
    """Return the members in the order of their rows."""
    return re.findall(r"^\d+\. @(.+?)(?: ·.*)?$", form.text, re.MULTILINE)


def coming(form: Form) -> list[str]:
    """Return who has the coming shifts, in order."""
    return re.findall(r"^• .+ – .+?  @(.+)$", form.text, re.MULTILINE)


def test_a_rotation_is_made_with_a_preview_of_its_shifts(world: World) -> None:
    """Who is picked is in the coming shifts at once; saved, it is in the list, told of and in force."""
    form = opened(world).click("New rotation").opens("New rotation")
    form.expect_text("Choose at least one person")
    form.fill("Name", "Night watch")
    form.fill("Members", ["U0GRACE", "U0BEN"])
    form.expect_text("Coming shifts")
    eventually(
        lambda: coming(form.refresh())[:3] == ["Grace Okafor", "Ben Carter", "Grace Okafor"], what="turns"
    )
    form.choose("Serves", "Pay", query="pay")
    assert form.submit().closed
    shown = world.person("U0IRIS").form().expect_text("*Night watch*")
    assert "it has not begun" in shown.text
    line = world.channel("C0PAYBUGS").expect_message("made the rotation *Night watch*")
    assert "Grace Okafor begins" in line.text
    world.dm("U0GRACE").expect_message("added you to the rotation *Night watch*. Your next shift:")
    world.dm("U0BEN").expect_message("added you to the rotation *Night watch*")


def test_a_member_is_moved_and_the_preview_follows(world: World) -> None:
    """The menu beside a name moves it; the holder keeps the shift under way."""
    form = edited(world)
    assert order(form) == ["Elsa Lind", "Diego Mora", "Fang Wei-Lun 方威倫"]
    holder = world.name(engineer(world))
    form.expect_text(f"@{holder} · on duty now")
    before = coming(form)
    moves(form, "U0FANG", "up")
    eventually(
        lambda: order(form.refresh()) == ["Elsa Lind", "Fang Wei-Lun 方威倫", "Diego Mora"], what="the move"
    )
    assert coming(form)[0] == before[0]
    assert coming(form)[1:] != before[1:]
    assert form.submit().closed
    line = world.channel("C0SHOPBUGS").expect_message("changed the rotation *Shop bugs*: the members.")
    assert "@" not in line.text
    assert order(edited(world)) == ["Elsa Lind", "Fang Wei-Lun 方威倫", "Diego Mora"]


def test_taking_the_holder_out_passes_the_shift_on(world: World) -> None:
    """Who is on duty and is taken out leaves the rest of the shift to the next; both are told."""
    holder = engineer(world)
    form = edited(world)
    moves(form, holder, "remove")
    eventually(lambda: world.name(holder) not in order(form.refresh()), what="the member to leave")
    assert holder not in form.value("Members")
    assert form.submit().closed
    world.dm(holder).expect_message("took you out of the rotation *Shop bugs*")
    shown = world.person("U0IRIS").form()
    said = f"*Shop bugs*\nOn duty now: @{world.name(holder)}"
    eventually(lambda: said not in shown.refresh().text, what="the next to have the shift")


def test_another_zone_counts_from_the_next_hand_off(world: World) -> None:
    """The shift under way ends when it was to; members and channel are told from when the zone counts."""
    form = edited(world)
    before = re.findall(r"^• (.+?) – (.+?)  @", form.text, re.MULTILINE)
    form.choose("Time zone", "Asia/Taipei (UTC+08:00)", query="taipei")
    eventually(
        lambda: re.findall(r"^• (.+?) – (.+?)  @", form.refresh().text, re.MULTILINE)[1:] != before[1:],
        what="the coming shifts to move",
    )
    assert re.findall(r"^• (.+?) – (.+?)  @", form.text, re.MULTILINE)[0] == before[0]
    assert form.submit().closed
    line = world.channel("C0SHOPBUGS").expect_message("changed the rotation *Shop bugs*: the time zone.")
    assert f"Hand-offs come as newly set from {before[0][1]} on." in line.text
    world.dm("U0DIEGO").expect_message("changed the turns of the rotation *Shop bugs*")


def test_a_start_that_the_clocks_skip_is_refused(world: World) -> None:
    """The reason and the way out stand in the preview at once, and on the field when it is saved anyway."""
    form = edited(world)
    form.fill("First hand-off", "2027-03-28")
    form.fill("Time of hand-offs", "02:30")
    form.expect_text("2027-03-28 02:30 does not exist in Europe/Stockholm")
    refused = form.submit()
    assert not refused.closed
    assert "Choose 2027-03-28 03:00 or later" in refused.errors["First hand-off"]
    form.fill("Time of hand-offs", "09:00")
    form.expect_text("Coming shifts")
    assert form.submit().closed


def test_an_outsider_cannot_be_a_member(world: World) -> None:
    """Somebody of another company is refused by name; nothing else that was picked is lost."""
    form = edited(world)
    form.fill("Name", "Shop and till")
    form.fill("Members", ["U0ELSA", "U0DIEGO", "U0FANG", "U0XOLGA"])
    form.expect_text("Olga Petrov cannot be a member")
    refused = form.submit()
    assert "Olga Petrov cannot be a member" in refused.errors["Members"]
    assert form.value("Name") == "Shop and till"


def test_the_second_of_two_editors_sees_what_the_first_did(world: World) -> None:
    """Who saves second is told who changed what, keeps their own other changes, and saves once more."""
    first, second = edited(world, "U0IRIS"), edited(world, "U0HUGO")
    moves(first, "U0FANG", "up")
    eventually(lambda: order(first.refresh())[1].startswith("Fang"), what="the move")
    second.fill("Name", "Shop, all bugs")
    assert first.submit().closed
    again = second.submit()
    assert not again.closed
    second.refresh()
    assert "Iris Novak changed the members meanwhile" in second.text
    assert order(second)[1].startswith("Fang")
    assert second.value("Name") == "Shop, all bugs"
    assert second.submit().closed
    world.channel("C0SHOPBUGS").expect_message("changed the rotation *Shop, all bugs*: the name.")


def test_further_settings_are_kept_with_the_rest(world: World) -> None:
    """What is set behind More settings is in the form's preview, and saved with it."""
    form = edited(world)
    further = form.click("More settings").opens("More settings")
    further.choose("Somebody is on duty", "Only at the hours below")
    further.fill("Work from", "10:00")
    further.fill("Work to", "10:10")
    assert "half an hour after the start" in further.submit().errors["Work to"]
    further.fill("Work to", "16:00")
    further.fill("Lead", "U0GRACE")
    further.choose("Step 1", "The lead")
    assert further.submit().closed
    assert form.submit().closed
    world.channel("C0SHOPBUGS").expect_message(
        "the hours of duty, the working hours, the lead, and who is told"
    )
    again = edited(world, "U0GRACE").click("More settings").opens("More settings")
    assert again.value("Somebody is on duty") == "Only at the hours below"
    assert again.value("Work from") == "10:00"
    assert again.value("Lead") == "U0GRACE"
    assert again.value("Step 1") == "The lead"


def test_the_picture_of_the_coming_shifts(world: World) -> None:
    """A press shows the shifts in words at once and then as a picture that Slack holds."""
    form = edited(world)
    shown = form.click("Show as a picture").opens("Coming shifts")
    assert "Coming shifts" in shown.text
    eventually(
        lambda: any(block["type"] == "image" for block in shown.refresh().raw["blocks"]), what="the picture"
    )
    image = next(block for block in shown.raw["blocks"] if block["type"] == "image")
    assert "Elsa Lind" in image["alt_text"]


def test_ending_a_rotation_asks_and_says_what_is_lost(world: World) -> None:
    """Products that have no rotation then are named; members and channel are told, the list is without it."""
    shown = opened(world)
    asked = {"block_id": "rotation_row:pay-bugs", "action_id": "rotation_end", "value": "pay-bugs"}
    ending = world.person("U0IRIS").does(f"view/{shown.id}/action", **asked).opens("End the rotation")
    assert "Without a rotation after that: Pay" in ending.text
    assert ending.submit().closed
    eventually(lambda: "*Pay bugs*" not in shown.refresh().text, what="the rotation to leave the list")
    world.channel("C0PAYBUGS").expect_message("ended the rotation *Pay bugs*")
    world.dm("U0GRACE").expect_message("ended the rotation *Pay bugs*: you have no more shifts in it")


def test_a_guest_looks_but_changes_nothing(world: World) -> None:
    """Guests see who is on duty, and no button to change it."""
    world.set_person("U0BEN", guest=True)
    world.expect_heard("user_change")
    shown = opened(world, "U0BEN")
    assert "On duty now" in shown.text
    assert not {"Edit", "New rotation"} & {*shown.labels}


def test_what_slack_does_not_let_bugle_do_says_the_scope(world: World) -> None:
    """Without the scopes the shifts are there in words, and the views name what the app lacks."""
    scopes = manifest()["oauth_config"]["scopes"]["bot"]
    lacking = [each for each in scopes if each not in ("files:write", "usergroups:read")]
    world.set_app(scopes=lacking)
    form = edited(world)
    shown = form.click("Show as a picture").opens("Coming shifts")
    shown.expect_text("add the scope files:write to your Slack app")
    assert coming(shown) == coming(form)
    shown.close()
    further = form.click("More settings").opens("More settings")
    assert "add the scope usergroups:read to your Slack app" in further.text
    assert "User group" not in further.labels


def test_a_user_group_is_chosen_from_those_of_the_workspace(world: World) -> None:
    """Where the app may list them, its handle is in the menu, and who is on duty comes into it."""
    scopes = manifest()["oauth_config"]["scopes"]["bot"]
    world.set_app(scopes=[*scopes, "usergroups:read", "usergroups:write"])
    form = edited(world)
    further = form.click("More settings").opens("More settings")
    further.choose("User group", "@bug-duty")
    assert further.submit().closed
    assert form.submit().closed
    world.channel("C0SHOPBUGS").expect_message("changed the rotation *Shop bugs*: the user group.")
    eventually(lambda: group(world) == [engineer(world)], what="the group to hold who is on duty")


def test_a_full_disk_loses_nothing_that_was_picked(world: World, bot: BotProcess) -> None:
    """The form says that it could not be kept and stays as it is; with room again it is saved."""
    form = edited(world)
    form.fill("Name", "Shop and till")
    before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    assert "could not save this just now" in form.submit().errors["Name"]
    assert form.value("Name") == "Shop and till"
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)
    assert form.submit().closed
    world.channel("C0SHOPBUGS").expect_message("changed the rotation *Shop and till*: the name.")
