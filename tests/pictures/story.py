"""What the pictures show: the same bug, told by a rep of each language."""

from dataclasses import dataclass

from domain.happened import Part
from domain.report import Impact, Workaround
from tests.harness.forms import Form
from tests.harness.world import World
from views.terms import impact_name, part_name, workaround_name
from views.text import Translator, translator


@dataclass(frozen=True)
class Rep:
    """A support rep of the sandbox's cast who tells the story in their language."""

    user: str
    language: str
    locale: str
    steps: str
    expected: str
    actual: str

    @property
    def t(self) -> Translator:
        """What turns our English sentences into theirs."""
        return translator(self.language)

    def told(self, *, actual: str | None = None) -> str:
        """Return the typed field as they fill it."""
        said = {Part.STEPS: self.steps, Part.EXPECTED: self.expected, Part.ACTUAL: actual or self.actual}
        return "\n\n".join(f"{part_name(self.t, part)}:\n{said[part]}" for part in Part)

    def opens_form(self, world: World) -> Form:
        """Open the form from the support channel."""
        return world.person(self.user).types("/bug", channel="C0SUPPORT")

    def fills(self, form: Form, text: str) -> Form:
        """Fill in what a report needs."""
        form.choose(self.t("Impact"), impact_name(self.t, Impact.BLOCKED))
        form.choose(self.t("Workaround"), workaround_name(self.t, Workaround.NONE))
        form.fill(self.t("What happened"), text)
        return form


BEN = Rep(
    "U0BEN",
    "en",
    "en-GB",
    "1. Put two items into the basket\n2. Pay with a gift card and a credit card",
    "Each card is charged its part, once",
    "The credit card is charged the whole amount, twice",
)
ANA = Rep(
    "U0ANA",
    "es",
    "es-ES",
    "1. Añadir dos artículos a la cesta\n2. Pagar con una tarjeta regalo y una de crédito",
    "Cada tarjeta paga su parte, una vez",
    "La tarjeta de crédito paga el total, dos veces",
)
CHEN = Rep(
    "U0CHEN",
    "zh_Hant",
    "zh-TW",
    "1. 把兩件商品放進購物車\n2. 用禮物卡和信用卡付款",
    "每張卡只扣自己的部分，一次",
    "信用卡被扣全額，而且扣了兩次",
)
REPS = (BEN, ANA, CHEN)
