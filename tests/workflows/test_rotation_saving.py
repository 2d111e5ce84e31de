"""Rotations saved from forms at the same instant and twice, on SQLite and PostgreSQL.

Saving only decides; no call to Slack is made here.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.config import Admins, Config, Product, Roles, RotationEntry
from domain.rotation import Kind, Rotation
from domain.rotation_changes import with_members
from domain.rotation_edit import Deed
from domain.rotation_form import Field
from domain.rotation_plan import Fault
from domain.rotation_profile import Profile
from gateways.jira import Jira
from gateways.slack import Slack
from storage import rotation_drafts, rotation_edits, rotations, user_groups
from storage.database import Database
from storage.effects import listed
from views.rotation_form import ids
from workflows import rotation_drafting, rotation_saving
from workflows.context import Context
from workflows.rotating import keep_new_rotations
from workflows.rotation_roles import may_manage
from workflows.rotation_saving import End

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
START = datetime.fromisoformat("2026-11-02T10:00")
ENTRY = RotationEntry(
    "shop-bugs",
    Profile("Shop bugs", lead="U0HUGO"),
    Rotation(("U0ELSA", "U0DIEGO", "U0FANG"), Kind.WEEKLY, 1, START, "Europe/Madrid"),
)
SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS", rotation="shop-bugs")
CONFIG = Config(Admins("C0ADMINS"), (SHOP,), rotations=(ENTRY,))
IRIS, HUGO, BEN = "U0IRIS", "U0HUGO", "U0BEN"


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context whose gateways reach nobody, with one rotation kept."""
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as jira:
        keep_new_rotations(database, CONFIG)
        yield Context(CONFIG, database, slack, jira, lambda: NOW)


def begun(ctx: Context, nonce: str, rotation: str | None = "shop-bugs", *, by: str = IRIS) -> None:
    """Open a form."""
    assert rotation_drafting.begin(ctx, by, nonce, rotation, zone="Europe/Madrid", language="en")


def named(name: str) -> dict[str, Any]:
    """Return the state of a form in which a name is typed."""
    return {f"{ids.NAME}:0": {ids.NAME: {"type": "plain_text_input", "value": name}}}


def members(*users: str) -> dict[str, Any]:
    """Return the state of a form in which these members are picked."""
    picked = {"type": "multi_users_select", "selected_users": list(users)}
    return {f"{ids.MEMBERS}:0": {ids.MEMBERS: picked}}


def keys(ctx: Context) -> list[str]:
    """Return the keys of the effects that were decided."""
    with ctx.database.reading() as tx:
        return sorted(each.key for each in listed(tx))


def test_a_change_is_kept_once_with_who_made_it(ctx: Context) -> None:
    """The form submitted twice at the same instant makes one version, one record and one note for each."""
    begun(ctx, "a")

    def submit(_: int) -> End:
        return rotation_saving.save(ctx, IRIS, "a", members("U0ELSA", "U0DIEGO", "U0BEN")).end

    with ThreadPoolExecutor(4) as threads:
        ends = sorted(threads.map(submit, range(4)))
    assert ends == [End.GONE] * 3 + [End.SAVED]
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, "shop-bugs")
        edit = rotation_edits.get(tx, "shop-bugs", 2)
    assert kept is not None
    assert (kept.version, kept.history.latest.members) == (2, ("U0ELSA", "U0DIEGO", "U0BEN"))
    assert (edit.by, edit.deed, edit.added, edit.removed) == (IRIS, Deed.CHANGED, ("U0BEN",), ("U0FANG",))
    assert [each for each in keys(ctx) if "edit" in each] == [
        "say_edit:shop-bugs:2:C0SHOPBUGS",
        "tell_edit:shop-bugs:2:U0BEN",
        "tell_edit:shop-bugs:2:U0FANG",
    ]


def test_of_two_editors_the_second_goes_on_with_what_is_there(ctx: Context) -> None:
    """They are told who changed what; saved once more, both changes are in."""
    begun(ctx, "a")
    begun(ctx, "b", by=HUGO)
    assert rotation_saving.save(ctx, IRIS, "a", members("U0ELSA", "U0DIEGO")).end is End.SAVED
    overtaken = rotation_saving.save(ctx, HUGO, "b", named("Everything"))
    assert overtaken.end is End.OVERTAKEN
    assert [(each.by, each.fields, each.clashes) for each in overtaken.meanwhile] == [
        (IRIS, (Field.MEMBERS,), ())
    ]
    assert rotation_saving.save(ctx, HUGO, "b", {}).end is End.SAVED
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, "shop-bugs")
    assert kept is not None
    assert (kept.name, kept.history.latest.members, kept.version) == (
        "Everything",
        ("U0ELSA", "U0DIEGO"),
        3,
    )


