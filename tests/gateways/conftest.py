"""The real gateways, and a sandbox in the test process for them to speak to."""

from collections.abc import Iterator

import pytest

from gateways.jira import Jira
from gateways.slack import Slack
from sandbox.server import Sandbox
from tests.gateways.stage import Listener, Seconds


@pytest.fixture
def seconds() -> Seconds:
    """Return the seconds by which the gateways tell how old their knowledge is."""
    return Seconds()


@pytest.fixture
def listener() -> Listener:
    """Return who hears of the gateways' calls."""
    return Listener()


@pytest.fixture
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """Yield a sandbox that listens; its parameter, if any, says which Jira it pretends to be."""
    running = Sandbox(deployment=getattr(request, "param", "cloud"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def slack(sandbox: Sandbox, seconds: Seconds, listener: Listener) -> Slack:
    """Return the Slack gateway, connected to the sandbox."""
    app = sandbox.slack.connection()
    return Slack(
        bot_token=app["bot_token"], api_url=app["api_url"], timeout=5.0, observe=listener, elapsed=seconds
    )


@pytest.fixture
def jira(sandbox: Sandbox, seconds: Seconds, listener: Listener) -> Iterator[Jira]:
    """Yield the Jira gateway, connected to the sandbox."""
    made = connect(sandbox, seconds, listener)
    yield made
    made.close()


def connect(sandbox: Sandbox, seconds: Seconds, listener: Listener) -> Jira:
    """Return a Jira gateway that speaks to *sandbox*, with the login its deployment takes."""
    site = sandbox.jira.connection()
    login = {name: site[name] for name in ("email", "api_token", "pat") if name in site}
    return Jira(url=site["url"], timeout=(5.0, 5.0), observe=listener, elapsed=seconds, **login)
