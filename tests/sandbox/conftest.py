"""The sandbox as the tests use it: started in the test process on a free port."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from jira import JIRA

from sandbox.jira.model import Deployment
from sandbox.server import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Yield a sandbox that listens, and stop it afterwards."""
    running = Sandbox()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def connect(sandbox: Sandbox) -> Callable[[], JIRA]:
    """Return what connects the jira library as the bot would, without its retries."""

    def connected() -> JIRA:
        known = sandbox.jira.connection()
        cloud = known["deployment"] == "cloud"
        login = (
            {"basic_auth": (known["email"], known["api_token"])} if cloud else {"token_auth": known["pat"]}
        )
        return JIRA(server=known["url"], timeout=(5, 20), max_retries=0, **login)

    return connected


@pytest.fixture(params=["cloud", "server"])
def client(sandbox: Sandbox, connect: Callable[[], JIRA], request: pytest.FixtureRequest) -> JIRA:
    """Return the jira library connected to each kind of Jira in turn."""
    sandbox.jira.deployment = Deployment(request.param)
    return connect()


@pytest.fixture
def rest(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """Yield a plain client of Jira Cloud's REST v2."""
    login = (sandbox.jira.email, sandbox.jira.token)
    with httpx.Client(base_url=f"{sandbox.url}/jira/rest/api/2", auth=login, timeout=10) as client:
        yield client


@pytest.fixture
def control(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """Yield a client of the control API."""
    with httpx.Client(base_url=f"{sandbox.url}/control", timeout=10) as client:
        yield client
