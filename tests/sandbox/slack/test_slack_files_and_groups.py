"""Files and user groups of the pretend Slack."""

import httpx
import pytest
from slack_sdk import WebClient

from tests.harness import World
from tests.sandbox.slack.bolt import refused, web_client

BEARER = {"Authorization": "Bearer xoxb-sandbox-bugle"}


def test_a_file_is_uploaded_in_three_steps(world: World, client: WebClient) -> None:
    """files_upload_v2 puts a file into a thread, where people see it and the app can fetch it."""
    parent = client.chat_postMessage(channel="C0SUPPORT", text="parent")["ts"]
    client.files_upload_v2(
        channel="C0SUPPORT", thread_ts=parent, filename="log.txt", content="lines", initial_comment="the log"
    )
    card = world.channel("C0SUPPORT").expect_message("parent").thread.expect_message("the log")
    (file,) = card.raw["files"]
    fetched = httpx.get(file["url_private"], headers=BEARER, trust_env=False)
    assert (fetched.text, file["mimetype"]) == ("lines", "text/plain")


def test_an_upload_must_be_complete(client: WebClient) -> None:
    """A file cannot be completed before its bytes are there, nor twice, nor with another length."""
    ticket = client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": ticket["file_id"]}]
    assert refused(client.files_completeUploadExternal, files=files) == "file_not_found"
    assert httpx.post(ticket["upload_url"], content=b"four", trust_env=False).status_code == 400
    sent = httpx.post(ticket["upload_url"], files={"file": ("a.txt", b"abc")}, trust_env=False)
    assert sent.text == "OK - 3"
    assert client.files_completeUploadExternal(files=files)["files"][0]["id"] == ticket["file_id"]
    assert refused(client.files_completeUploadExternal, files=files) == "file_update_failed"


def test_a_view_shows_pictures_that_are_files(client: WebClient) -> None:
    """A picture is taken once its upload is over; another file, or one that is not there yet, is refused."""

    def shown(file_id: str) -> dict[str, object]:
        image = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "x"}
        return {"type": "home", "blocks": [image]}

    ticket = client.files_getUploadURLExternal(filename="a.png", length=3)
    publish = client.views_publish
    assert refused(publish, user_id="U0ANA", view=shown(ticket["file_id"])) == "invalid_arguments"
    httpx.post(ticket["upload_url"], content=b"png", trust_env=False)
    client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}])
    assert publish(user_id="U0ANA", view=shown(ticket["file_id"]))["ok"]
    other = client.files_getUploadURLExternal(filename="a.txt", length=3)
    httpx.post(other["upload_url"], content=b"txt", trust_env=False)
    client.files_completeUploadExternal(files=[{"id": other["file_id"]}])
    assert refused(publish, user_id="U0ANA", view=shown(other["file_id"])) == "invalid_arguments"


def test_files_want_the_token(world: World) -> None:
    """Without a good token Slack shows its sign-in page; files where the app is not do not exist for it."""
    (seen,) = world.person("U0ANA").says("x", files=[{"name": "a.txt", "content": "x"}]).raw["files"]
    anonymous = httpx.get(seen["url_private"], trust_env=False, follow_redirects=True)
    assert (anonymous.status_code, anonymous.headers["content-type"]) == (200, "text/html; charset=utf-8")
    world.set_app(scopes=["chat:write"])
    assert httpx.get(seen["url_private"], headers=BEARER, trust_env=False).status_code == 302
    world.set_app(scopes=["files:read"])
    elsewhere = world.person("U0ANA").says("x", "C0GENERAL", files=[{"name": "b.txt", "content": "x"}])
    (hidden,) = elsewhere.raw["files"]
    assert httpx.get(hidden["url_private"], headers=BEARER, trust_env=False).status_code == 404
    assert refused(web_client(world).files_info, file=hidden["id"]) == "file_not_found"


def test_a_user_group_is_replaced_whole_and_never_empty(client: WebClient) -> None:
    """An update replaces all holders; nobody, bots and people of other companies are refused."""
    update = client.usergroups_users_update
    assert update(usergroup="S0ONDUTY", users=["U0FANG", "U0GRACE"])["usergroup"]["users"] == [
        "U0FANG", "U0GRACE",
    ]  # fmt: skip
    assert client.usergroups_users_list(usergroup="S0ONDUTY")["users"] == ["U0FANG", "U0GRACE"]
    assert refused(update, usergroup="S0ONDUTY", users="") == "no_users_provided"
    assert refused(update, usergroup="S0ONDUTY", users="U0BUGLE") == "invalid_users"
    assert refused(update, usergroup="S0ONDUTY", users="U0XOLGA") == "invalid_users"
    assert refused(update, usergroup="S0NONE", users="U0FANG") == "no_such_subteam"


def test_where_admins_manage_groups_a_bot_may_not(world: World, client: WebClient) -> None:
    """With groups managed by admins a bot token is refused, and an admin's user token passes."""
    world.set_app(groups_managed_by="admins", user_token="xoxp-sandbox-iris")
    arguments = {"usergroup": "S0ONDUTY", "users": "U0FANG"}
    assert refused(client.usergroups_users_update, **arguments) == "permission_denied"
    assert web_client(world, "xoxp-sandbox-iris").usergroups_users_update(**arguments)["ok"]


def test_groups_are_made_disabled_and_enabled(client: WebClient) -> None:
    """A disabled group is listed only when asked for; names and handles are taken once."""
    made = client.usergroups_create(name="Night duty", handle="night-duty")["usergroup"]["id"]
    assert refused(client.usergroups_create, name="Night duty") == "name_already_exists"
    client.usergroups_disable(usergroup=made)
    assert [one["id"] for one in client.usergroups_list()["usergroups"]] == ["S0ONDUTY"]
    assert made in [one["id"] for one in client.usergroups_list(include_disabled=True)["usergroups"]]
    client.usergroups_enable(usergroup=made)
    assert len(client.usergroups_list()["usergroups"]) == 2


@pytest.mark.parametrize(("team", "known"), [(None, True), ("T0LUMEN", True), ("T0NONE", False)])
def test_the_workspace_is_known(world: World, team: str | None, *, known: bool) -> None:
    """team.info tells of the own and of connected workspaces."""
    world.set_app(scopes=["team:read"])
    client = web_client(world)
    if known:
        assert client.team_info(team=team)["team"]["id"] == (team or "T0HARBOR")
    else:
        assert refused(client.team_info, team=team) == "team_not_found"


def test_links_stand_in_a_channels_header(world: World) -> None:
    """A bookmark is kept and listed, and must be a link."""
    world.set_app(scopes=["bookmarks:write", "bookmarks:read"])
    client = web_client(world)
    client.bookmarks_add(channel_id="C0SUPPORT", title="Runbook", type="link", link="https://x.example")
    assert client.bookmarks_list(channel_id="C0SUPPORT")["bookmarks"][0]["title"] == "Runbook"
    bad = {"channel_id": "C0SUPPORT", "title": "x", "type": "link", "link": "javascript:x"}
    assert refused(client.bookmarks_add, **bad) == "invalid_link"
