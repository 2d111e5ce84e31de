"""The page for people, used in a real browser by mouse and keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright
from slack_bolt import Ack

from bot.manifest import manifest
from sandbox.page.server import FILES
from sandbox.server import Sandbox
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import HAPPENED, engineer
from tests.harness import World, eventually
from tests.sandbox.slack.bolt import bolt_app, over_sockets

JSON = dict[str, Any]
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server",
]  # fmt: skip
in_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium")


@pytest.fixture
def world(sandbox: Sandbox) -> Iterator[World]:
    """Yield the sandbox with our app installed."""
    with World(sandbox.url) as opened:
        opened.set_app(manifest=manifest())
        yield opened


@pytest.fixture
def page(world: World) -> Iterator[Page]:
    """Yield the page as Ana has it open in #support; an error of its code fails the test."""
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


def messages(page: Page) -> Any:
    """Return the list of messages."""
    return page.get_by_role("log", name="Messages")


def types(page: Page, text: str, *, into: str = "Message #support") -> None:
    """Type a line and send it with Enter."""
    page.get_by_label(into).fill(text)
    page.keyboard.press("Enter")


def choose(page: Page, field: str, option: str, *, search: str = "") -> None:
    """Choose an option of a menu by mouse."""
    menu = page.get_by_role("dialog").get_by_role("combobox", name=field)
    menu.click()
    if search:
        menu.press_sequentially(search)
    page.get_by_role("option", name=option).click()


def become(page: Page, name: str) -> None:
    """Switch to another person by a click on them."""
    faces = page.get_by_role("group", name="Who you are")
    faces.get_by_text(name.split(" ", maxsplit=1)[0], exact=True).click()


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


@in_browser
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


@in_browser
def test_a_failed_command_says_why_and_keeps_the_text(page: Page) -> None:
    """Without a bot to answer, the person reads Slack's error, and what was typed is still there."""
    types(page, "/bug the basket is empty")
    expect(page.get_by_role("status")).to_contain_text('/bug failed with the error "')
    expect(page.get_by_label("Message #support")).to_have_value("/bug the basket is empty")


@in_browser
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


@in_browser
def test_the_clock_moves_for_everybody(page: Page, world: World) -> None:
    """The clock's buttons move the business time, and what is said of time on the page."""
    world.post("/jira/as/elsa/issues", {"project": "SHOP", "summary": "Slow search"})
    become(page, "Elsa Lind")
    page.get_by_role("button", name="Slow search").click()
    page.get_by_role("button", name="Move the clock by one hour").click()
    expect(page.get_by_role("complementary", name="Jira").locator("dl")).to_contain_text("1 hour ago")
    assert world.get("/clock")["offset"] == 3600


SLACK = [
    ("*bold* _it_ ~no~ `a*b*`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>a*b*</code>"),
    ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
    ("&lt;b&gt; <script>", "&lt;b&gt; script"),
    ("<javascript:alert(1)|press>", "press"),
    (
        "<https://x.example/a_b|*x*>",
        '<a href="https://x.example/a_b" target="_blank" rel="noreferrer">*x*</a>',
    ),
    ("<@U0HUGO> :bug:", '<span class="mention">@Hugo Vidal</span> 🐛'),
    ("> said\nthen", "<blockquote>said</blockquote>then"),
    ("```\na *b*\n```", "<pre>a *b*</pre>"),
    ("<!date^0^{date_num}|then>", "01/01/1970"),
]
JIRA = [
    ("h3. Steps", "<h4>Steps</h4>"),
    ("*bold* {{mono}} \\*not\\*", "<p><strong>bold</strong> <code>mono</code> *not*</p>"),
    ("# one\n## two\n# three", "<ol><li>one<ol><li>two</li></ol></li><li>three</li></ol>"),
    ("||Impact|a \\| b|", "<table><tr><th>Impact</th><td>a | b</td></tr></table>"),
    ("{code:java}\nx *y*\n{code}", "<pre>x *y*</pre>"),
    ("\\[~ana\\] &#92; <i>", "<p>[~ana] \\ &lt;i&gt;</p>"),
    ("[press|javascript:alert(1)]", "<p>[press|javascript:alert(1)]</p>"),
]
DRAW = """async ([module, name, text]) => {
    const draw = (await import(`/page/${module}.js`))[name];
    const box = document.createElement("div");
    box.append(...draw(text, (id) => id));
    for (const time of box.querySelectorAll("time")) time.replaceWith(time.textContent);
    return box.innerHTML;
}"""


@in_browser
def test_text_reads_as_slack_and_jira_show_it(page: Page) -> None:
    """Marks become elements, foreign text stays text, and nothing but web and mail addresses is a link."""
    become(page, "Elsa Lind")
    expect(page.get_by_label("Message #shop-bugs").or_(page.get_by_label("Message #general"))).to_be_visible()
    for text, shown in SLACK:
        assert page.evaluate(DRAW, ["mrkdwn", "mrkdwn", text]) == shown
    for text, shown in JIRA:
        assert page.evaluate(DRAW, ["wiki", "wiki", text]) == shown


