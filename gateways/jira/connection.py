"""The jira library at the door: built when first needed, called without retries, its failures sorted."""

import json
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from domain.effects import Gateway, LockedOut
from gateways.jira.errors import Call, failures, is_forbidden, outcome_of
from gateways.observing import Observer, observed

T = TypeVar("T")

MYSELF = Call("GET myself")
SERVER_INFO = Call("GET serverInfo")
CONNECTIONS = 32


class Connection:
    """Calls Jira through one JIRA object of the library; thread-safe.

    *login* is (email, API token) for Cloud or a personal access token for Data Center; *timeout* is seconds
    to connect and seconds to wait for each piece of the answer.
    """

    def __init__(
        self, url: str, login: tuple[str, str] | str, timeout: tuple[float, float], observe: Observer
    ) -> None:
        self.url = url.rstrip("/")
        self._login = login
        self._timeout = timeout
        self._observe = observe
        self._lock = threading.Lock()
        self._jira: Any = None
        self._server_info: dict[str, Any] = {}

    def call(self, call: Call, ask: Callable[[Any], T]) -> T:
        """Return what *ask* says when given the JIRA object; raise the Outcome where it fails."""
        return self._sorted(call, ask, self._library())

    def send(self, call: Call, verb: str, path: str, body: Any = None, **query: Any) -> Any:
        """Make a call the library has no single call for: *path* under /rest/api/2, JSON both ways.

        Returns None where the answer is empty.
        """

        def ask(jira: Any) -> Any:
            data = None if body is None else json.dumps(body)
            address = f"{self.url}/rest/api/2/{path}"
            response = jira._session.request(verb, address, data=data, params=query)  # noqa: SLF001 - no public way
            return response.json() if response.content else None

        return self.call(call, ask)

    def is_cloud(self) -> bool:
        """Tell whether this is Jira Cloud; Data Center otherwise."""
        return bool(self._library().deploymentType == "Cloud")

    def is_connected(self) -> bool:
        """Tell whether Jira has been asked before: what it said of itself is known then."""
        return self._jira is not None

    def server_info(self) -> dict[str, Any]:
        """Return what Jira said of itself when first asked."""
        self._library()
        return self._server_info

    def close(self) -> None:
        """Close the kept connections."""
        if self._jira is not None:
            self._jira.close()

    def _sorted(self, call: Call, ask: Callable[[Any], T], jira: Any) -> T:
        with observed(self._observe, Gateway.JIRA, call.name):
            try:
                return ask(jira)
            except failures() as error:
                if is_forbidden(error):
                    self._make_sure_of_the_login(call, jira)
                raise outcome_of(error, call) from error

    def _make_sure_of_the_login(self, call: Call, jira: Any) -> None:
        """Raise LockedOut where a 403 is not about this project: /myself, open to any login, refuses too."""
        if call is MYSELF:
            raise LockedOut(f"{call.name}: Jira answered 403; it refuses our login", gateway=Gateway.JIRA)
        self._sorted(MYSELF, lambda library: library.myself(), jira)

    def _library(self) -> Any:
        """Return the JIRA object. Two threads may both build one at first; the first one built stays."""
        if self._jira is None:
            built = self._build()
            info = self._sorted(SERVER_INFO, lambda jira: jira.server_info(), built)
            built.deploymentType = info.get("deploymentType")
            with self._lock:
                if self._jira is None:
                    self._jira, self._server_info = built, info
        return self._jira

    def _build(self) -> Any:
        """Build without asking serverInfo, so that it is asked once, here, and its answer kept."""
        from jira import JIRA  # noqa: PLC0415 - 22 MB and 0.2 s that a start does not wait for
        from requests.adapters import HTTPAdapter  # noqa: PLC0415 - as above

        login: dict[str, Any] = (
            {"token_auth": self._login} if isinstance(self._login, str) else {"basic_auth": self._login}
        )
        jira: Any = JIRA(
            self.url, timeout=self._timeout, max_retries=0, get_server_info=False, logging=False, **login
        )
        for scheme in ("http://", "https://"):
            jira._session.mount(scheme, HTTPAdapter(pool_maxsize=CONNECTIONS))  # noqa: SLF001 - no public way
        return jira
