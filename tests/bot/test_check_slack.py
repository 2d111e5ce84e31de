"""What `bugle check` finds in Slack: scopes, channels, people and tokens."""

from bot.manifest import scopes
from tests.bot.stage import SetUp


def test_a_missing_scope_is_named(setup: SetUp) -> None:
    """A scope of the manifest that Slack has not granted is named with where to add it."""
    setup.world.set_app(scopes=[scope for scope in scopes() if scope != "chat:write"])
    said = setup.check()
    assert said.code == 1
    assert said.problems == [
        (
            "Slack has not granted the scope chat:write: add it in your Slack app, OAuth & Permissions,"
            " Bot Token Scopes, and reinstall the app"
        )
    ]


def test_what_a_missing_scope_hides_is_no_fault_of_its_own(setup: SetUp) -> None:
    """Channels that cannot be looked at for want of a scope are told of, once as a fault: the scope's."""
    setup.world.set_app(scopes=[scope for scope in scopes() if scope != "channels:read"])
    said = setup.check()
    assert len(said.problems) == 1
    assert "has not granted the scope channels:read" in said.problems[0]
    assert any(line.startswith("note bugle.toml: products[0].channel: is not checked") for line in said.lines)


def test_a_superfluous_scope_is_a_note(setup: SetUp) -> None:
    """More scopes than the manifest asks for are told of, and are no fault."""
    setup.world.set_app(scopes=[*scopes(), "bookmarks:write"])
    said = setup.check()
    assert said.code == 0
    assert "note Slack: has granted more than Bugle needs: bookmarks:write" in said.lines


def test_a_channel_without_bugle_is_named(setup: SetUp) -> None:
    """A product's channel that Bugle is not in is named with the command that invites it."""
    setup.world.set_channel("C0PAYBUGS", leave="app")
    said = setup.check()
    assert said.code == 1
    assert said.problems == [
        (
            "bugle.toml: products[1].channel is #pay-bugs, and Bugle is not in it:"
            " type /invite @bugle in #pay-bugs"
        )
    ]


def test_a_channel_that_does_not_exist_is_named(setup: SetUp) -> None:
    """A channel that Slack does not know is named with its place in bugle.toml."""
    setup.rewrite('"C0SHOPBUGS"', '"C0NOWHERE"')
    said = setup.check()
    assert said.code == 1
    assert said.problems == [
        (
            "bugle.toml: products[0].channel is C0NOWHERE, which does not exist, or is private and Bugle is"
            " not in it: correct the ID, or type /invite @bugle in the private channel"
        )
    ]


def test_channels_nobody_or_too_many_can_read_are_named(setup: SetUp) -> None:
    """No channel may be archived, and only a support channel may be shared with another company."""
    setup.world.set_channel("C0PAYBUGS", archived=True)
    setup.world.set_channel("C0SHOPBUGS", share="T0LUMEN")
    setup.world.set_channel("C0SUPPORT", share="T0LUMEN")
    assert setup.check().problems == [
        (
            "bugle.toml: products[0].channel is #shop-bugs, which is shared with another company:"
            " name a channel that only your own people read: Bugle tells of customers there"
        ),
        (
            "bugle.toml: products[1].channel is #pay-bugs, which is archived:"
            " unarchive it in Slack, or name another channel"
        ),
    ]


def test_members_who_cannot_be_on_duty_are_named(setup: SetUp) -> None:
    """Who is unknown, deactivated, a bot or of another company cannot be a member of a rotation."""
    setup.world.set_person("U0ELSA", deactivated=True)
    setup.rewrite('["U0GRACE", "U0FANG"]', '["U0GRACE", "U0NOBODY", "U0BUGLE", "U0XOLGA"]')
    out = "take them out, or name somebody else"
    assert setup.check().problems == [
        f"bugle.toml: rotations[0].members has U0ELSA (Elsa Lind), whose Slack account is deactivated: {out}",
        (
            "bugle.toml: rotations[1].members has U0NOBODY, whom Slack does not know:"
            " correct the member ID (Slack: profile, ⋮, Copy member ID)"
        ),
        f"bugle.toml: rotations[1].members has U0BUGLE (Bugle), which is a bot: {out}",
        f"bugle.toml: rotations[1].members has U0XOLGA (Olga Petrov), who belongs to another company: {out}",
    ]


def test_those_who_triage_are_looked_up(setup: SetUp) -> None:
    """People and user groups that may triage must be there; groups need a scope that others do not."""
    setup.rewrite('project = "SHOP"', 'project = "SHOP"\ntriage = ["S0ONDUTY", "S0GONE", "U0GONE"]')
    lacks = "Slack has not granted the scope usergroups:read"
    assert any(line.startswith(lacks) for line in setup.check().problems)
    setup.world.set_app(scopes=[*scopes(), "usergroups:read"])
    said = setup.check()
    assert "ok bugle.toml: products[0].triage has the user group S0ONDUTY, people in it: 1" in said.lines
    assert said.problems == [
        (
            "bugle.toml: products[0].triage has U0GONE, whom Slack does not know:"
            " correct the member ID (Slack: profile, ⋮, Copy member ID)"
        ),
        (
            "bugle.toml: products[0].triage has S0GONE, which is no user group in use: correct the ID (Slack:"
            " People, User groups, ⋮, Copy group ID), or enable the group"
        ),
    ]


def test_a_wrong_bot_token_is_named_and_not_shown(setup: SetUp) -> None:
    """A bot token that Slack refuses is one fault, is not printed, and keeps nothing else unchecked."""
    said = setup.check(SLACK_BOT_TOKEN="xoxb-of-last-year")
    assert said.code == 1
    assert said.problems == [
        (
            "SLACK_BOT_TOKEN is not accepted (auth.test: Slack refuses the bot token (invalid_auth)):"
            " copy the Bot User OAuth Token from your Slack app, OAuth & Permissions, as it is now"
        )
    ]
    assert "of-last-year" not in said.out + said.err
    assert "ok Jira: Bugle may create issues in SHOP" in said.lines


def test_a_wrong_app_token_is_named_and_not_shown(setup: SetUp) -> None:
    """An app-level token that Slack refuses is one fault, and the bot token is checked all the same."""
    said = setup.check(SLACK_APP_TOKEN="xapp-of-last-year")
    assert said.code == 1
    assert said.problems == [
        (
            "SLACK_APP_TOKEN is refused by Slack (invalid_auth):"
            " create one with the scope connections:write in your Slack app,"
            " Basic Information, App-Level Tokens"
        )
    ]
    assert "of-last-year" not in said.out + said.err
    assert "ok Slack: has granted every scope that Bugle needs" in said.lines


def test_socket_mode_that_is_off_is_named(setup: SetUp) -> None:
    """An app token is of no use while Socket Mode is off in the Slack app."""
    setup.world.set_app(delivery="http")
    assert setup.check().problems == ["Slack has Socket Mode off: turn it on in your Slack app, Socket Mode"]


def test_a_slack_that_cannot_be_reached_is_named(setup: SetUp) -> None:
    """A Slack that is down is told of, and everything else is checked."""
    setup.world.trouble("slack", "down")
    said = setup.check()
    assert said.code == 1
    assert [line.split(" ")[0] for line in said.problems] == ["SLACK_APP_TOKEN", "SLACK_API_URL"]
    assert "ok Jira: Bugle may create issues in SHOP" in said.lines
