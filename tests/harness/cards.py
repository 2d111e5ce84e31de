"""Messages as people meet them: channels to look into, cards to press, threads to follow."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.harness.results import Result
from tests.harness.visible import JSON, Control, controls, find
from tests.harness.waiting import PATIENCE

if TYPE_CHECKING:
    from tests.harness.world import World


Fits = Callable[["Card"], bool]


class Card:
    """One message as *reader* sees it; it is looked at anew before it is pressed."""

    def __init__(self, world: "World", raw: JSON, reader: str) -> None:
        self.world = world
        self.raw = raw
        self.reader = reader

    def __repr__(self) -> str:
        kind = "ephemeral " if self.ephemeral else ""
        return f"<{kind}{self.ts} {self.author}: {self.text!r} {self.buttons}>"

    @property
    def ts(self) -> str:
        """Its timestamp, which is its identity in its channel."""
        return str(self.raw["ts"])

    @property
    def channel(self) -> str:
        """The id of its channel."""
        return str(self.raw["channel"])

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self.raw["author"])

    @property
    def text(self) -> str:
        """All that can be read on it."""
        return self.world.reads(self.raw)

    @property
    def ephemeral(self) -> bool:
        """Whether its reader alone sees it."""
        return bool(self.raw["ephemeral"])

    @property
    def buttons(self) -> list[str]:
        """The labels of what can be pressed on it."""
        return [one.label for one in controls(self.raw.get("blocks", []))]

    @property
    def thread(self) -> "Thread":
        """The thread under it."""
        return Thread(self.world, self.channel, self.reader, self.raw.get("thread_ts") or self.ts)

    def seen_by(self, user: str) -> "Card":
        """Return the message as somebody else sees it."""
        return Card(self.world, self.raw, user)

    def refresh(self) -> "Card":
        """Look at it anew."""
        self.raw = self.expect(lambda _: True, what="it to be there").raw
        return self

    def expect_text(self, text: str, *, within: float = PATIENCE) -> "Card":
        """Wait until the message reads *text*."""
        return self.expect(lambda card: text in card.text, what=f"{text!r} on it", within=within)

    def expect_button(self, label: str, *, within: float = PATIENCE) -> "Card":
        """Wait until the button *label* is there."""
        return self.expect(lambda card: label in card.buttons, what=f"a button {label!r}", within=within)

    def expect_no_button(self, label: str, *, within: float = PATIENCE) -> "Card":
        """Wait until the button *label* is gone."""
        return self.expect(lambda card: label not in card.buttons, what=f"no button {label!r}", within=within)

    def expect(self, fits: Fits, *, what: str = "a change", within: float = PATIENCE) -> "Card":
        """Wait until the message *fits*; return it."""

        def look(seen: JSON) -> JSON | None:
            one = next((raw for raw in seen["messages"] if raw["ts"] == self.ts), None)
            return one if one and fits(Card(self.world, one, self.reader)) else None

        def there(seen: JSON) -> object:
            return [Card(self.world, raw, self.reader) for raw in seen["messages"]]

        self.raw = self.world.wait(self.thread.path, look, within=within, what=what, there=there)
        return self

    def click(self, label: str, *, by: str | None = None, confirm: str | None = None) -> Result:
        """Press the button called *label*; *confirm* is the button to press in the dialog that asks first."""
        self.refresh()
        return _press(self, self._control(label), by or self.reader, None, confirm)

    def choose(
        self, option: str, *, menu: str | None = None, by: str | None = None, confirm: str | None = None
    ) -> Result:
        """Choose *option*, as it reads, from the overflow menu or from the menu called *menu*."""
        self.refresh()
        user = by or self.reader
        for control in controls(self.raw.get("blocks", [])):
            if control.kind == "button" or menu not in (None, control.label):
                continue
            asked = {"channel": self.channel, "ts": self.ts, **control.where, "query": option}
            offered = self.world.post(f"/slack/as/{user}/options", asked)["options"]
            value = next((one["value"] for one in offered if one["text"]["text"] == option), None)
            if value is not None:
                return _press(self, control, user, value, confirm)
        raise AssertionError(f"Nothing offers {option!r}: {self!r}")

    def reply(self, text: str, *, by: str, files: list[JSON] | None = None) -> "Card":
        """Answer in its thread."""
        return self.world.person(by).says(text, self.channel, thread=self, files=files)

    def react(self, name: str, *, by: str, remove: bool = False) -> None:
        """Add or remove a reaction."""
        self.world.person(by).does("react", channel=self.channel, ts=self.ts, name=name, remove=remove)

    def edit(self, text: str) -> "Card":
        """Rewrite it, as its author."""
        done = self.world.person(self.raw["user"]).does("edit", channel=self.channel, ts=self.ts, text=text)
        self.raw = done.raw["message"]
        return self

    def delete(self) -> None:
        """Delete it, as its author."""
        self.world.person(self.raw["user"]).does("delete", channel=self.channel, ts=self.ts)

    def _control(self, label: str) -> Control:
        control = find(controls(self.raw.get("blocks", [])), label)
        assert control, f"There is no {label!r} to press on {self!r}"
        return control


def _press(card: Card, control: Control, user: str, value: str | None, confirm: str | None) -> Result:
    asked = {"channel": card.channel, "ts": card.ts, **control.where, "value": value}
    return pressed(card.world, user, "action", asked, confirm)


def pressed(world: "World", user: str, deed: str, asked: JSON, confirm: str | None) -> Result:
    """Press something; when a dialog asks first, answer it with the button *confirm*."""
    result = world.person(user).does(deed, **asked)
    dialog = result.raw["confirm"]
    if dialog is None:
        assert confirm is None, f"No dialog asked first, so there was no {confirm!r} to press"
        return result
    if confirm is None or dialog["confirm"]["text"] != confirm:
        raise AssertionError(f"A dialog asks first: {dialog}")
    return world.person(user).does(deed, **asked, confirmed=True)


class Thread:
    """The messages of one thread, or of a channel outside threads, as *reader* sees them."""

    def __init__(self, world: "World", channel: str, reader: str, ts: str | None) -> None:
        self.world = world
        self.id = channel
        self.reader = reader
        tail = f"thread/{ts}" if ts else "messages"
        self.path = f"/slack/as/{reader}/channel/{channel}/{tail}"

    def messages(self, containing: str = "") -> list[Card]:
        """Return the messages there now, oldest first."""
        return self._cards(self.world.get(self.path), containing)

    def expect_message(
        self,
        containing: str = "",
        *,
        after: Card | None = None,
        by: str | None = None,
        within: float = PATIENCE,
    ) -> Card:
        """Wait for the newest message that reads *containing*, later than *after*, written by *by*."""

        def look(seen: JSON) -> Card | None:
            fitting = [
                card
                for card in self._cards(seen, containing)
                if (after is None or card.ts > after.ts) and by in (None, card.author)
            ]
            return fitting[-1] if fitting else None

        what = f"a message {containing!r} in {self.id}"
        return self.world.wait(self.path, look, within=within, what=what, there=self._cards)

    def expect_count(self, count: int, containing: str = "", *, within: float = PATIENCE) -> list[Card]:
        """Wait until exactly *count* messages read *containing*; return them, oldest first."""

        def look(seen: JSON) -> list[Card] | None:
            fitting = self._cards(seen, containing)
            return fitting if len(fitting) == count else None

        what = f"{count} messages {containing!r} in {self.id}"
        return self.world.wait(self.path, look, within=within, what=what, there=self._cards)

    def _cards(self, seen: JSON, containing: str = "") -> list[Card]:
        cards = [Card(self.world, raw, self.reader) for raw in seen["messages"]]
        return [card for card in cards if containing in card.text or containing in card.raw["text"]]


class Channel(Thread):
    """A channel or DM."""

    def __init__(self, world: "World", channel: str, reader: str) -> None:
        super().__init__(world, channel, reader, None)

    def seen_by(self, user: str) -> "Channel":
        """Return the channel as somebody else sees it, with the ephemerals meant for them."""
        return Channel(self.world, self.id, user)

    def says(self, text: str, *, by: str | None = None, files: list[JSON] | None = None) -> Card:
        """Write there."""
        return self.world.person(by or self.reader).says(text, self.id, files=files)
