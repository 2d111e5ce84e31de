"""The image and the compositions, as far as they can be told without building them."""

import http.server
import json
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import read_settings
from tests.docs.pages import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
FINAL = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :].replace("\\\n", " ")


def instructions(keyword: str) -> list[str]:
    """Return what follows a keyword in the final stage of the Dockerfile."""
    return re.findall(rf"^{keyword} (.+)$", FINAL, re.MULTILINE)


def composition() -> dict[str, Any]:
    """Return compose.yaml."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return loaded


def started(*profiles: str) -> set[str]:
    """Return the services that start with these profiles."""
    services = composition()["services"]
    return {
        name
        for name, service in services.items()
        if not service.get("profiles") or set(service["profiles"]) & set(profiles)
    }


def given(value: str, **variables: str) -> str:
    """Return a value of compose.yaml with its `${NAME:-default}` filled in."""
    return re.sub(r"\$\{(\w+):-([^}]*)\}", lambda found: variables.get(found[1]) or found[2], value)


@contextmanager
def answering(status: int) -> Iterator[int]:
    """Yield the port of a server that answers every GET with this status."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_the_image_runs_bugle_as_a_user_of_its_own() -> None:
    """The last stage runs `bugle run`, not as root, in the folder that keeps SQLite's file."""
    assert json.loads(instructions("CMD")[-1]) == ["bugle", "run"]
    assert instructions("USER") == ["bugle"]
    assert FINAL.index("\nUSER ") < FINAL.index("\nCMD ")
    assert instructions("WORKDIR") == instructions("VOLUME") == ["/data"]
    assert "HTTP_HOST=0.0.0.0" in instructions("ENV")[0]


def test_the_image_holds_nothing_that_builds() -> None:
    """The last stage starts anew, installs nothing, and takes only what the first one made."""
    assert re.search(r"^FROM \S+-slim AS builder$", DOCKERFILE, re.MULTILINE)
    assert FINAL.startswith("\nFROM python:${PYTHON}-slim\n")
    assert [line for line in instructions("RUN") if "pip" in line or "apt" in line] == []
    assert instructions("COPY") == ["--from=builder /opt/bugle /opt/bugle"]
    assert "venv --without-pip" in DOCKERFILE
    assert "--require-hashes -r requirements.lock" in DOCKERFILE


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_asks_healthz(status: int, code: int) -> None:
    """The image's own health check passes when /healthz says 200, and fails when it does not."""
    check = json.loads(re.findall(r"^HEALTHCHECK .*?CMD (\[.+\])$", FINAL, re.MULTILINE)[0])
    assert check[0] == "python"
    with answering(status) as port:
        asked = subprocess.run([sys.executable, *check[1:]], env={"HTTP_PORT": str(port)}, check=False)
    assert asked.returncode == code


def test_nothing_secret_enters_the_image() -> None:
    """Only what the wheel is made of is sent to the builder: no .env, no bugle.toml, no database."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    let_in = {rule[1:] for rule in rules if rule.startswith("!")}
    assert rules[0] == "*"
    folders = set(re.findall(r'"(\w+)"', re.findall(r"^packages = (\[.+\])$", pyproject(), re.MULTILINE)[0]))
    assert let_in == folders | {
        "pyproject.toml", "requirements.lock", "requirements-dev.lock", "README.md", "LICENSE",
    }  # fmt: skip


def pyproject() -> str:
    """Return pyproject.toml up to what concerns other tools than the wheel's."""
    return (ROOT / "pyproject.toml").read_text("utf-8").partition("[tool.pytest]")[0]


def test_the_wheel_holds_what_a_run_needs(tmp_path: Path) -> None:
    """Migrations and every other file that is read at run time are in the wheel; tests are not."""
    built = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(built, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    folders = re.findall(r'"(\w+)"', re.findall(r"^packages = (\[.+\])$", pyproject(), re.MULTILINE)[0])
    needed = {path for path in kept.splitlines() if path.split("/")[0] in folders and (ROOT / path).exists()}
    assert "storage/migrations/versions/0001_backbone.py" in needed
    assert needed - held == set()
    assert not [path for path in held if path.startswith("tests/")]


def test_one_bugle_starts_on_sqlite() -> None:
    """Without a profile there is one Bugle whose database is a file in a volume."""
    assert started() == {"bugle"}
    bugle = composition()["services"]["bugle"]
    assert given(bugle["environment"]["DATABASE_URL"]) == "sqlite:////data/bugle.db"
    assert "bugle-data:/data" in bugle["volumes"]
    assert "bugle-data" in composition()["volumes"]


def test_two_bugles_start_on_one_postgresql() -> None:
    """With the profile there are two on the same database, both after PostgreSQL is healthy."""
    assert started("replicas") == {"bugle", "bugle-2", "postgres"}
    services = composition()["services"]
    replicas = [services["bugle"], services["bugle-2"]]
    url = "postgresql://bugle:secret@postgres/bugle"
    assert {given(one["environment"]["DATABASE_URL"], DATABASE_URL=url) for one in replicas} == {url}
    assert {one["depends_on"]["postgres"]["condition"] for one in replicas} == {"service_healthy"}
    assert services["bugle"]["depends_on"]["postgres"]["required"] is False  # it is not there when alone
    assert "pg_isready" in services["postgres"]["healthcheck"]["test"]
    published = [port.rpartition(":")[0] for one in replicas for port in one["ports"]]
    assert len(set(published)) == 2
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_a_second_bugle_without_a_shared_database_refuses_to_start() -> None:
    """Where DATABASE_URL was forgotten the second Bugle stops with the fix, and nothing is done twice."""
    told = composition()["services"]["bugle-2"]["environment"]["DATABASE_URL"]
    with pytest.raises(Exception, match="DATABASE_URL is not a database Bugle knows"):
        read_settings({"DATABASE_URL": given(told)})


def test_every_bugle_has_its_settings_and_decisions() -> None:
    """Each Bugle reads .env, finds bugle.toml where it is mounted, and listens where it is published."""
    services = composition()["services"]
    for one in (services["bugle"], services["bugle-2"]):
        assert one["env_file"][0]["path"] == ".env"
        mounted = [volume["target"] for volume in one["volumes"] if isinstance(volume, dict)]
        assert mounted == [one["environment"]["BUGLE_CONFIG"]]
        assert f"HTTP_HOST={one['environment']['HTTP_HOST']}" in instructions("ENV")[0]
        assert one["ports"][0].endswith(f":{one['environment']['HTTP_PORT']}")
