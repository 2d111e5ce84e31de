"""The story of a report as people of each language live it."""

import pytest

from domain.happened import Part
from domain.report import Impact, Workaround
from tests.e2e.reporting import CARDS, engineer, expect_issue, open_form
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World
from views.report_form import prefill
from views.terms import impact_name, part_name, workaround_name
from views.text import translator

pytestmark = pytest.mark.usefixtures("bot")


@pytest.mark.parametrize(("locale", "language"), [("es-ES", "es"), ("zh-TW", "zh_Hant")])
def test_a_report_is_filed_and_taken_in_ones_own_language(world: World, locale: str, language: str) -> None:
    """Form, receipt and ping are in their reader's language, the card in its channel's."""
    t = translator(language)
    world.set_language(locale)
    form = eventually(lambda: in_language(world, t("Report a bug")), what="a form in the language")
    assert form.value(t("What happened")) == prefill(language)
    form.choose(t("Impact"), impact_name(t, Impact.BLOCKED))
    form.choose(t("Workaround"), workaround_name(t, Workaround.NONE))
    said = (f"1. {HOW[language]}", WANTED[language], MET[language])
    form.fill(
        t("What happened"),
        "\n".join(f"{part_name(t, part)}：\n{text}\n" for part, text in zip(Part, said, strict=True)),
    )
    assert form.submit().closed
    fields = expect_issue(world, MET[language])["fields"]
    assert "h3. Steps to reproduce" in fields["description"]
    assert HOW[language] in fields["description"]
    world.dm("U0ANA").expect_message(MET[language]).expect_text(
        t("Your report is in Jira. You will be told here what becomes of it.")
    )
    ping = world.dm(engineer(world)).expect_message(MET[language]).expect_text(part_name(t, Part.STEPS))
    assert ping.click(t("Take")).ok
    ping.expect_no_button(t("Take"))
    world.channel(CARDS).expect_message(MET[language]).expect_text("Taken by")


HOW = {"es": "Pagar con tarjeta", "zh_Hant": "用信用卡付款兩次"}
WANTED = {"es": "Un cobro", "zh_Hant": "扣款一次"}
MET = {"es": "Dos cobros", "zh_Hant": "扣款兩次"}


def in_language(world: World, title: str) -> Form | None:
    """Return a new form once it is in the language, None before Bugle has heard of the change."""
    form = open_form(world)
    if form.title == title:
        return form
    form.close()
    return None
