"""The page for people, used by mouse and keyboard."""

import re
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from bot.manifest import manifest
from sandbox.page.server import FILES
from sandbox.server import Sandbox
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import HAPPENED, engineer
from tests.harness import World
from tests.sandbox.page.browsing import become, choose, messages, types


def test_the_page_and_all_it_loads_are_served(sandbox: Sandbox) -> None:
    """The page, its styles and every module that a module imports are there, with their media types."""
    with httpx.Client(base_url=sandbox.url, trust_env=False) as client:
        html = client.get("/")
        assert html.headers["content-type"].startswith("text/html")
        waiting = re.findall(r'(?:src|href)="(/page/[^"]+)"', html.text)
        served: dict[str, str] = {}
        while waiting:
            path = waiting.pop()
            answer = client.get(path)
            assert answer.status_code == 200, path
            served[path] = answer.headers["content-type"].partition(";")[0]
            modules = re.findall(r'from "\./(\w+\.js)"', answer.text)
            waiting += [f"/page/{one}" for one in modules if f"/page/{one}" not in served]
    assert {served[path] for path in served if path.endswith(".js")} == {"text/javascript"}
    assert {served[path] for path in served if path.endswith(".css")} == {"text/css"}
    assert {f"/page/{one.relative_to(FILES)}" for one in FILES.rglob("*.*")} == {*served, "/page/index.html"}


def test_a_bug_is_filed_by_mouse_and_keyboard(page: Page, world: World, tmp_path: Path) -> None:
    """A rep files a bug on the page and sees the card, the issue and, as the engineer, the ping to take."""
    with BotProcess(world.url, tmp_path, f"sqlite:///{tmp_path / 'bugle.db'}"):
        types(page, "/bug the card is charged twice")
        form = page.get_by_role("dialog", name="Report a bug")
        expect(form.get_by_label("What happened")).to_have_value(re.compile("the card is charged twice"))
        choose(page, "Area", "Payment", search="pay")
        choose(page, "Impact", "Blocks their work")
        form.get_by_role("button", name="File").click()
        expect(form.get_by_text("This field is required")).to_be_visible()
        choose(page, "Workaround", "None known")
        form.get_by_label("What happened").fill(HAPPENED.format(actual="The card is charged twice"))
        page.keyboard.press("Control+Enter")
        expect(form).to_have_count(0)
        page.get_by_role("navigation").get_by_role("button", name="shop-bugs").click()
        messages(page).get_by_role("link", name="SHOP-1").click()
        jira = page.get_by_role("complementary", name="Jira")
        expect(jira.get_by_role("heading", name="Payment: The card is charged twice")).to_be_visible()
        expect(jira.get_by_label("Description")).to_contain_text("Put two items into the basket")
        name = world.name(engineer(world))
        expect(page.get_by_role("radio", name=f"{name}, Engineer, new messages")).to_be_attached()
        become(page, name)
        expect(page.get_by_label("Message Bugle")).to_be_visible()
        messages(page).get_by_role("button", name="Take").click()
        expect(messages(page)).to_contain_text(f"Taken by @{name}")
        expect(jira.locator("dl")).to_contain_text(f"Assignee{name}")


def test_a_failed_command_says_why_and_keeps_the_text(page: Page) -> None:
    """Without a bot to answer, the person reads Slack's error, and what was typed is still there."""
    types(page, "/bug the basket is empty")
    expect(page.get_by_role("status")).to_contain_text('/bug failed with the error "')
    expect(page.get_by_label("Message #support")).to_have_value("/bug the basket is empty")


def test_people_talk_and_work_in_jira(page: Page, world: World) -> None:
    """Messages, threads, edits and reactions show without a reload; issues move and take comments."""
    types(page, "Lumen cannot pay")
    sent = messages(page).get_by_role("article").first
    expect(sent).to_contain_text("Lumen cannot pay")
    sent.hover()
    sent.get_by_role("button", name="React with eyes").click()
    expect(sent.get_by_role("button", name="eyes, 1")).to_have_attribute("aria-pressed", "true")
    sent.get_by_role("button", name="Reply in thread").click()
    types(page, "Since this morning", into="Write a reply")
    expect(sent).to_contain_text("1 reply")
    ts = world.channel("C0SUPPORT", seen_by="U0ANA").messages("Lumen")[0].ts
    world.post("/slack/as/U0ANA/edit", {"channel": "C0SUPPORT", "ts": ts, "text": "Lumen can pay"})
    expect(sent).to_contain_text("Lumen can pay")
    expect(sent).to_contain_text("(edited)")
    world.post("/jira/as/elsa/issues", {"project": "SHOP", "summary": "Slow search"})
    jira = page.get_by_role("complementary", name="Jira")
    jira.get_by_role("button", name="Slow search").click()
    jira.get_by_role("button", name="In Progress").click()
    expect(jira.get_by_role("button", name="In Review")).to_be_visible()
    jira.get_by_label("Comment").fill("Looking *now*")
    jira.get_by_role("button", name="Comment").click()
    expect(jira.locator(".comments strong", has_text="now")).to_be_visible()


def test_the_clock_moves_for_everybody(page: Page, world: World) -> None:
    """The clock's buttons move the business time, and what is said of time on the page."""
    world.post("/jira/as/elsa/issues", {"project": "SHOP", "summary": "Slow search"})
    become(page, "Elsa Lind")
    page.get_by_role("button", name="Slow search").click()
    page.get_by_role("button", name="Move the clock by one hour").click()
    expect(page.get_by_role("complementary", name="Jira").locator("dl")).to_contain_text("1 hour ago")
    assert world.get("/clock")["offset"] == 3600


def test_somebody_of_another_company_sees_what_is_shared_alone(page: Page, world: World) -> None:
    """Olga of Lumen sees the shared channel: no other, no app, no command or shortcut of it, no Jira."""
    world.set_app(manifest=manifest())
    expect(page.get_by_role("complementary", name="Jira")).to_be_visible()
    become(page, "Olga Petrov")
    side = page.get_by_role("navigation", name="Conversations")
    rooms = side.get_by_role("button")
    expect(rooms).to_have_count(1)
    expect(rooms).to_contain_text("ext-lumen-retail")
    expect(page.get_by_role("navigation", name="Conversations")).to_contain_text(
        "all that Harbor shares with you"
    )
    expect(page.get_by_role("complementary", name="Jira")).to_be_hidden()
    page.get_by_label("Message #ext-lumen-retail").press_sequentially("/")
    expect(page.get_by_role("listbox", name="Commands")).to_be_hidden()
    page.get_by_role("button", name="Shortcuts").click()
    expect(page.get_by_role("menu")).to_contain_text("for Harbor’s people")
