"""What the gateway knows of channels, people and itself, and how old that may be."""

import threading
from dataclasses import replace

import pytest

from domain.effects import Never, TryAgain
from gateways.slack import Channel, Person, Slack
from gateways.slack.people import language_of
from sandbox.server import Sandbox
from tests.gateways.stage import Seconds, calls
from tests.harness import eventually


def test_the_bot_knows_itself(slack: Slack, sandbox: Sandbox) -> None:
    """The identity holds team, user, bot and the granted scopes; it is asked once, and anew when fresh."""
    us = slack.whoami()
    assert (us.team_id, us.user_id, us.bot_id) == ("T0HARBOR", "U0BUGLE", "B0BUGLE")
    assert us.scopes == sandbox.slack.app.scopes
    assert us.enterprise_id is None
    sandbox.slack.app.scopes -= {"files:write"}
    assert "files:write" in slack.whoami().scopes
    assert "files:write" not in slack.whoami(fresh=True).scopes
    assert "files:write" not in slack.whoami().scopes
    assert len(calls(sandbox, "auth.test")) == 2


SHOP_BUGS = Channel("C0SHOPBUGS", "shop-bugs", False, True, False, False)
CHANNELS = (
    SHOP_BUGS,
    replace(SHOP_BUGS, id="C0ADMINS", name="bugle-admins", is_private=True),
    replace(SHOP_BUGS, id="C0GENERAL", name="general", is_member=False),
    replace(SHOP_BUGS, id="C0LUMEN", name="ext-lumen-retail", is_external=True, companies=("T0LUMEN",)),
)
ANA = Person(
    "U0ANA", "Ana Ruiz", "ana@harbor.example", "en", "Europe/Madrid", "T0HARBOR", False, False, False
)
HUGO = replace(ANA, id="U0HUGO", name="Hugo Vidal", email="hugo@harbor.example", language="es")
CHEN = replace(
    ANA, id="U0CHEN", name="Chen Yi-Ting 陳怡婷", email="chen@harbor.example", language="zh_Hant",
    zone="Asia/Taipei",
)  # fmt: skip
OLGA = Person("U0XOLGA", "Olga Petrov", None, "en", "Europe/Berlin", "T0LUMEN", True, False, False)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
def test_channels_are_told_apart(slack: Slack, channel: Channel) -> None:
    """A channel tells whether outsiders read it, whether it is private and whether the bot is in it."""
    assert slack.channel(channel.id) == channel


def test_an_unknown_channel_is_never(slack: Slack) -> None:
    """A channel that is not there, or cannot be seen, is Never."""
    with pytest.raises(Never, match=r"conversations\.info: channel_not_found"):
        slack.channel("C0NOWHERE")


def test_knowledge_of_a_channel_lasts_thirty_seconds(
    slack: Slack, sandbox: Sandbox, seconds: Seconds
) -> None:
    """A channel is asked for again after 30 s, so that a new share is noticed by then."""
    assert not slack.channel("C0SHOPBUGS").is_external
    sandbox.slack.channels["C0SHOPBUGS"].shared_with.add("T0LUMEN")
    seconds.go(29.9)
    assert not slack.channel("C0SHOPBUGS").is_external
    seconds.go(0.1)
    assert slack.channel("C0SHOPBUGS").is_external


def test_a_share_is_known_at_once_when_told(slack: Slack, sandbox: Sandbox) -> None:
    """Forgetting a channel makes the next look ask anew."""
    assert not slack.channel("C0SHOPBUGS").is_external
    sandbox.slack.channels["C0SHOPBUGS"].shared_with.add("T0LUMEN")
    slack.forget_channel("C0SHOPBUGS")
    assert slack.channel("C0SHOPBUGS").is_external


def test_old_knowledge_of_a_channel_does_not_do_when_slack_is_down(
    slack: Slack, sandbox: Sandbox, seconds: Seconds
) -> None:
    """Knowledge of who reads a channel is not stretched: better to wait than to show what is not theirs."""
    slack.channel("C0SHOPBUGS")
    sandbox.core.troubles.add(service="slack", method="*", kind="down")
    slack.channel("C0SHOPBUGS")
    seconds.go(30)
    with pytest.raises(TryAgain):
        slack.channel("C0SHOPBUGS")


