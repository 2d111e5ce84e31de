"""Bugle in one language: what stands on its buttons and fields there, and reports told with them."""

from dataclasses import dataclass

from domain.happened import Part
from domain.report import Impact, Workaround
from tests.e2e.reporting import happened
from tests.harness.cards import Card, Channel
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World
from views.terms import impact_name, part_name, workaround_name
from views.text import translator

ENGLISH = {
    Part.STEPS: "Steps to reproduce",
    Part.EXPECTED: "Expected result",
    Part.ACTUAL: "Actual result",
}


@dataclass(frozen=True)
class Spoken:
    """A workspace in which everybody and everything speaks *language*, reached by *delivery*."""

    world: World
    delivery: str
    language: str
    rep: str

    def t(self, sentence: str, **values: object) -> str:
        """Return a sentence of the views as people read it, with these values filled in."""
        return translator(self.language)(sentence).format(**values)

    def form(self) -> Form:
        """Open the form by the command, where the product is chosen already."""
        return self.world.person(self.rep).types("/bug")

    def heading(self, part: Part) -> str:
        """Return what a part of what happened is called."""
        return part_name(translator(self.language), part)

    def parts(self, *told: str) -> str:
        """Return steps, expected and actual result under the headings of the language."""
        pairs = zip(Part, told, strict=True)
        return "\n\n".join(f"{self.heading(part)}:\n{text}" for part, text in pairs)

    def typed(self, actual: str) -> str:
        """Return what somebody types as what happened, in words of its own."""
        text = happened(actual)
        for part, heading in ENGLISH.items():
            text = text.replace(heading, self.heading(part))
        return text

    def filled(self, form: Form, actual: str) -> Form:
        """Return a form with all filled in that is always asked."""
        t = translator(self.language)
        if form.value(t("Product")) is None:
            form.choose(t("Product"), "Shop")
            form.expect_field(t("Area"))
        form.choose(t("Impact"), impact_name(t, Impact.BLOCKED))
        form.choose(t("Workaround"), workaround_name(t, Workaround.NONE))
        form.fill(t("What happened"), self.typed(actual))
        return form

    def card(self, actual: str) -> Card:
        """Wait for the card about this, with its issue's key, and return it."""
        card = self.world.channel("C0SHOPBUGS", seen_by="U0IRIS").expect_message(actual, within=20)
        return card.expect(lambda each: "SHOP-" in each.text, what="its key", within=20)

    def filed(self, actual: str) -> Card:
        """File a report and return its card."""
        assert self.filled(self.form(), actual).submit().closed
        return self.card(actual)

    def key(self, card: Card) -> str:
        """Return the key of a card's issue."""
        words = eventually(lambda: card.refresh().text, what="a card").replace("*", " ").split()
        return next(word for word in words if word.startswith("SHOP-"))

    def with_button(self, place: Channel, label: str) -> Card:
        """Wait for a message with this button and return it."""

        def look() -> Card | None:
            return next((each for each in place.messages() if label in each.buttons), None)

        return eventually(look, what=f"a message with {label!r}")
