"""A set-up of Bugle against a sandbox, and `bugle` run in it as a process of its own."""

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.manifest import manifest
from bot.sandbox import intake_secrets
from sandbox.server import Sandbox
from tests import forked
from tests.harness.world import World

ROOT = Path(__file__).parents[2]
SANDBOX_TOML = ROOT / "bot" / "sandbox.toml"
PATIENCE = 30


@dataclass(frozen=True)
class Said:
    """How a process ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines on standard output."""
        return self.out.splitlines()

    @property
    def problems(self) -> list[str]:
        """The findings of `bugle check` that are faults."""
        return [line for line in self.lines if not line.startswith(("ok ", "note "))]


def bugle(*arguments: str, folder: Path, **settings: str) -> Said:
    """Run `bugle` in a folder, with these settings and nothing else in its environment."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    with TemporaryDirectory() as kept:
        out, err = Path(kept) / "out", Path(kept) / "err"
        process = forked.start(arguments, env, folder, out, err)
        process.join(PATIENCE)
        code = process.exitcode
        process.kill()
        said = [path.read_text(encoding="utf-8") if path.exists() else "" for path in (out, err)]
        assert code is not None, f"`bugle {' '.join(arguments)}` did not end: {said}"
        return Said(code, *said)


class SetUp:
    """A team's set-up in which nothing is wrong: a workspace, a Jira, a database at head, a bugle.toml."""

    def __init__(self, sandbox: Sandbox, folder: Path, database_url: str) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.config = folder / "bugle.toml"
        self.config.write_text(SANDBOX_TOML.read_text())
        self.world = World(sandbox.url)
        self.world.set_app(manifest=manifest())
        app, site = sandbox.slack.connection(), sandbox.jira.connection()
        login = {"JIRA_EMAIL": "email", "JIRA_API_TOKEN": "api_token", "JIRA_PAT": "pat"}
        self.settings = {
            "SLACK_BOT_TOKEN": app["bot_token"],
            "SLACK_APP_TOKEN": app["app_token"],
            "SLACK_API_URL": app["api_url"],
            "JIRA_URL": site["url"],
            **{name: site[key] for name, key in login.items() if key in site},
            "DATABASE_URL": database_url,
            **intake_secrets(sandbox.help_desks.connection()["secrets"]),
        }

    def rewrite(self, old: str, new: str) -> None:
        """Change bugle.toml where it says *old*."""
        text = self.config.read_text()
        assert old in text
        self.config.write_text(text.replace(old, new))

    def add(self, text: str) -> None:
        """Add to bugle.toml."""
        self.config.write_text(self.config.read_text() + "\n" + text)

    def jira(self, project: str, **changes: list[str]) -> None:
        """Change a project in Jira (docs/sandbox.md)."""
        self.world.post(f"/jira/projects/{project}", changes)

    def check(self, **settings: str) -> Said:
        """Run `bugle check`, with some settings different; those that are empty are not set."""
        given = {name: value for name, value in {**self.settings, **settings}.items() if value}
        return bugle("check", folder=self.folder, **given)
