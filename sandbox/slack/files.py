"""files.*: uploading in three steps, what a file is, and fetching its bytes."""

import mimetypes
from email import message_from_bytes
from email.policy import HTTP

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sandbox.answer import Reply
from sandbox.cast import APP, HARBOR
from sandbox.control import ControlError
from sandbox.slack import shapes
from sandbox.slack.arguments import Refused, invalid
from sandbox.slack.chat import app_message, pace
from sandbox.slack.content import Content, checked_blocks
from sandbox.slack.installed import Kind, Token
from sandbox.slack.model import JSON, StoredFile
from sandbox.slack.notices import tell_posted
from sandbox.slack.pacing import Tier
from sandbox.slack.rooms import writable
from sandbox.slack.state import Slack
from sandbox.slack.web import Ask, Method, plain, slack_side

READ, WRITE = ("files:read",), ("files:write",)
SIGN_IN = "<!doctype html><title>Slack</title><p>Sign in to Harbor</p>"


def _upload_url(ask: Ask) -> JSON:
    name, length = ask.args.required("filename"), ask.args.number("length", 0)
    if length < 1:
        raise invalid("must be greater than 0 [json-pointer:/length]")
    stored = StoredFile(
        ask.slack.new_id("F"), name, name, APP.bot_user, HARBOR.id, ask.slack.now(), length,
        mimetypes.guess_type(name)[0] or "application/octet-stream",
    )  # fmt: skip
    ask.slack.files[stored.id] = stored
    return {"upload_url": f"{ask.slack.core.base_url}/slack/upload/{stored.id}", "file_id": stored.id}


def _complete(ask: Ask) -> JSON:
    given = ask.args.json("files")
    if not isinstance(given, list) or not given:
        raise invalid("missing required field: files")
    files = [_uploaded(ask, one) for one in given]
    targets = [*ask.args.ids("channel_id"), *ask.args.ids("channels")]
    if len(targets) > 1 and ask.args.has("thread_ts"):
        raise Refused("invalid_arguments")
    for target in targets:
        _share(ask, target, files)
    for stored in files:
        stored.complete = True
    return {"files": [{"id": one.id, "title": one.title} for one in files]}


def _uploaded(ask: Ask, given: JSON) -> StoredFile:
    """Return the file that the call completes; Refused unless its bytes are there and it is new."""
    stored = ask.slack.files.get(str(given.get("id"))) if isinstance(given, dict) else None
    if stored is None or stored.content is None or stored.complete:
        raise Refused("file_not_found" if stored is None or stored.content is None else "file_update_failed")
    stored.title = str(given.get("title") or stored.name)
    return stored


def _share(ask: Ask, target: str, files: list[StoredFile]) -> None:
    place = writable(ask, target)
    blocks = checked_blocks(ask.args.json("blocks") or [], new_blocks=ask.slack.app.new_blocks)
    message = app_message(ask, place, Content(ask.args.text("initial_comment"), blocks))
    pace(ask, place)
    message.files = [stored.id for stored in files]
    message.subtype = "file_share"
    for stored in files:
        stored.channels.append(place.id)
    ask.slack.add_message(message)
    tell_posted(ask.slack, message)


def may_see(slack: Slack, stored: StoredFile) -> bool:
    """Tell whether the app sees a file: its own, one given to it, or one shared where it is."""
    rooms = [slack.channels[one] for one in stored.channels if one in slack.channels]
    return (
        stored.user == APP.bot_user or stored.for_app or any(APP.bot_user in room.members for room in rooms)
    )


def _info(ask: Ask) -> JSON:
    stored = ask.slack.files.get(ask.args.required("file"))
    if stored is None or not stored.complete or not may_see(ask.slack, stored):
        raise Refused("file_not_found")
    return {"file": shapes.file(ask.slack, stored), "comments": []}


def _delete(ask: Ask) -> JSON:
    stored = ask.slack.files.get(ask.args.required("file"))
    if stored is None:
        raise Refused("file_not_found")
    if stored.user != ask.token.user:
        raise Refused("cant_delete_file")
    del ask.slack.files[stored.id]
    for channel in ask.slack.channels.values():
        for message in channel.messages:
            message.files = [one for one in message.files if one != stored.id]
    return {}


METHODS = (
    Method("files.getUploadURLExternal", _upload_url, Tier.FOUR, WRITE),
    Method("files.completeUploadExternal", _complete, Tier.FOUR, WRITE),
    Method("files.info", _info, Tier.FOUR, READ),
    Method("files.delete", _delete, Tier.THREE, WRITE),
)


def routes(slack: Slack) -> list[Route]:
    """Return where bytes of files are taken and given."""
    side = slack_side(slack.core)

    async def upload(request: Request) -> Response:
        return await side.answer("file upload", request, lambda one: _take(slack, one))

    async def download(request: Request) -> Response:
        return await side.answer("file download", request, lambda one: _give(slack, one))

    async def show(request: Request) -> Response:
        stored = slack.files.get(request.path_params["id"])
        if stored is None or stored.content is None:
            raise ControlError("There is no such file.", 404)
        return Response(stored.content, media_type=stored.mimetype)

    async def sign_in(_: Request) -> Response:
        return HTMLResponse(SIGN_IN)

    return [
        Route("/slack/upload/{id}", upload, methods=["POST"]),
        Route("/slack/files/{id}/{name}", download),
        Route("/slack/signin", sign_in),
        Route("/control/slack/files/{id}", show),
    ]


async def _take(slack: Slack, request: Request) -> Reply:
    """Take the bytes of a file that was announced."""
    stored = slack.files.get(request.path_params["id"])
    if stored is None or stored.complete:
        return plain("file not found", 404)
    content = _bytes_of(request.headers.get("content-type", ""), await request.body())
    if len(content) != stored.size:
        return plain("the length is not the one announced", 400)
    stored.content = content
    return plain(f"OK - {len(content)}")


async def _give(slack: Slack, request: Request) -> Reply:
    """Give the bytes of a file to the app."""
    stored = slack.files.get(request.path_params["id"])
    token = _bearer(slack, request)
    if token is None:  # Slack sends whoever has no valid token to its sign-in page, not an error
        return Reply(status=302, headers={"Location": "/slack/signin"}, outcome="sign in")
    if stored is None or stored.content is None or not may_see(slack, stored):
        return plain("file not found", 404)
    return Reply(content=stored.content, media_type=stored.mimetype, scope="files:read")


def _bearer(slack: Slack, request: Request) -> Token | None:
    """Return the caller's token if it may read files."""
    header = request.headers.get("authorization", "")
    token = slack.app.token(header[7:].strip()) if header.lower().startswith("bearer ") else None
    return token if token and token.kind is not Kind.APP and "files:read" in token.scopes else None


def _bytes_of(content_type: str, body: bytes) -> bytes:
    """Return the bytes of an upload: the body as it is, or the first file of a multipart form."""
    if not content_type.startswith("multipart/form-data"):
        return body
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    for part in message_from_bytes(head + body, policy=HTTP).iter_parts():
        if part.get_filename() or part.get_content_disposition() == "form-data":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    return b""
