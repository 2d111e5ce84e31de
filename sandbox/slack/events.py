"""The Events API: what happens in the workspace, told to the app until it acknowledges or retries run out."""

import asyncio
import secrets
from collections.abc import Coroutine
from typing import Any

from sandbox.cast import APP, HARBOR
from sandbox.core import Core
from sandbox.slack.delivery import Delivery, Envelope
from sandbox.slack.installed import Installed
from sandbox.slack.model import JSON

# The scopes that entitle an app to an event; any one of them will do. Not listed: no scope is needed.
NEEDS = {
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "channel_archive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_shared": ("channels:read", "groups:read"),
    "channel_unshared": ("channels:read", "groups:read"),
    "channel_id_changed": ("channels:read", "groups:read"),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "file_shared": ("files:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "user_change": ("users:read",),
}
REASONS = {
    "operation_timeout": "http_timeout",
    "dispatch_failed": "connection_failed",
    "http_client_error": "http_error",
    "http_service_error": "http_error",
}


class Events:
    """Tells the app what it subscribed to and has the scope for."""

    def __init__(self, core: Core, app: Installed, delivery: Delivery) -> None:
        self._core = core
        self._app = app
        self._delivery = delivery
        self._under_way: set[asyncio.Task[None]] = set()

    def emit(self, subscription: str, event: JSON, *, shared: bool = False) -> None:
        """Tell the app of *event* if it subscribed to it; *shared*: it happened where two companies meet."""
        needed = NEEDS.get(subscription)
        if subscription not in self._app.events or (needed and not self._app.scopes & set(needed)):
            return
        self._start(self._deliver(event["type"], self._wrapped(event, shared=shared)))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _deliver(self, name: str, payload: JSON) -> None:
        """Deliver an event, again after each of the app's retry delays while it is not acknowledged."""
        ack = await self._delivery.send(Envelope.EVENT, name, payload, answers=False)
        for retry, delay in enumerate(self._app.retry_delays, start=1):
            if ack.error is None:
                return
            await asyncio.sleep(delay)
            ack = await self._delivery.send(
                Envelope.EVENT, name, payload, answers=False, retry=retry, reason=REASONS[ack.error]
            )

    def _wrapped(self, event: JSON, *, shared: bool) -> JSON:
        authorization = {
            "enterprise_id": None,
            "team_id": HARBOR.id,
            "user_id": APP.bot_user,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "sandbox",
            "team_id": HARBOR.id,
            "api_app_id": APP.id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev0{secrets.token_hex(5).upper()}",
            "event_time": int(self._core.clock.now().timestamp()),
            "authorizations": [authorization],
            "is_ext_shared_channel": shared,
            "event_context": f"4-{secrets.token_hex(8)}",
        }
