"""Files in Slack: what one is, and its bytes."""

from collections.abc import Iterator
from io import BytesIO

import pytest

from domain.effects import Gateway, Never, Outcome, TryAgain, Wait
from domain.files import Loss, Lost
from gateways.slack import Slack, SlackFile
from gateways.slack.files import is_slacks
from sandbox.server import Sandbox
from tests.gateways.stage import Listener, calls, canned_port, http
from tests.harness.world import World


@pytest.fixture
def world(sandbox: Sandbox) -> Iterator[World]:
    """Yield the sandbox as people use it."""
    with World(sandbox.url) as opened:
        yield opened


def posted(world: World, channel: str = "C0SHOPBUGS", **file: object) -> str:
    """Return the id of a file that Elsa posts."""
    given = {"name": "basket.png", "content": "png"} | file
    return str(world.person("U0ELSA").says("Look", channel, files=[given]).raw["files"][0]["id"])


def loss_of(slack: Slack, file_id: str) -> Loss:
    """Return why a file cannot be had."""
    with pytest.raises(Lost) as lost:
        slack.download(slack.file(file_id), BytesIO())
    return lost.value.loss


def a_file(url: str, size: int = 3, mimetype: str = "image/png") -> SlackFile:
    """Return a file at this address."""
    return SlackFile("F1", "a.png", size, mimetype, url)


def test_a_files_bytes_come_whole(slack: Slack, world: World, listener: Listener) -> None:
    """A file posted where Bugle is tells its name and size, and its bytes are as they were."""
    stored = posted(world, content="圖" * 100_000)
    file = slack.file(stored)
    assert (file.name, file.size, file.mimetype) == ("basket.png", 300_000, "image/png")
    into = BytesIO()
    slack.download(file, into)
    assert into.getvalue().decode() == "圖" * 100_000
    assert (Gateway.SLACK, "file download", "ok") in listener.heard


def test_a_file_of_a_channel_without_bugle_is_unseen(slack: Slack, world: World) -> None:
    """Slack hides files of conversations Bugle is not in."""
    assert loss_of(slack, posted(world, "C0GENERAL")) is Loss.UNSEEN


def test_a_deleted_file_is_unseen(slack: Slack, world: World, sandbox: Sandbox) -> None:
    """A file deleted before it was fetched is lost, before and after it was asked about."""
    stored = posted(world)
    file = slack.file(stored)
    del sandbox.slack.files[stored]
    assert loss_of(slack, stored) is Loss.UNSEEN
    with pytest.raises(Lost):
        slack.download(file, BytesIO())


def test_a_file_kept_elsewhere_is_never_fetched(slack: Slack, world: World) -> None:
    """Of a file that Slack only links to, nothing is fetched."""
    stored = posted(world, external_url="https://drive.example/x")
    assert loss_of(slack, stored) is Loss.ELSEWHERE


def test_the_token_goes_to_slack_only(slack: Slack) -> None:
    """A file's address on any other host gets no call, and so no token."""
    seen: list[bytes] = []

    def hear(request: bytes) -> bytes:
        seen.append(request)
        return http("200 OK", b"png")

    with canned_port(hear) as port, pytest.raises(Lost) as lost:
        slack.download(a_file(f"http://127.0.0.1:{port}/F1"), BytesIO())
    assert (lost.value.loss, seen) == (Loss.ELSEWHERE, [])


@pytest.mark.parametrize(
    ("url", "api", "ours"),
    [
        ("https://files.slack.com/files-pri/T-F/a.png", "https://slack.com/api/", True),
        ("https://slack.com/files/a.png", "https://www.slack.com/api/", True),
        ("https://files.slack-gov.com/a.png", "https://slack-gov.com/api/", True),
        ("https://files.slack-gov.com/a.png", "https://slack.com/api/", False),
        ("http://files.slack.com/a.png", "https://slack.com/api/", False),
        ("https://files.slack.com:8443/a.png", "https://slack.com/api/", False),
        ("https://evilslack.com/a.png", "https://slack.com/api/", False),
        ("https://slack.com.evil.example/a.png", "https://slack.com/api/", False),
        ("https://slack.com@evil.example/a.png", "https://slack.com/api/", False),
        ("http://127.0.0.1:3000/slack/files/F1/a.png", "http://127.0.0.1:3000/slack/api/", True),
    ],
)
def test_which_addresses_are_slacks(url: str, api: str, ours: bool) -> None:
    """Slack's own are the API's host and those below it, by the same scheme and port."""
    assert is_slacks(url, api) is ours


