"""The control API's side of help desks: customers write to them, and everything they sent is seen."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.control import ControlError, read_object
from sandbox.help_desks.payloads import PAYLOADS
from sandbox.help_desks.sending import HelpDesks, Sent

_TEXTS = ("text", "subject", "author", "email", "company", "product", "language")


def routes(desks: HelpDesks) -> list[BaseRoute]:
    """Return the control routes of help desks."""

    async def look(_: Request) -> Response:
        return JSONResponse({**_settings(desks), "sent": [sent.as_json() for sent in desks.sent]})

    async def change(request: Request) -> Response:
        _change(desks, await read_object(request))
        return JSONResponse(_settings(desks))

    async def write(request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in PAYLOADS:
            raise ControlError(f"There is no help desk {kind}; there are {', '.join(PAYLOADS)}.", 404)
        sent = _written(desks, kind, await read_object(request))
        await desks.send(sent)
        return JSONResponse(sent.as_json(), 201)

    async def repeat(request: Request) -> Response:
        number = request.path_params["number"]
        if not 0 < number <= len(desks.sent):
            raise ControlError(f"Nothing has the number {number}; GET /control/help-desks lists all.", 404)
        await desks.send(desks.sent[number - 1])
        return JSONResponse(desks.sent[number - 1].as_json(), 201)

    return [
        Route("/control/help-desks", look),
        Route("/control/help-desks", change, methods=["POST"]),
        Route("/control/help-desks/sent/{number:int}", repeat, methods=["POST"]),
        Route("/control/help-desks/{kind}", write, methods=["POST"]),
    ]


def _settings(desks: HelpDesks) -> dict[str, Any]:
    return {"url": desks.url, "secrets": desks.secrets, "retry_delays": list(desks.retry_delays)}


def _change(desks: HelpDesks, asked: dict[str, Any]) -> None:
    if unknown := sorted(set(asked) - {"url", "secrets", "retry_delays"}):
        raise ControlError(f"Leave out {', '.join(unknown)}; give url, secrets or retry_delays.")
    url, secrets, delays = asked.get("url", desks.url), asked.get("secrets", {}), asked.get("retry_delays")
    if not (isinstance(url, str) and url.startswith(("http://", "https://"))):
        raise ControlError('Give "url" as the address of the bot, such as http://127.0.0.1:8080.')
    if not (isinstance(secrets, dict) and all(isinstance(each, str) and each for each in secrets.values())):
        raise ControlError('Give "secrets" as texts by help desk.')
    if strange := sorted(set(secrets) - set(PAYLOADS)):
        raise ControlError(f"There is no help desk {strange[0]}; there are {', '.join(PAYLOADS)}.")
    if delays is not None:
        if not (isinstance(delays, list) and all(isinstance(each, int | float) for each in delays)):
            raise ControlError('Give "retry_delays" as a list of seconds.')
        desks.retry_delays = tuple(delays)
    desks.url = url.rstrip("/")
    desks.secrets |= secrets


def _written(desks: HelpDesks, kind: str, asked: dict[str, Any]) -> Sent:
    if unknown := sorted(set(asked) - {*_TEXTS, "score"}):
        raise ControlError(f"Leave out {', '.join(unknown)}; give {', '.join(_TEXTS)} or score.")
    if not all(isinstance(asked[name], str) for name in _TEXTS if name in asked) or not asked.get("text"):
        raise ControlError(f'Give "text", and as wanted {", ".join(_TEXTS[1:])}, as texts.')
    score = asked.get("score")
    if score is not None and score not in (1, 2, 3, 4, 5):
        raise ControlError('Give "score" as 1 to 5, or leave it out.')
    if score is not None and kind == "front":
        raise ControlError("Front tells no scores: leave it out.")
    return desks.written(kind, **asked)
