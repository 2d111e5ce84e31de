"""The page open in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bot.manifest import manifest
from sandbox.server import Sandbox
from tests.harness import World

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server",
]  # fmt: skip


@pytest.fixture
def world(sandbox: Sandbox) -> Iterator[World]:
    """Yield the sandbox with our app installed."""
    with World(sandbox.url) as opened:
        opened.set_language("en-US")
        opened.set_app(manifest=manifest())
        yield opened


@pytest.fixture
def page(world: World) -> Iterator[Page]:
    """Yield the page as Ana has it open in #support; an error of its code fails the test."""
    if not CHROMIUM.exists():
        pytest.skip("there is no /usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        opened = browser.new_page(viewport={"width": 1440, "height": 900})
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.goto(f"{world.url}/?as=U0ANA&channel=C0SUPPORT")
        expect(opened.get_by_label("Message #support")).to_be_visible()
        yield opened
        browser.close()
    assert errors == []
