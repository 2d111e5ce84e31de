"""The pages say nothing that is not so: what they name is there, what they tell to type works."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.cli import _parser  # the commands themselves would run
from bot.settings import Settings
from tests.docs.pages import PAGES, ROOT, blocks, commands, hosts, inline_code, links, name

FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name != ".git"}
ENDINGS = {".py", ".md", ".toml", ".yaml", ".lock", ".png", ".example"}
READERS_OWN = {"bugle.toml", ".env", ".venv", ".sandbox", "bugle.db"}  # made by who runs Bugle; never in Git
PATH = re.compile(r"(?P<path>\.?[\w-][\w.*/-]*)(?::(?P<name>[A-Za-z_][\w.]*))?")
KNOWN_HOSTS = re.compile(
    r"127\.0\.0\.1|localhost|([\w-]+\.)*example(\.com)?|you\.atlassian\.net|([\w-]+\.)?slack\.com"
)

each_page = pytest.mark.parametrize("page", PAGES, ids=name)


def named_paths(page: Path) -> list[tuple[str, str | None]]:
    """Return the repository's files and folders that a page names, each with the name after the colon."""
    found = [PATH.fullmatch(code) for code in inline_code(page)]
    pairs = [(match["path"], match["name"]) for match in found if match]
    return [(path, inner) for path, inner in pairs if is_ours(path)]


def is_ours(path: str) -> bool:
    """Tell whether a word looks like a path of this repository."""
    first = path.split("/", maxsplit=1)[0]
    if first in READERS_OWN:
        return False
    return (first in FOLDERS and "/" in path) or (Path(path).suffix in ENDINGS and "*" not in path)


def definitions(source: Path) -> set[str]:
    """Return the names a Python file defines: functions, classes, `Class.method`, and constants."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = {node.name for node in ast.walk(tree) if isinstance(node, (*functions, ast.ClassDef))}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{each.name}" for each in node.body if isinstance(each, functions)}
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def arguments(command: str) -> list[str] | None:
    """Return what is typed after `bugle`; None where it is another program that runs."""
    words = command.split()
    if "bugle bugle" in command:  # in a container of that name
        return words[words.index("bugle") + 2 :]
    return words[1:] if words and Path(words[0]).name == "bugle" and len(words) > 1 else None


@each_page
def test_every_file_that_is_named_exists(page: Path) -> None:
    """A path in backticks is one that a reader can open."""
    assert [path for path, _ in named_paths(page) if not list(ROOT.glob(path))] == []


@each_page
def test_every_function_that_is_named_exists(page: Path) -> None:
    """A name after a path and a colon is defined in that file."""
    named = [(path, inner) for path, inner in named_paths(page) if inner and path.endswith(".py")]
    assert [f"{path}:{inner}" for path, inner in named if inner not in definitions(ROOT / path)] == []


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    """A relative link or picture is there, and an anchor has its heading."""
    lost = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE) if anchor else []
        slugs = {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
        if not target.exists() or (anchor and anchor not in slugs):
            lost.append(link)
    assert lost == []


@each_page
def test_every_bugle_command_is_one_that_it_takes(page: Path) -> None:
    """What a page tells to type after `bugle`, the command line accepts."""
    for command in commands(page):
        if (typed := arguments(command)) is not None:
            try:
                _parser().parse_args(typed)
            except SystemExit as refused:
                pytest.fail(f"{command!r} is refused ({refused.code})")


@each_page
def test_every_make_target_exists(page: Path) -> None:
    """What a page tells to make, the Makefile has."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    typed = [command.split()[1:] for command in commands(page) if command.startswith("make ")]
    assert {word for words in typed for word in words if "=" not in word} - targets == set()


@each_page
def test_code_that_is_quoted_is_the_code_that_runs(page: Path) -> None:
    """A Python block that begins with a file's name is in that file, letter by letter."""
    for block in blocks(page, "python"):
        first, _, quoted = block.partition("\n")
        source = ROOT / first.removeprefix("# ")
        if first.startswith("# ") and source.suffix == ".py":
            assert quoted in source.read_text("utf-8"), f"{first} has changed since {name(page)} quoted it"


@each_page
def test_no_foreign_host_is_named(page: Path) -> None:
    """Addresses are the reader's own, Slack's or Jira's: where packages come from is the reader's affair."""
    assert [host for host in hosts(page) if not KNOWN_HOSTS.fullmatch(host)] == []


def test_every_command_is_explained_somewhere() -> None:
    """Each command that `bugle --help` lists is in some page."""
    listed = set(re.findall(r"^    ([a-z]+) ", _parser().format_help(), re.MULTILINE))
    typed = [arguments(command) for page in PAGES for command in commands(page)]
    assert "run" in listed
    assert listed - {words[0] for words in typed if words} == set()


def test_every_make_target_is_explained_to_contributors() -> None:
    """Each public target of the Makefile is in CONTRIBUTING."""
    public = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert public is not None
    typed = commands(ROOT / "CONTRIBUTING.md")
    assert [target for target in public[1].split() if f"make {target}" not in typed] == []


def test_every_setting_is_explained_and_no_other() -> None:
    """The table of settings names what `bot/settings.py` reads, and nothing else."""
    page = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    section = page.partition("## Settings")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    explained = [setting for row in rows for setting in re.findall(r"`([A-Z_]+)(?:_…)?`", row)]
    explained = [name.replace("INTAKE_SECRET", "INTAKE_SECRETS") for name in explained]  # one each
    assert sorted(explained) == sorted(each.name.upper() for each in fields(Settings))


def test_every_figure_that_is_named_is_measured() -> None:
    """The metrics that the pages name are those of `bot/metrics.py`."""
    measured = (ROOT / "bot" / "metrics.py").read_text("utf-8")
    named = {
        word for page in PAGES for code in inline_code(page) for word in re.findall(r"\bbugle_\w+", code)
    }
    named -= {"bugle_effect"}  # the metadata of posts
    assert named
    assert [word for word in sorted(named) if f'"{word.removesuffix("_total")}"' not in measured] == []


def test_the_decisions_are_numbered_without_a_gap() -> None:
    """Each decision has one page whose first line begins with its number."""
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name[:3] for page in pages]
    assert numbers == [f"{number:03}" for number in range(1, len(pages) + 1)]
    assert [page for page in pages if not page.read_text("utf-8").startswith(f"# {page.name[:3]}: ")] == []
