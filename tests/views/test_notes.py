import pytest

from domain.config import LANGUAGES
from domain.given_away import GivenAway, Place
from domain.happened import Part
from domain.quality import Lack, Remark, remarks
from domain.sensitive import Kind, find
from tests.views.reports import REPORT
from views.quality_notes import remark_sentence
from views.sensitive_notes import finding_sentences, kind_name
from views.text import translator

ENGLISH = translator("en")
STEPS = "1. Pay with 4111 1111 1111 1111 and password: hunter2"
ACTUAL = "One charge\nActual result: <b>to</b> ES91 2100 0418 4502 0005 1332"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lack", Lack)
@pytest.mark.parametrize("part", Part)
def test_each_remark_comes_with_an_example(language: str, lack: Lack, part: Part) -> None:
    """Whatever is remarked on, in each language, the sentence shows how to say it better."""
    sentence = remark_sentence(translator(language), Remark(part, lack))
    examples = ("for example", "por ejemplo", "例如")
    assert any(example in sentence for example in examples)


def test_a_remark_says_what_to_do() -> None:
    """The note on vague steps asks for what to press and type."""
    (remark,) = remarks(REPORT.happened)
    assert "Say what to open, press and type" in remark_sentence(ENGLISH, remark)


def given(field: str, text: str) -> list[GivenAway]:
    """Return what a text in a field gives away."""
    return [GivenAway(Place(field), text, each) for each in find(text)]


def test_a_finding_is_named_with_its_place_and_not_shown() -> None:
    """What was found is said by kind, part and the words around it, none of them secret."""
    found = [*given("steps", STEPS), *given("actual", ACTUAL)]
    assert finding_sentences(ENGLISH, found, {}) == [
        "Card number in “Steps to reproduce”: 1. Pay with ••••1111 and password: ••••",
        "Password in “Steps to reproduce”: …•1111 and password: ••••",
        "Bank account (IBAN) in “Actual result”: …l result: &lt;b&gt;to&lt;/b&gt; ES••••1332",
    ]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("customers", "Customers"),
        ("environment", "Environment"),
        ("help_desk_link", "Help desk link"),
        ("customfield_1", "Log &amp; trace"),
        ("customfield_2", "customfield_2"),
    ],
)
def test_a_finding_names_the_field_it_is_in(field: str, name: str) -> None:
    """Each field is called what the form calls it; one that Jira has no name for any more by its id."""
    (said,) = finding_sentences(
        ENGLISH, given(field, "a 4242424242424242 b"), {"customfield_1": "Log & trace"}
    )
    assert said == f"Card number in “{name}”: a ••••4242 b"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_has_a_name_of_its_own(language: str) -> None:
    """No two kinds read the same in any language."""
    t = translator(language)
    assert len({kind_name(t, kind) for kind in Kind}) == len(Kind)
