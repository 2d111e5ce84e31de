"""Forms and Home, filled in and pressed by what stands beside the fields."""

from typing import TYPE_CHECKING, Any

from tests.harness.cards import pressed
from tests.harness.results import Result
from tests.harness.visible import JSON, Control, controls, find, text_of
from tests.harness.waiting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.people import Person


class View:
    """Something of the app on *person*'s screen; it is looked at anew before it is used."""

    path = "views"

    def __init__(self, person: "Person", raw: JSON) -> None:
        self.person = person
        self.raw = raw

    def __repr__(self) -> str:
        return f"<{self.title!r} {self.labels} {self.text!r}>"

    @property
    def id(self) -> str:
        """Slack's id of the view."""
        return str(self.raw["id"])

    @property
    def title(self) -> str:
        """What stands at its top."""
        return str(self.raw["title"]["text"])

    @property
    def text(self) -> str:
        """All that can be read in it beside fields and buttons."""
        return text_of(self.raw["blocks"], self.person.world.name)

    @property
    def labels(self) -> list[str]:
        """What its fields and buttons are called, in order."""
        return [one.label for one in controls(self.raw["blocks"])]

    def refresh(self) -> "View":
        """Look at it anew."""
        self._expect(lambda _: True, "it to be open", PATIENCE)
        return self

    def expect_text(self, text: str, *, within: float = PATIENCE) -> "View":
        """Wait until it reads *text*."""
        self._expect(lambda view: text in view.text, f"{text!r}", within)
        return self

    def expect_field(self, label: str, *, within: float = PATIENCE) -> Control:
        """Wait until there is a field or button called *label*; return it."""
        self._expect(lambda view: find(controls(view.raw["blocks"]), label), f"a field {label!r}", within)
        found = find(controls(self.raw["blocks"]), label)
        assert found
        return found

    def expect_no_field(self, label: str, *, within: float = PATIENCE) -> "View":
        """Wait until nothing is called *label* any more."""
        self._expect(lambda view: label not in view.labels, f"no field {label!r}", within)
        return self

    def click(self, label: str, *, value: str | None = None, confirm: str | None = None) -> Result:
        """Press the button called *label* (or Enter in a text field)."""
        asked = {**self.expect_field(label).where, "value": value}
        deed = f"view/{self.id}/action"
        return pressed(self.person.world, self.person.id, deed, asked, confirm)

    def options(self, label: str, query: str = "") -> list[str]:
        """Return what the menu called *label* lists when *query* is typed into it, as it reads."""
        return [one["text"]["text"] for one in self._offered(self.expect_field(label), query)]

    def fill(self, label: str, value: Any) -> Result:
        """Put text, a number, a date (2026-11-23), a time (09:30) or epoch seconds into a field."""
        return self._set(self.expect_field(label), value)

    def choose(self, label: str, *options: str, query: str | None = None) -> Result:
        """Choose *options*, as they read, in the field called *label*: exactly these; none empties it.

        What is typed into the menu's search is *query*, or else each option.
        """
        control = self.expect_field(label)
        values = [self._value_of(control, option, query) for option in options]
        many = control.kind.startswith("multi_") or control.kind == "checkboxes"
        return self._set(control, values if many else values[0] if values else None)

    def attach(self, label: str, *files: JSON) -> Result:
        """Put *files* ({"name", "content" or "content_base64"}) into a file field."""
        return self._set(self.expect_field(label), list(files))

    def value(self, label: str) -> Any:
        """Return what the field called *label* holds, as it reads: text, or a list of it."""
        control = self.expect_field(label)
        state = self.raw["state"]["values"][control.block_id][control.element["action_id"]]
        (held,) = [one for key, one in state.items() if key != "type"]
        return [_reads(one) for one in held] if isinstance(held, list) else _reads(held)

    def _value_of(self, control: Control, option: str, query: str | None) -> str:
        offered = self._offered(control, option if query is None else query)
        found = next((one["value"] for one in offered if one["text"]["text"] == option), None)
        listed = [one["text"]["text"] for one in offered]
        assert found is not None, f"{control.label!r} does not offer {option!r}, but {listed}"
        return str(found)

    def _offered(self, control: Control, query: str) -> list[JSON]:
        done = self.person.does("options", view_id=self.id, **control.where, query=query)
        assert done.error is None, f"{control.label!r}: {done.error}, {done.raw['detail']}"
        offered: list[JSON] = done.raw["options"]
        return offered

    def _set(self, control: Control, value: Any) -> Result:
        result = self.person.does(f"view/{self.id}/set", **control.where, value=value)
        self.raw = result.raw["view"] or self.raw
        return result

    def _expect(self, fits: "Callable[[View], object]", what: str, within: float) -> None:
        def look(seen: JSON) -> JSON | None:
            one = next((raw for raw in self._shown(seen) if raw["id"] == self.id), None)
            return one if one and fits(View(self.person, one)) else None

        def there(seen: JSON) -> object:
            return [View(self.person, raw) for raw in self._shown(seen)]

        path = f"/slack/as/{self.person.id}/{self.path}"
        self.raw = self.person.world.wait(path, look, within=within, what=what, there=there)

    def _shown(self, seen: JSON) -> list[JSON]:
        views: list[JSON] = seen["views"]
        return views


class Form(View):
    """A modal."""

    @property
    def errors(self) -> dict[str, str]:
        """What stands in red under fields, by their labels."""
        return self._by_label(self.raw["errors"])

    @property
    def is_open(self) -> bool:
        """Whether it is still on the screen."""
        return any(view["id"] == self.id for view in self.person.views())

    def submit(self) -> Result:
        """Press its submit button."""
        result = self.person.does(f"view/{self.id}/submit")
        result.errors = self._by_label(result.raw["errors"])
        view = result.raw["view"]
        if view and view["id"] == self.id:
            self.raw = view
        return result

    def close(self, *, whole_stack: bool = False) -> Result:
        """Close it by its button, or with all that is under it by the cross."""
        return self.person.does(f"view/{self.id}/close", all=whole_stack)

    def _by_label(self, errors: dict[str, str]) -> dict[str, str]:
        labels = {
            block["block_id"]: block["label"]["text"] for block in self.raw["blocks"] if "label" in block
        }
        return {labels.get(block_id, block_id): text for block_id, text in errors.items()}


class Home(View):
    """The app's Home tab."""

    path = "home"

    def _shown(self, seen: JSON) -> list[JSON]:
        return [seen["view"]] if seen["view"] else []


def _reads(held: Any) -> Any:
    if isinstance(held, dict):
        return held["text"]["text"] if "text" in held else held.get("name", held)
    return held
