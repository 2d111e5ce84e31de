"""What the Slack gateway does where Slack shows who is on duty, and how refusals end."""

from collections.abc import Callable

import pytest

from domain.effects import LockedOut, Never, Outcome, TryAgain, Wait
from domain.message import Message
from gateways.slack import Slack
from sandbox.server import Sandbox
from tests.gateways.stage import calls

GROUP, CHANNEL = "S0ONDUTY", "C0SHOPBUGS"
SCOPES = ("chat:write", "channels:read", "channels:write.topic", "pins:write", "usergroups:read")
Deed = Callable[[Slack], object]
DEEDS: dict[str, Deed] = {
    "usergroups.users.update": lambda slack: slack.set_group_members(GROUP, ["U0FANG"]),
    "conversations.setTopic": lambda slack: slack.set_topic(CHANNEL, "Bugs"),
    "pins.add": lambda slack: slack.pin(CHANNEL, "1.000001"),
    "chat.delete": lambda slack: slack.delete(CHANNEL, "1.000001"),
}


@pytest.fixture
def duty(slack: Slack, sandbox: Sandbox) -> Slack:
    """Return the gateway of an app that may show who is on duty."""
    sandbox.slack.app.scopes = frozenset({*SCOPES, "usergroups:write"})
    return slack


def test_a_group_holds_whom_it_is_given(duty: Slack) -> None:
    """Its members are replaced whole, in one call."""
    duty.set_group_members(GROUP, ["U0FANG", "U0GRACE"])
    assert set(duty.group_members(GROUP)) == {"U0FANG", "U0GRACE"}


def test_a_topic_is_told_as_it_is_now(duty: Slack, sandbox: Sandbox) -> None:
    """It is not remembered as the rest of a channel is, and setting one tells how Slack shows it."""
    assert duty.channel(CHANNEL).name == "shop-bugs"
    assert duty.topic(CHANNEL) == "Bugs in the Shop"
    assert duty.set_topic(CHANNEL, "R&D") == duty.topic(CHANNEL) == "R&amp;D"
    sandbox.slack.channels[CHANNEL].topic = ""
    assert duty.topic(CHANNEL) == ""


def test_a_message_is_pinned_once_and_deleted_with_its_pin(duty: Slack, sandbox: Sandbox) -> None:
    """What is pinned already, or gone already, is as it should be."""
    ts = duty.post(CHANNEL, Message("On duty"), key="k", doubt=None)
    duty.pin(CHANNEL, ts)
    duty.pin(CHANNEL, ts)
    assert len(sandbox.slack.channels[CHANNEL].pins) == 1
    duty.delete(CHANNEL, ts)
    duty.delete(CHANNEL, ts)
    assert sandbox.slack.channels[CHANNEL].message(ts) is None


@pytest.mark.parametrize(
    ("group", "users", "code"),
    [
        (GROUP, [], "no_users_provided"),
        (GROUP, ["U0XOLGA"], "invalid_users"),
        ("S0NONE", ["U0FANG"], "no_such"),
    ],
)
def test_what_slack_never_does_is_never(duty: Slack, group: str, users: list[str], code: str) -> None:
    """Nobody, strangers, and a group that is not there."""
    with pytest.raises(Never, match=code):
        duty.set_group_members(group, users)


@pytest.mark.parametrize("method", DEEDS)
@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("permission_denied", Never),
        ("restricted_action", Never),
        ("plan_upgrade_required", Never),
        ("paid_teams_only", Never),
        ("not_allowed_token_type", Never),
        ("missing_scope", Never),
        ("token_revoked", LockedOut),
        ("internal_error", TryAgain),
    ],
)
def test_a_refusal_is_no_lock_out(
    duty: Slack, sandbox: Sandbox, method: str, code: str, outcome: type[Outcome]
) -> None:
    """A setting that forbids one thing leaves the token good: only a token that is not pauses Slack."""
    sandbox.core.troubles.add(service="slack", method=method, kind="error", error=code, times=1)
    with pytest.raises(outcome) as raised:
        DEEDS[method](duty)
    assert type(raised.value) is outcome
    assert raised.value.reason.startswith(method)
    assert len(calls(sandbox, method)) == 1


@pytest.mark.parametrize("method", DEEDS)
def test_a_limit_is_obeyed(duty: Slack, sandbox: Sandbox, method: str) -> None:
    """A 429 says for how long to leave that method alone."""
    sandbox.core.troubles.add(service="slack", method=method, kind="rate_limit", retry_after=30, times=1)
    with pytest.raises(Wait) as raised:
        DEEDS[method](duty)
    assert (raised.value.seconds, raised.value.pace) == (30.0, f"slack.{method}")
