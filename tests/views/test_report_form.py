import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.config import LANGUAGES
from domain.create_fields import Answer, Choice, Kind
from domain.customer import Customer
from domain.happened import HEADINGS, Part
from domain.report import Brought, Draft, Impact, Workaround
from sandbox.slack.inputs import initial_value, places
from sandbox.slack.lint import lint_options
from sandbox.slack.lint.whole import lint_view
from tests.views.asked import CONFIG, MANY, OWN, PAY, SHOP, TREE, asked
from views.drafted import files_in
from views.opening import Opening, read_opening
from views.report_form import (
    CUSTOMERS,
    HAPPENED,
    IMPACT,
    PRODUCT,
    WORKAROUND,
    FormErrors,
    area_options,
    choice_options,
    customer_options,
    prefill,
    product_of_block,
    read_report_form,
    report_form,
)
from views.terms import part_name
from views.text import translator

OPENING = Opening("a-nonce", "en")
PLAIN_ACME = {"type": "plain_text", "text": "Acme"}
HAPPENED_WELL = "Steps:\n1. Pay\nExpected:\nOne\nActual:\nTwo"


def filled(**changed: Any) -> dict[str, Any]:
    """Return the values of a form as Slack sends them, filled in well but for what is changed."""
    values: dict[str, Any] = {
        PRODUCT: {PRODUCT: {"type": "static_select", "selected_option": {"value": "shop"}}},
        "report_area:shop": {"report_area": {"selected_option": {"value": "Payment"}}},
        IMPACT: {IMPACT: {"type": "static_select", "selected_option": {"value": "blocked"}}},
        WORKAROUND: {WORKAROUND: {"type": "static_select", "selected_option": {"value": "none"}}},
        HAPPENED: {HAPPENED: {"type": "plain_text_input", "value": HAPPENED_WELL}},
    }
    return values | changed


def drafted(values: Any, *own: Any, opening: Opening = OPENING) -> Draft:
    """Return the draft in values, of a form that asks for these fields of the project's own too."""
    return read_report_form(
        opening,
        values,
        CONFIG,
        lambda key: asked(*own, product=CONFIG.product(key)),
        reporter="U0ANA",
        reporter_name="ana",
    )


def shows(view: dict[str, Any], label: str) -> dict[str, Any]:
    """Return the input with a label in a view."""
    return next(block for block in view["blocks"] if block.get("label", {}).get("text") == label)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("product", [None, SHOP, PAY])
def test_the_form_is_one_slack_takes(language: str, product: Any) -> None:
    """In each language the form is within Slack's limits, whatever the project asks."""
    ask = asked(*OWN, product=product) if product else None
    notes = {"customfield_3": "x" * 5000, "environment": "No.", "elsewhere": "Neither."}
    opening = Opening("a-nonce", language, source_url="https://slack.example/p1", files=("F1", "F2"))
    assert lint_view(report_form(CONFIG, opening, ask, notes=notes)) == []


def test_the_form_keeps_its_opening() -> None:
    """However often a form is updated or submitted, it is the same opening, with all that came with it."""
    opening = Opening("a-nonce", "es", source_url="https://slack.example/p1", files=("F1",), mends="01K0")
    assert read_opening(report_form(CONFIG, OPENING, None)) == OPENING
    assert read_opening(report_form(CONFIG, opening, None)) == opening


