"""Connections that can be cut: uvicorn's own protocols, which also show the transport to the application."""

import asyncio
import socket
from collections.abc import MutableMapping
from functools import partial
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

TRANSPORT = "sandbox.transport"


async def _with_transport(
    app: ASGIApp, transport: asyncio.Transport, scope: Scope, receive: Receive, send: Send
) -> None:
    scope.setdefault("extensions", {})[TRANSPORT] = {"transport": transport}
    await app(scope, receive, send)


class CuttableHTTP(H11Protocol):
    """HTTP whose requests know the connection they came on."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Remember the connection for the requests that come on it, and send each packet at once."""
        super().connection_made(transport)
        # asyncio does so itself only for sockets that name TCP, which those of create_server do not
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app = partial(_with_transport, self.app, transport)


class CuttableWebSocket(WebSocketsSansIOProtocol):
    """A websocket that knows the connection it runs on."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Remember the connection for the application."""
        super().connection_made(transport)
        self.app = partial(_with_transport, self.app, transport)


async def cut(scope: MutableMapping[str, Any]) -> None:
    """Close the TCP connection a request or websocket runs on, wordlessly; later answers are dropped."""
    transport: asyncio.Transport = scope["extensions"][TRANSPORT]["transport"]
    transport.abort()
    await asyncio.sleep(0)  # uvicorn notices one turn of the loop later, and then drops the answer
