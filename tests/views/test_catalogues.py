import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from domain.config import LANGUAGES
from views.text import LOCALES, cut_escaped, escape, translator


def sentences(path: Path) -> set[str]:
    """Return the sentences of a catalogue."""
    with path.open("rb") as source:
        return {str(message.id) for message in read_po(source) if message.id}


def translated(language: str) -> dict[str, tuple[str, ...]]:
    """Return the translations of each sentence, of a counted one by its plural; "" where there is none."""
    with (LOCALES / language / "LC_MESSAGES" / "bugle.po").open("rb") as source:
        messages = [message for message in read_po(source, locale=language) if message.id]
    return {
        message.id if isinstance(message.id, str) else message.id[-1]: (message.string,)
        if isinstance(message.string, str)
        else tuple(message.string)
        for message in messages
    }


def marks(sentence: str) -> list[str]:
    """Return what of a sentence every language must have: names in braces, code, the stars of bold text."""
    return sorted(re.findall(r"\{\w+\}|`[^`]+`|\*", sentence))


def test_the_template_has_every_sentence_of_the_views(tmp_path: Path) -> None:
    """What translators are given is what people read: `make messages` was run after the last change."""
    fresh = tmp_path / "fresh.pot"
    command = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "--quiet",
        "extract",
        "-k",
        "t",
        "-k",
        "plural:1,2",
        "-o",
    ]
    subprocess.run([*command, str(fresh), str(LOCALES.parent)], check=True)
    assert sentences(LOCALES / "bugle.pot") == sentences(fresh)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_each_language_has_a_catalogue_of_them_all(language: str) -> None:
    """Each catalogue holds every sentence, translated or not yet."""
    catalogue = LOCALES / language / "LC_MESSAGES" / "bugle.po"
    assert sentences(catalogue) == sentences(LOCALES / "bugle.pot")


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_has_the_names_of_its_sentence(language: str) -> None:
    """What is filled into a sentence is filled into its translations, and code and bold text stay so."""
    for sentence, translations in translated(language).items():
        for translation in filter(None, translations):
            assert marks(translation) == marks(sentence), translation


def test_a_sentence_without_translation_stays_english() -> None:
    """Nobody reads an empty line."""
    assert translator("es")("A sentence nobody translated") == "A sentence nobody translated"


def test_text_from_outside_is_escaped() -> None:
    """Slack's three special characters are given as it asks."""
    assert escape("<!channel> & co") == "&lt;!channel&gt; &amp; co"


def test_cutting_never_splits_an_escape() -> None:
    """What is cut to a limit ends with a whole character."""
    assert cut_escaped("&&&&", 11) == "&amp;&amp;…"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_sentence_is_translated(language: str) -> None:
    """Nobody reads a sentence that is not in their language: who adds one translates it in views/locales/."""
    assert [said for said, translations in translated(language).items() if not all(translations)] == []


def test_no_sentence_hides_within_an_f_string() -> None:
    """Gathering does not look into f-strings: a sentence in one would never be translated."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in (LOCALES.parent).rglob("*.py")
        for whole in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(whole, ast.JoinedStr)
        for call in ast.walk(whole)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "t"
    ]
    assert hidden == []


def test_no_sentence_is_given_to_a_translator_under_another_name() -> None:
    """Gathering looks for `t`: what is given to `translator(language)` itself would never be translated."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in (LOCALES.parent).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Call)
        if isinstance(call.func.func, ast.Name) and call.func.func.id == "translator"
    ]
    assert hidden == []