def test_a_submitted_form_is_a_draft() -> None:
    """What was picked and typed comes back as a draft."""
    draft = drafted(
        filled(
            **{
                CUSTOMERS: {CUSTOMERS: {"selected_options": [{"value": "01C"}, {"value": "new:Acme: One"}]}},
                "report_environment:shop": {"report_environment": {"selected_option": {"value": "Web"}}},
                "report_version:shop": {"report_version": {"selected_option": {"value": "2026.9"}}},
                "report_effort": {"report_effort": {"selected_option": {"value": "5"}}},
                "report_help_desk": {"report_help_desk": {"value": " https://desk.example/7 "}},
                "report_files": {"report_files": {"files": [{"id": "F2"}, {"id": "F1"}]}},
            }
        ),
        opening=replace(OPENING, source_url="https://slack.example/p1", files=("F1",)),
    )
    assert (draft.nonce, draft.product, draft.area) == ("a-nonce", "shop", "Payment")
    assert (draft.impact, draft.workaround) == (Impact.BLOCKED, Workaround.NONE)
    assert draft.happened.actual == "Two"
    assert draft.customers == Brought(("01C",), ("Acme: One",))
    assert (draft.environment, draft.found_in, draft.effort) == ("Web", "2026.9", 5)
    assert (draft.help_desk_url, draft.source_url) == ("https://desk.example/7", "https://slack.example/p1")
    assert draft.files == ("F1", "F2")


@pytest.mark.parametrize(
    ("block", "value", "sentence"),
    [
        (PRODUCT, {PRODUCT: {"selected_option": {"value": "gone"}}}, "no longer set up"),
        (IMPACT, {}, "Choose what the bug does"),
        (IMPACT, {IMPACT: {"selected_option": {"value": "huge"}}}, "Choose what the bug does"),
        (WORKAROUND, {}, "whether they can go on"),
        (HAPPENED, {HAPPENED: {"value": None}}, "“Expected result”, and “Actual result” are missing"),
        ("report_help_desk", {"report_help_desk": {"value": "desk 7"}}, "Paste the whole address"),
    ],
)
def test_what_is_wrong_is_said_on_its_field(block: str, value: dict[str, Any], sentence: str) -> None:
    """Each field that cannot be read is named with the way out."""
    with pytest.raises(FormErrors) as wrong:
        drafted(filled(**{block: value}))
    assert sentence in wrong.value.errors[block]


def test_the_area_of_another_product_is_not_taken() -> None:
    """A choice left over from before the product was changed does not stick to the new one."""
    assert drafted(filled(**{PRODUCT: {PRODUCT: {"selected_option": {"value": "pay"}}}})).area is None


ANSWERS = [
    (0, {"value": " One line "}, "One line"),
    (1, {"value": "Two\nlines"}, "Two\nlines"),
    (2, {"value": "2.50"}, 2.5),
    (3, {"value": "https://a.example"}, "https://a.example"),
    (4, {"selected_date": "2026-11-23"}, "2026-11-23"),
    (5, {"selected_date_time": 1_764_000_000}, "2025-11-24T16:00:00.000+0000"),
    (6, {"value": " one  two "}, ["one", "two"]),
    (9, {"selected_option": {"value": "2"}}, {"id": "2"}),
    (11, {"selected_options": [{"value": "2"}, {"value": "9"}]}, [{"id": "2"}]),
    (13, {"selected_option": {"value": "1"}}, {"id": "1"}),
    (14, {"selected_options": [{"value": "1"}]}, [{"id": "1"}]),
]


@pytest.mark.parametrize(("number", "held", "said"), ANSWERS)
def test_a_project_s_own_field_is_said_as_jira_takes_it(number: int, held: dict[str, Any], said: Any) -> None:
    """Each kind of field comes back as the JSON that Jira wants for it."""
    own = OWN[number]
    (answer,) = drafted(
        filled(**{f"report_field:shop:{own.id}": {"report_field": held}}), own
    ).fields.values()
    assert own.value(*answer.given) == said


@pytest.mark.parametrize(
    ("number", "held", "given"),
    [
        (7, {"selected_user": "U0ANA"}, ("U0ANA",)),
        (8, {"selected_users": ["U0ANA", "U0BEN"]}, ("U0ANA", "U0BEN")),
    ],
)
def test_people_are_kept_as_slack_knows_them(number: int, held: dict[str, Any], given: Any) -> None:
    """A field of people holds Slack user ids: who they are in Jira is found out when the issue is made."""
    own = OWN[number]
    draft = drafted(filled(**{f"report_field:shop:{own.id}": {"report_field": held}}), own)
    assert draft.fields == {own.id: Answer(own.kind, given)}


