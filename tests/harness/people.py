"""A person at Slack: types commands, uses shortcuts, writes, opens Home."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from tests.harness.cards import Card
from tests.harness.forms import Form, Home
from tests.harness.results import Result
from tests.harness.visible import JSON
from tests.harness.waiting import PATIENCE

if TYPE_CHECKING:
    from tests.harness.world import World


class Person:
    """Somebody of the cast, acting."""

    def __init__(self, world: "World", user: str) -> None:
        self.world = world
        self.id = user

    def does(self, deed: str, **asked: Any) -> Result:
        """Do something through the control API, knowing which forms were open before."""
        before = frozenset(view["id"] for view in self.views())
        return Result(self, self.world.post(f"/slack/as/{self.id}/{deed}", asked), before=before)

    def runs(self, command: str, text: str = "", *, channel: str = "C0SUPPORT", **more: Any) -> Result:
        """Type a slash command and see how it is answered."""
        return self.does("command", command=command, text=text, channel=channel, **more)

    def types(
        self, command: str, text: str = "", *, channel: str = "C0SUPPORT", within: float = PATIENCE
    ) -> Form:
        """Type a slash command that opens a form."""
        return self.runs(command, text, channel=channel).opens(within=within)

    def uses(self, callback_id: str, on: Card | None = None) -> Result:
        """Use a global shortcut, or one on a message."""
        if on is None:
            return self.does("shortcut", callback_id=callback_id)
        return self.does("message_shortcut", callback_id=callback_id, channel=on.channel, ts=on.ts)

    def shortcut(self, callback_id: str, on: Card | None = None, *, within: float = PATIENCE) -> Form:
        """Use a shortcut that opens a form."""
        return self.uses(callback_id, on).opens(within=within)

    def says(
        self,
        text: str,
        channel: str = "C0SUPPORT",
        *,
        thread: Card | None = None,
        files: list[JSON] | None = None,
    ) -> Card:
        """Write a message; @handles and #channels become mentions. `channel` app is the DM with the app."""
        done = self.does(
            "message", text=text, channel=channel, thread_ts=thread.ts if thread else None, files=files
        )
        return Card(self.world, done.raw["message"], self.id)

    def views(self) -> list[JSON]:
        """Return the open forms, the one in front last, as the control API shows them."""
        views: list[JSON] = self.world.get(f"/slack/as/{self.id}/views")["views"]
        return views

    def form(self) -> Form:
        """Return the form in front."""
        views = self.views()
        assert views, f"{self.id} has no form open"
        return Form(self, views[-1])

    def expect_form(
        self, title: str | None = None, *, other_than: Collection[str] = (), within: float = PATIENCE
    ) -> Form:
        """Wait for a form in front: one with this *title*, and not one of *other_than*."""

        def find(seen: JSON) -> JSON | None:
            front: JSON | None = seen["views"][-1] if seen["views"] else None
            fits = front and front["id"] not in other_than and title in (None, front["title"]["text"])
            return front if fits else None

        def there(seen: JSON) -> object:
            return [view["title"]["text"] for view in seen["views"]]

        what = f"{self.id} to see a form {title or ''}"
        return Form(
            self,
            self.world.wait(f"/slack/as/{self.id}/views", find, within=within, what=what, there=there),
        )

    def home(self, *, within: float = PATIENCE) -> Home:
        """Open the app's Home and wait until something is shown there."""
        self.does("home")
        view = self.world.wait(
            f"/slack/as/{self.id}/home", lambda seen: seen["view"], within=within, what="a Home", there=str
        )
        return Home(self, view)