def test_what_bugle_ordered_itself_meanwhile_is_told_too(ctx: Context) -> None:
    """An open form has not seen the order by load; what does not show in the form holds nobody up."""
    begun(ctx, "a")
    with ctx.database.transaction() as tx:
        kept = rotations.lock(tx, "shop-bugs")
        assert kept is not None
        ordered = with_members(kept.history, NOW, ("U0FANG", "U0ELSA", "U0DIEGO"))
        rotations.change(tx, kept, history=ordered)
    overtaken = rotation_saving.save(ctx, IRIS, "a", named("Everything"))
    assert [(each.by, each.fields) for each in overtaken.meanwhile] == [(None, (Field.MEMBERS,))]
    with ctx.database.transaction() as tx:
        kept = rotations.lock(tx, "shop-bugs")
        assert kept is not None
        rotations.change(tx, kept)
    assert rotation_saving.save(ctx, IRIS, "a", {}).end is End.SAVED
    with ctx.database.reading() as tx:
        saved = rotations.find(tx, "shop-bugs")
    assert saved is not None
    assert (saved.name, saved.history.latest.members) == ("Everything", ("U0FANG", "U0ELSA", "U0DIEGO"))


def test_two_who_make_one_of_the_same_name_make_one(ctx: Context) -> None:
    """The second is told that the name is taken; keys never collide."""
    for nonce in ("a", "b"):
        begun(ctx, nonce, None)
    picked = {**named("Night watch"), **members("U0BEN")}

    def submit(nonce: str) -> End:
        return rotation_saving.save(ctx, IRIS, nonce, picked).end

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(submit, ("a", "b"))) == [End.FLAWED, End.SAVED]
    with ctx.database.reading() as tx:
        assert {each.key for each in rotations.all_kept(tx)} == {"night-watch", "shop-bugs"}


def test_a_name_that_another_goes_by_is_refused(ctx: Context) -> None:
    """Whatever its case; the name of one that has ended is free."""
    begun(ctx, "a", None)
    picked = {**named("SHOP BUGS"), **members("U0BEN")}
    refused = rotation_saving.save(ctx, IRIS, "a", picked)
    assert refused.flaws[Field.NAME].fault is Fault.NAME_TAKEN
    assert rotation_saving.end(ctx, IRIS, "shop-bugs") is End.SAVED
    assert rotation_saving.save(ctx, IRIS, "a", picked).end is End.SAVED


def test_a_form_saved_without_a_change_tells_nobody(ctx: Context) -> None:
    """No version, no record, no line."""
    begun(ctx, "a")
    assert rotation_saving.save(ctx, IRIS, "a", {}).end is End.SAVED
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, "shop-bugs")
        assert rotation_edits.since(tx, "shop-bugs", 0) == []
    assert kept is not None
    assert kept.version == 1


def test_an_older_press_does_not_undo_a_newer_one(ctx: Context) -> None:
    """Requests may overtake each other: Slack's time of the action decides. Others' forms are theirs."""
    begun(ctx, "a")

    def press(value: str, ts: str, by: str = IRIS) -> None:
        action = {"action_id": ids.MEMBER, "action_ts": ts, "selected_option": {"value": value}}
        rotation_drafting.seen(ctx, by, "a", {}, action)

    press("up:U0FANG", "20.0")
    press("last:U0ELSA", "10.0")
    press("remove:U0FANG", "30.0", by=BEN)
    draft = rotation_drafting.find(ctx, IRIS, "a")
    assert draft is not None
    assert (draft.form.members, draft.generation) == (("U0ELSA", "U0FANG", "U0DIEGO"), 0)


def test_ended_is_ended(ctx: Context) -> None:
    """Twice does nothing more, a form of it is gone, and what its product is left without is named before."""
    begun(ctx, "a")
    with ctx.database.reading() as tx:
        assert rotation_saving.left_without(tx, ctx, "shop-bugs") == ("Shop",)
    assert rotation_saving.end(ctx, IRIS, "shop-bugs") is End.SAVED
    assert rotation_saving.end(ctx, IRIS, "shop-bugs") is End.GONE
    assert rotation_saving.save(ctx, IRIS, "a", named("Other")).end is End.GONE
    with ctx.database.reading() as tx:
        assert rotation_edits.get(tx, "shop-bugs", 2).deed is Deed.ENDED


def test_roles_say_who_may(ctx: Context) -> None:
    """Those who are named, those in a group that is, and the lead; everybody where nobody is named."""
    named_only = replace(ctx, config=replace(CONFIG, roles=Roles(rotations=(IRIS, "S0LEADS"))))
    with ctx.database.transaction() as tx:
        user_groups.keep(tx, "S0LEADS", ["U0GRACE"], NOW)
        kept = rotations.find(tx, "shop-bugs")
        asked = (IRIS, HUGO, "U0GRACE", BEN)
        assert [may_manage(tx, named_only, each, kept) for each in asked] == [True, True, True, False]
        assert [may_manage(tx, named_only, each, None) for each in asked] == [True, False, True, False]
        assert all(may_manage(tx, ctx, each, kept) for each in asked)
    assert rotation_drafting.begin(named_only, BEN, "x", "shop-bugs", zone="UTC", language="en") is None
    begun(ctx, "b", by=BEN)
    assert rotation_saving.save(named_only, BEN, "b", named("Mine")).end is End.NOT_ALLOWED


def test_forgotten_drafts_are_gone(ctx: Context) -> None:
    """A form that lay open for long is not saved from what somebody else may have begun since."""
    begun(ctx, "a")
    with ctx.database.transaction() as tx:
        rotation_drafts.forget_old(tx, NOW.replace(year=2027))
    assert rotation_saving.save(ctx, IRIS, "a", named("Mine")).end is End.GONE