def test_the_sign_in_page_is_not_a_file(slack: Slack, world: World, sandbox: Sandbox) -> None:
    """Where Slack would have us sign in, or shows a page, the file is unseen and no page is kept."""
    file = slack.file(posted(world))
    world.set_app(scopes=["chat:write"])
    into = BytesIO()
    with pytest.raises(Lost) as lost:
        slack.download(file, into)
    assert (lost.value.loss, into.getvalue()) == (Loss.UNSEEN, b"")
    assert [call.outcome for call in calls(sandbox, "file download")] == ["sign in"]


def answered(answer: bytes, file: SlackFile | None = None) -> Outcome:
    """Return how a download ends that Slack answers so."""
    with canned_port(lambda _: answer) as port:
        slack = Slack(bot_token="xoxb-1", api_url=f"http://127.0.0.1:{port}/api/", timeout=0.5)
        with pytest.raises(Outcome) as ended:
            slack.download(file or a_file(f"http://127.0.0.1:{port}/F1"), BytesIO())
    assert "xoxb" not in ended.value.reason
    return ended.value


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        (http("200 OK", b"<html>", "Content-Type: text/html; charset=utf-8"), Lost),
        (http("403 Forbidden", b""), Lost),
        (http("429 Too Many Requests", b"", "Retry-After: 7"), Wait),
        (http("500 Internal Server Error", b""), TryAgain),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\npng", TryAgain),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", TryAgain),
        (b"no HTTP at all\r\n\r\n", TryAgain),
    ],
)
def test_what_can_become_of_a_download(answer: bytes, end: type[Outcome]) -> None:
    """A page or a refusal is lost; what is late, cut short or unreadable is tried again."""
    assert type(answered(answer)) is end


def test_a_missing_scope_is_for_admins(slack: Slack, world: World) -> None:
    """Without files:read no file can be had; that is not the person's to mend."""
    stored = posted(world)
    world.set_app(scopes=["chat:write"])
    with pytest.raises(Never, match="files:read") as refused:
        slack.file(stored)
    assert not isinstance(refused.value, Lost)


def test_a_file_is_posted_to_a_channel(slack: Slack, world: World, listener: Listener) -> None:
    """A file of ours arrives where it is for, with its comment and every byte."""
    slack.upload("shifts.ics", b"BEGIN:VCALENDAR" * 1000, channel="C0SHOPBUGS", comment="Your shifts")
    message = world.channel("C0SHOPBUGS").expect_message("Your shifts")
    (file,) = message.raw["files"]
    into = BytesIO()
    slack.download(slack.file(file["id"]), into)
    assert (file["name"], into.getvalue()) == ("shifts.ics", b"BEGIN:VCALENDAR" * 1000)
    assert (Gateway.SLACK, "file upload", "ok") in listener.heard


def test_a_file_may_be_the_apps_own(slack: Slack, world: World) -> None:
    """Without a channel a file is given to Slack and posted nowhere: blocks may show it by its id."""
    stored = slack.upload("strip.png", b"png")
    assert slack.file(stored).size == 3
    assert not any(message.raw.get("files") for message in world.channel("C0SHOPBUGS").messages())


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "file upload", "files.completeUploadExternal"]
)
def test_an_upload_that_fails_says_so(slack: Slack, world: World, method: str) -> None:
    """Each of the three calls may fail, and the outcome says whether another try is safe."""
    world.trouble("slack", "down", method)
    with pytest.raises(Outcome):
        slack.upload("a.txt", b"text", channel="C0SHOPBUGS")