def plain(text: str) -> JSON:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def field(label: str, kind: str, *, live: bool = False, **more: Any) -> JSON:
    """Return an input block called *label*; *live*: the app hears of it at once."""
    element = {"type": kind, "action_id": label.lower(), **more}
    block = {"type": "input", "block_id": label.lower(), "label": plain(label), "element": element}
    return {**block, "optional": True, "dispatch_action": live}


def every_field(note: str) -> JSON:
    """Return a form with every kind of field; *note* is what the app says about the first."""
    options = [{"text": plain(name), "value": name.lower()} for name in ("Alpha", "Beta")]
    typed = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    return {
        "type": "modal", "callback_id": "all", "title": plain("All"), "submit": plain("Send"),
        "blocks": [
            field("Counted", "plain_text_input", live=True, **typed) | {"hint": plain(note)},
            field("Long", "plain_text_input", multiline=True),
            field("One", "static_select", options=options),
            field("Customers", "multi_external_select", min_query_length=2),
            field("Person", "users_select"),
            field("Checks", "checkboxes", options=options),
            field("Radio", "radio_buttons", options=options),
            field("Day", "datepicker"),
            field("Moment", "datetimepicker"),
            field("Effort", "number_input", is_decimal_allowed=False),
            field("Link", "url_text_input"),
            field("Shots", "file_input", filetypes=["txt"]),
        ],
    }  # fmt: skip


@in_browser
def test_every_kind_of_field_reaches_the_app(page: Page, world: World) -> None:
    """What is typed and picked arrives as the app expects it, and outlives the app's updates and errors."""
    world.set_app(manifest=manifest())
    app, filed = bolt_app(world), []

    def opened(ack: Ack, body: JSON) -> None:
        ack()
        app.client.views_open(trigger_id=body["trigger_id"], view=every_field("nothing"))

    def counted(ack: Ack, body: JSON) -> None:
        ack()
        letters = len(body["actions"][0]["value"] or "")
        app.client.views_update(view_id=body["view"]["id"], view=every_field(f"{letters} letters"))

    def found(ack: Ack, payload: JSON) -> None:
        names = [name for name in ("Lumen Retail", "Luna Foods", "Acme") if payload["value"] in name.lower()]
        ack(options=[{"text": plain(name), "value": name} for name in names])

    def submitted(ack: Ack, view: JSON) -> None:
        filed.append(view["state"]["values"])
        ack() if len(filed) > 1 else ack(response_action="errors", errors={"person": "Not them"})

    app.command("/bug")(opened)
    app.action("counted")(counted)
    app.options("customers")(found)
    app.view("all")(submitted)
    with over_sockets(world, app):
        types(page, "/bug")
        form = page.get_by_role("dialog")
        form.get_by_label("Long").fill("kept")
        form.get_by_label("Counted").press_sequentially("abcdef", delay=30)
        expect(form).to_contain_text("6 letters")
        expect(form.get_by_label("Counted")).to_be_focused()
        choose(page, "One", "Beta")
        choose(page, "Customers", "Luna Foods", search="lu")
        choose(page, "Customers", "Acme", search="ac")
        page.keyboard.press("Escape")
        choose(page, "Person", "Elsa Lind", search="els")
        form.get_by_label("Alpha").first.check()
        form.get_by_role("radio", name="Beta").check()
        form.get_by_label("Day").fill("2026-12-31")
        form.get_by_label("Moment").fill("2026-12-31T10:30")
        form.get_by_label("Effort").fill("5")
        form.get_by_label("Link").fill("https://desk.example/1")
        form.get_by_label("Shots").set_input_files(
            {"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"}
        )
        form.get_by_role("button", name="Send").click()
        expect(form.get_by_text("Not them")).to_be_visible()
        expect(form.get_by_label("Long")).to_have_value("kept")
        form.get_by_role("button", name="Send").click()
        expect(form).to_have_count(0)
    sent = {name: next(iter(held.values())) for name, held in filed[-1].items()}
    assert (sent["counted"]["value"], sent["long"]["value"]) == ("abcdef", "kept")
    assert sent["one"]["selected_option"]["value"] == "beta"
    assert [one["value"] for one in sent["customers"]["selected_options"]] == ["Luna Foods", "Acme"]
    assert sent["person"]["selected_user"] == "U0ELSA"
    assert [one["value"] for one in sent["checks"]["selected_options"]] == ["alpha"]
    assert sent["radio"]["selected_option"]["value"] == "beta"
    assert sent["day"]["selected_date"] == "2026-12-31"
    assert sent["moment"]["selected_date_time"] == 1798709400
    assert (sent["effort"]["value"], sent["link"]["value"]) == ("5", "https://desk.example/1")
    assert [one["name"] for one in sent["shots"]["files"]] == ["a.txt"]


@in_browser
def test_escape_closes_a_form(page: Page, world: World) -> None:
    """Escape closes the form in front, and the app is told as by its button."""
    app, closed = bolt_app(world), []

    def opened(ack: Ack, body: JSON) -> None:
        ack()
        view = every_field("nothing") | {"notify_on_close": True}
        app.client.views_open(trigger_id=body["trigger_id"], view=view)

    def told(ack: Ack, body: JSON) -> None:
        ack()
        closed.append(body["is_cleared"])

    app.command("/bug")(opened)
    app.view_closed("all")(told)
    with over_sockets(world, app):
        types(page, "/bug")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert eventually(lambda: closed, what="the app to hear of it") == [False]
