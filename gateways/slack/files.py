"""Files in Slack: what one is, and its bytes, fetched with the bot's token and streamed, or given."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from domain.effects import Outcome, TryAgain
from domain.files import Loss, Lost
from gateways.slack.errors import limited

PIECE = 64 * 1024
DOWNLOAD, UPLOAD = "file download", "file upload"
# The codes with which files.info refuses a file that is deleted or not ours to see.
GONE = frozenset({"file_not_found", "file_deleted", "access_denied", "not_visible", "no_permission"})
_HOSTED = {"hosted", "snippet", "email"}
_NOT_OURS = {301, 302, 303, 307, 308, 403, 404, 410}


@dataclass(frozen=True, slots=True)
class SlackFile:
    """A file that Slack holds, as files.info tells it; `size` is in bytes, `url` where its bytes are."""

    id: str
    name: str
    size: int
    mimetype: str
    url: str


def file_from(raw: Mapping[str, Any]) -> SlackFile:
    """Parse the `file` of files.info; Lost where Slack does not hold its bytes, or no longer."""
    id_, mode = raw["id"], raw.get("mode", "hosted")
    name = raw.get("name") or raw.get("title") or id_
    if raw.get("is_external") or mode in ("external", "remote"):
        raise Lost(f"file {id_} is only linked from Slack", Loss.ELSEWHERE, name)
    if mode not in _HOSTED or not raw.get("url_private"):
        raise Lost(f"file {id_} cannot be had from Slack ({mode})", Loss.UNSEEN, name)
    return SlackFile(
        id=id_,
        name=name,
        size=int(raw.get("size") or 0),
        mimetype=raw.get("mimetype") or "application/octet-stream",
        url=raw["url_private"],
    )


def fetch(file: SlackFile, into: IO[bytes], *, token: str, api_url: str, timeout: float) -> None:
    """Write a file's bytes to *into*, piece by piece; the token goes to Slack's own hosts only.

    Raises what `urlopen` does where it is not answered, and an Outcome where the answer is not the file.
    """
    if not is_slacks(file.url, api_url):
        raise Lost(f"file {file.id} is kept at {urlsplit(file.url).hostname}, not at Slack", Loss.ELSEWHERE)
    address = quote(file.url, safe="%/:=&?~#+!$,;'@()*[]")
    request = Request(address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - checked above
    try:
        with build_opener(_NoRedirect()).open(request, timeout=timeout) as response:
            _pour(file, response, into)
    except HTTPError as refusal:
        refusal.close()
        raise _refused(file, refusal) from refusal


def send(url: str, data: bytes, *, timeout: float) -> None:
    """Give Slack the bytes of a file at the address that it named for them, which needs no token.

    Raises what `urlopen` does where it is not answered or refused.
    """
    request = Request(url, data=data, headers={"Content-Type": "application/octet-stream"})  # noqa: S310
    with build_opener(_NoRedirect()).open(request, timeout=timeout) as response:
        response.read()


def is_slacks(url: str, api_url: str) -> bool:
    """Tell whether an address belongs to the Slack that our API calls go to, or to a host below it."""
    theirs, ours = urlsplit(url), urlsplit(api_url)
    if (theirs.scheme, theirs.port) != (ours.scheme, ours.port):
        return False
    domain = (ours.hostname or "").removeprefix("www.")
    host = theirs.hostname or ""
    return host == domain or host.endswith(f".{domain}")


class _NoRedirect(HTTPRedirectHandler):
    """Follows nothing: Slack leads whoever may not see a file to its sign-in page."""

    def redirect_request(self, *_: object) -> None:
        """Let the redirect be an error."""


def _pour(file: SlackFile, response: HTTPResponse, into: IO[bytes]) -> None:
    kind = response.headers.get_content_type()
    if kind == "text/html" and not file.mimetype.startswith("text/"):
        raise Lost(f"{DOWNLOAD}: Slack showed a page in place of {file.id}", Loss.UNSEEN)
    announced = response.headers.get("Content-Length")
    expected = int(announced) if announced is not None and announced.isdecimal() else file.size
    poured = 0
    while piece := response.read(PIECE):
        into.write(piece)
        poured += len(piece)
    if poured != expected:
        raise TryAgain(f"{DOWNLOAD}: {poured} of {expected} bytes of {file.id} came")


def _refused(file: SlackFile, refusal: HTTPError) -> Outcome:
    said = f"{DOWNLOAD}: Slack answered {refusal.code} for {file.id}"
    if refusal.code in _NOT_OURS:
        return Lost(said, Loss.UNSEEN)
    return limited(dict(refusal.headers), DOWNLOAD) if refusal.code == 429 else TryAgain(said)