def test_a_long_list_is_searched() -> None:
    """More choices than a menu holds are asked for as one types, and the one chosen is taken."""
    own = OWN[10]
    menu = shows(report_form(CONFIG, OPENING, asked(own)), own.name)
    assert (menu["element"]["type"], product_of_block(menu["block_id"])) == ("external_select", "shop")
    found = choice_options(own, "part 14")
    assert [each["text"]["text"] for each in found] == ["Part 14", *(f"Part 14{n}" for n in range(10))]
    assert lint_options({"options": choice_options(own, "")}) == []
    values = filled(**{menu["block_id"]: {"report_choice": {"selected_option": found[0]}}})
    assert drafted(values, own).fields == {own.id: Answer(Kind.ONE_OF, ("14",))}
    assert len(choice_options(own, "")) == 100 < len(MANY)


def test_a_cascade_is_two_selects() -> None:
    """The inner choices are those of the outer one; one left over from another outer choice is not taken."""
    own = OWN[15]
    europe = {"type": "static_select", "selected_option": {"value": "1"}}
    outer = {"report_outer:shop:customfield_15": {"report_outer": europe}}
    inner = {"report_inner:shop:customfield_15:1": {"report_inner": {"selected_option": {"value": "12"}}}}
    view = report_form(CONFIG, OPENING, asked(own), filled(**outer))
    menu = shows(view, "A cascade › Europe")
    assert [each["value"] for each in menu["element"]["options"]] == ["11", "12"]
    assert drafted(filled(**outer), own).fields == {own.id: Answer(Kind.CASCADE, ("1",))}
    assert drafted(filled(**outer, **inner), own).fields == {own.id: Answer(Kind.CASCADE, ("1", "12"))}
    other = {"report_outer:shop:customfield_15": {"report_outer": {"selected_option": {"value": "2"}}}}
    assert drafted(filled(**other, **inner), own).fields == {own.id: Answer(Kind.CASCADE, ("2",))}
    assert len(TREE[1].inner) == 0


@pytest.mark.parametrize("own", OWN)
def test_what_jira_requires_must_be_filled_in(own: Any) -> None:
    """Each required field that is left empty is named."""
    with pytest.raises(FormErrors) as wrong:
        drafted(filled(), own)
    assert list(wrong.value.errors.values()) == ["Jira requires this: fill it in."]
    assert drafted(filled(), replace(own, required=False), replace(own, id="customfield_99", required=False))


@pytest.mark.parametrize("number", ["many", "1e400", "nan", "1,5"])
def test_a_number_must_be_one(number: str) -> None:
    """What Jira would not take as a number is refused on its field."""
    with pytest.raises(FormErrors, match="Write a number"):
        drafted(filled(**{"report_field:shop:customfield_2": {"report_field": {"value": number}}}), OWN[2])


