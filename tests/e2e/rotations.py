"""Looking after rotations as people do in Slack."""

from tests.harness.forms import Form
from tests.harness.world import World


def opened(world: World, user: str = "U0IRIS") -> Form:
    """Open the list of rotations."""
    return world.person(user).types("/rotation", channel="C0GENERAL")


def edited(listed: Form, key: str) -> Form:
    """Open the form of a rotation from the list."""
    asked = {"block_id": f"rotation_row:{key}", "action_id": "rotation_edit", "value": None}
    return listed.person.does(f"view/{listed.id}/action", **asked).opens("Edit rotation")