def test_a_direct_message_with_an_outsider_is_external(slack: Slack, sandbox: Sandbox) -> None:
    """A conversation with one person is external when that person is of another company."""
    sandbox.slack.app.scopes |= {"im:read"}
    ours = slack.channel(slack.direct_channel("U0ELSA"))
    theirs = slack.channel(slack.direct_channel("U0XOLGA"))
    assert (ours.user, ours.is_external, ours.is_member) == ("U0ELSA", False, True)
    assert (theirs.user, theirs.is_external) == ("U0XOLGA", True)


@pytest.mark.parametrize("person", [ANA, HUGO, CHEN, OLGA], ids=lambda person: person.name)
def test_people_are_told_apart(slack: Slack, person: Person) -> None:
    """A person tells name, e-mail, language, zone and company; outsiders have no e-mail and no locale."""
    assert slack.person(person.id) == person


def test_a_bot_is_one(slack: Slack) -> None:
    """The bot's own user is told to be a bot."""
    assert slack.person("U0BUGLE").is_bot


def test_nobody_is_never(slack: Slack) -> None:
    """Somebody who is not there is Never."""
    with pytest.raises(Never, match=r"users\.info: user_not_found"):
        slack.person("U0NOBODY")


def test_without_the_scope_there_is_no_email(slack: Slack, sandbox: Sandbox) -> None:
    """Where the app may not read e-mails, people have none, and all else of them is known."""
    sandbox.slack.app.scopes -= {"users:read.email"}
    assert slack.person("U0ANA").email is None


def test_knowledge_of_people_lasts_an_hour(slack: Slack, sandbox: Sandbox, seconds: Seconds) -> None:
    """A person is asked for again after an hour, or at once when forgotten."""
    assert slack.person("U0ANA").zone == "Europe/Madrid"
    sandbox.slack.people["U0ANA"] = replace(sandbox.slack.people["U0ANA"], zone="Asia/Taipei")
    seconds.go(3599)
    assert slack.person("U0ANA").zone == "Europe/Madrid"
    seconds.go(1)
    assert slack.person("U0ANA").zone == "Asia/Taipei"
    sandbox.slack.people["U0ANA"] = replace(sandbox.slack.people["U0ANA"], zone="Europe/London")
    slack.forget_person("U0ANA")
    assert slack.person("U0ANA").zone == "Europe/London"


def test_a_direct_channel_is_asked_for_once(slack: Slack, sandbox: Sandbox, seconds: Seconds) -> None:
    """The channel of somebody's direct messages never changes: it is opened once."""
    opened = slack.direct_channel("U0ELSA")
    seconds.go(10_000_000)
    assert slack.direct_channel("U0ELSA") == opened
    assert len(calls(sandbox, "conversations.open")) == 1


def test_an_answer_from_before_a_share_is_not_used(slack: Slack, sandbox: Sandbox) -> None:
    """A question under way while the channel's sharing changes is asked again: its answer may be old."""
    sandbox.core.troubles.add(service="slack", method="conversations.info", kind="slow", delay=0.5, times=1)
    answers: list[bool] = []
    asking = threading.Thread(target=lambda: answers.append(slack.channel("C0SHOPBUGS").is_external))
    asking.start()
    eventually(lambda: not sandbox.core.troubles.all())
    slack.forget_channel("C0SHOPBUGS")
    asking.join()
    assert answers == [False]
    assert len(calls(sandbox, "conversations.info")) == 2


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en-US", "en"), ("es-ES", "es"), ("es-LA", "es"), ("zh-TW", "zh_Hant"), ("zh-CN", "zh_Hant"),
        ("zh_TW", "zh_Hant"), ("ja-JP", "en"), ("pt-BR", "en"), ("", "en"), (None, "en"),
    ],
)  # fmt: skip
def test_languages(locale: str | None, language: str) -> None:
    """Every Slack locale leads to the language of ours that its reader reads best."""
    assert language_of(locale) == language