def held_by(view: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a view that has just been shown, as Slack's client has them."""
    values: dict[str, Any] = {}
    for place, element in places(view["blocks"]).items():
        held = initial_value(element)
        if held is not None:
            values.setdefault(place.block_id, {})[place.action_id] = held
    return values


def test_a_form_shown_again_holds_what_it_held() -> None:
    """Every kind of field but files starts with what was in it before."""
    values = filled(
        **{f"report_field:shop:{OWN[n].id}": {"report_field": held} for n, held, _ in ANSWERS},
        **{CUSTOMERS: {CUSTOMERS: {"selected_options": [{"text": PLAIN_ACME, "value": "01C"}]}}},
    )
    area = {"selected_option": {"text": PLAIN_ACME, "value": "Payment"}}
    values["report_area:shop"] = {"report_area": area}
    first = report_form(CONFIG, OPENING, asked(*OWN))
    for place, element in places(first["blocks"]).items():
        if place.action_id in values.get(place.block_id, {}):
            values[place.block_id][place.action_id]["type"] = element["type"]
    again = report_form(CONFIG, OPENING, asked(*OWN), values)
    own = [OWN[number] for number, _, _ in ANSWERS]
    assert lint_view(again) == []
    assert drafted(held_by(again), *own) == drafted(values, *own)


def test_files_of_a_form_shown_again_come_with_it() -> None:
    """Slack lets no form start with files: those put in before come along, and there is room for the rest."""
    values = filled(
        report_files={"report_files": {"type": "file_input", "files": [{"id": f"F{n}"} for n in range(8)]}}
    )
    opening = replace(OPENING, files=files_in(values))
    view = report_form(CONFIG, opening, asked(), values)
    assert shows(view, "Screenshots")["element"]["max_files"] == 2
    assert drafted(held_by(view), opening=opening).files == tuple(f"F{number}" for number in range(8))


def test_the_form_shows_what_the_team_wants() -> None:
    """Fields that bugle.toml leaves out are not shown, unless Jira requires them."""
    bare = replace(SHOP, form=())
    labels = [block["label"]["text"] for block in report_form(CONFIG, OPENING, asked(product=bare))["blocks"]]
    assert labels == ["Product", "Impact", "Workaround", "What happened"]
    needed = replace(OWN[0], id="versions", kind=Kind.SOME_OF)
    version = shows(report_form(CONFIG, OPENING, asked(needed, product=bare)), "Version")
    assert not version["optional"]


def test_what_jira_said_stands_at_its_field() -> None:
    """A message about a field stands right before it, escaped."""
    view = report_form(CONFIG, OPENING, asked(*OWN), notes={"customfield_2": "No <!channel>."})
    place = view["blocks"].index(shows(view, OWN[2].name))
    assert view["blocks"][place - 1]["text"]["text"] == ":warning: Jira says: *No &lt;!channel&gt;.*"


def test_a_new_customer_is_offered_where_nobody_has_that_name() -> None:
    """What was typed is the last choice, and a long name is within Slack's limits."""
    found = [Customer(str(number), "A" * 200) for number in range(150)]
    offered = customer_options(found, " Acme \u0000" + "x" * 300, "en", is_new=True)
    assert lint_options({"options": offered}) == []
    assert offered[-1]["text"]["text"].startswith("New customer: Acme x")
    assert [each["value"] for each in customer_options([], "Acme", "en", is_new=False)] == []
    assert lint_options({"options": area_options(["n" * 255])}) == []


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda each: (
            st.lists(each)
            | st.dictionaries(
                st.sampled_from(
                    [
                        *filled(),
                        "report_files",
                        "files",
                        "type",
                        "value",
                        "selected_option",
                        "selected_options",
                        "selected_users",
                        "selected_date",
                        "selected_date_time",
                        "id",
                    ]
                ),
                each,
            )
        ),
        max_leaves=30,
    )
)
def test_whatever_a_form_holds_is_read_or_refused(values: Any) -> None:
    """No state ends in anything but a draft or errors."""
    with suppress(FormErrors):
        drafted(values, *OWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prefilled_headings_are_ones_that_are_read(language: str) -> None:
    """In each language the headings that the form opens with are known to the reading."""
    t = translator(language)
    for part in Part:
        assert part_name(t, part).lower() in HEADINGS[part]
        assert part_name(t, part) in prefill(language)


def test_a_text_given_with_the_command_is_what_happened() -> None:
    """The form starts with it under the last heading, however long it is."""
    view = report_form(CONFIG, replace(OPENING, text="It fails" * 1000), None)
    assert json.loads(view["private_metadata"]) == {"nonce": "a-nonce", "language": "en"}
    assert shows(view, "What happened")["element"]["initial_value"].count("It fails") > 300
    assert Choice("1", "One").inner == ()
