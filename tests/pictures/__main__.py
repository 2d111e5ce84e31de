"""`make pictures`: take the pictures of the documentation from the running product, into docs/img/.

The sandbox and the real bot run as they do for people; the pictures are what a browser shows of them.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.manifest import manifest
from sandbox.server import Sandbox
from tests.e2e.bot_process import ROOT, BotProcess
from tests.e2e.outside import SHARED, previewed
from tests.e2e.reporting import engineer, expect_card, expect_issue
from tests.e2e.rotations import edited
from tests.e2e.telling import expect_told, keep_lumen, pass_on
from tests.harness.waiting import eventually
from tests.harness.world import World
from tests.pictures.customers import decided, gathered, passed_on, said_by_olga
from tests.pictures.loops import ended, shown
from tests.pictures.story import ANA, BEN, CHEN, REPS, Rep
from tests.sandbox.page.browsing import messages
from tests.sandbox.page.conftest import ARGUMENTS, CHROMIUM

SIZE = {"width": 1440, "height": 900}
TALL = {"width": 1440, "height": 1500}  # a form in one piece


def main(folder: Path) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with running() as (world, browser):
        gallery = Gallery(world, browser, folder)
        for rep in REPS:
            world.set_person(rep.user, locale=rep.locale)
        for rep in REPS:
            gallery.form(rep)
        for rep in REPS:
            gallery.check_step(rep)
        gallery.card_and_ping()
        gallery.customer_issue()
        for rep in REPS:
            gallery.home(rep.user, rep.language)
        gallery.home(engineer(world), "engineer")
        gallery.rotation()
        gallery.outside()
        gallery.hand_off()
        gallery.fairness()
        gallery.digest()
        gallery.loops()


@contextmanager
def running() -> Iterator[tuple[World, Browser]]:
    """Yield the sandbox with the bot connected to it, and a browser."""
    sandbox = Sandbox()
    sandbox.start()
    try:
        with tempfile.TemporaryDirectory() as folder, World(sandbox.url) as world, sync_playwright() as play:
            world.set_app(manifest=manifest())
            path = Path(folder)
            with BotProcess(sandbox.url, path, f"sqlite:///{path / 'bugle.db'}"):
                keep_lumen(path)
                browser = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
                yield world, browser
                browser.close()
    finally:
        sandbox.stop()


class Gallery:
    """Takes pictures of one running product."""

    def __init__(self, world: World, browser: Browser, folder: Path) -> None:
        self.world = world
        self._browser = browser
        self._folder = folder

    def form(self, rep: Rep) -> None:
        """Show the form as it opens, then what it says about a text that cannot be acted on; file it then."""
        with self._page(rep.user, "C0SUPPORT", size=TALL) as page:
            form = rep.opens_form(self.world)
            dialog = page.get_by_role("dialog")
            expect(dialog).to_be_visible()
            self._save(dialog, f"form-{rep.language}")
            rep.fills(form, rep.actual).submit()
            self._settle(page)
            self._save(dialog, f"form-errors-{rep.language}")
            form.fill(rep.t("What happened"), rep.told())
            result = form.submit()
            if not result.closed:
                self.world.person(rep.user).form().submit()
        expect_card(self.world, rep.actual)
        expect_issue(self.world, rep.actual)

    def check_step(self, rep: Rep) -> None:
        """Show what is pointed out about a report of the same bug that holds a card's number."""
        with self._page(rep.user, "C0SUPPORT", size=TALL) as page:
            form = rep.opens_form(self.world)
            rep.fills(form, rep.told(actual=f"{rep.actual}: 4111 1111 1111 1111")).submit()
            self._settle(page)
            self._save(page.get_by_role("dialog"), f"check-{rep.language}")
            while self.world.person(rep.user).views():
                self.world.person(rep.user).form().close()

    def card_and_ping(self) -> None:
        """Show the card in its channel, its thread, and the ping of the engineer on duty."""
        holder = engineer(self.world)
        card = expect_card(self.world, BEN.actual)
        card.click("Take", by=holder)
        expect_card(self.world, BEN.actual).expect_text("Taken by")
        with self._page("U0IRIS", "C0SHOPBUGS") as page:
            expect(messages(page)).to_contain_text(CHEN.actual)
            self._save(page, "card")
        direct = self.world.dm(holder).id
        with self._page(holder, direct) as page:
            expect(messages(page)).to_contain_text(ANA.actual)
            self._save(page, "ping")

    def customer_issue(self) -> None:
        """Show how what a customer says in their channel is passed on, and becomes a bug."""
        self.world.set_person(ANA.user, locale="en-GB")
        said = said_by_olga(self.world)
        with self._page(ANA.user, "C0LUMEN", size=TALL) as page:
            card = passed_on(self.world, page, partial(self._settled, page), said)
        with self._page("U0IRIS", "C0SHOPBUGS") as page:
            decided(page, partial(self._settled, page), card.seen_by("U0IRIS"))
        self.world.set_person(ANA.user, locale=ANA.locale)

    def digest(self) -> None:
        """Show what customers said within an hour as who decides about products reads it; moves the clock."""
        self.world.set_person("U0HUGO", locale="en-GB")
        self.world.set_person(ANA.user, locale="en-GB")
        with self._page("U0HUGO", "C0VOICES") as page:
            gathered(self.world, page, partial(self._settled, page))

    def loops(self) -> None:
        """Show which customers a rep has to tell how a bug ended, and what; moves the clock."""
        self.world.set_person(ANA.user, locale="en-GB")
        told = ended(self.world)
        with self._page(ANA.user, self.world.dm(ANA.user).id, size=TALL) as page:
            shown(self.world, page, partial(self._settled, page), told)

    def home(self, user: str, name: str) -> None:
        """Show somebody's Home tab."""
        with self._page(user, "C0SUPPORT") as page:
            page.get_by_text("Home", exact=True).click()
            self._settle(page)
            self._save(page, f"home-{name}")

    def hand_off(self) -> None:
        """Show the open bugs that an engineer passes on at the end of a week, and what the next one gets."""
        leaver = engineer(self.world)
        for each in ("U0ELSA", "U0DIEGO", "U0FANG"):
            self.world.set_person(each, locale="en-GB")
        for rep in REPS:
            card = expect_card(self.world, rep.actual)
            if "Take" in card.buttons:
                card.click("Take", by=leaver)
                card.expect_no_button("Take")
        self.world.advance(timedelta(days=7).total_seconds())
        taker = engineer(self.world)
        left = self.world.dm(leaver).expect_message("Your shift in *Shop bugs* is over", within=30)
        left.click("Keep it")
        left.expect_text("You keep it.").click("Pass all on")
        left.expect_text("has not accepted it yet")
        self.world.dm(taker).expect_message("These are passed on to you", within=30)
        for user, name in ((leaver, "hand-off"), (taker, "hand-off-taken")):
            with self._page(user, self.world.dm(user).id) as page:
                self._settle(page)
                self._save(page, name)

    def outside(self) -> None:
        """Show what a rep sees before a customer is told, and the channel as the customer sees it then."""
        quote, sentence = (
            "Orders of more than ten lines are charged twice",
            "We are sorry. Refunds go out today.",
        )
        self.world.person("U0XOLGA").says(f"Hello, since Monday we see this: {quote.lower()}", SHARED)
        assert pass_on(self.world, quote).closed
        told = expect_told(self.world, quote, seen_by="U0ANA")
        with self._page("U0ANA", SHARED, size=TALL) as page:
            preview = previewed(told, sentence)
            self._settle(page)
            self._save(page.get_by_role("dialog", name="What they will read"), "outside-preview")
            assert preview.submit().closed
        self.world.channel(SHARED, seen_by="U0XOLGA").expect_message(sentence)
        with self._page("U0XOLGA", SHARED) as page:
            expect(messages(page)).to_contain_text(sentence)
            self._settle(page)
            self._save(page, "outside")

    def rotation(self) -> None:
        """Show the list of rotations, the form of one, its further settings, and its shifts as a picture."""
        self.world.set_person("U0IRIS", locale="en-US")
        with self._page("U0IRIS", "C0SHOPBUGS", size=TALL) as page:
            listed = self.world.person("U0IRIS").types("/rotation", channel="C0SHOPBUGS")
            dialog = page.get_by_role("dialog")
            self._settle(page)
            self._save(dialog, "rotation-list")
            form = edited(listed, "shop-bugs")
            self._settle(page)
            self._save(dialog, "rotation-form")
            further = form.click("More settings").opens("More settings")
            self._settle(page)
            self._save(dialog, "rotation-settings")
            further.close()
            form.click("Show as a picture").opens("Coming shifts")
            expect(dialog.get_by_role("img")).to_be_visible()
            self._settle(page)
            self._save(dialog, "rotation-calendar")

    def fairness(self) -> None:
        """Show how the duty of the last four weeks was shared, as numbers and as a picture; time passes."""
        self.world.advance(timedelta(days=20).total_seconds())
        with self._page("U0IRIS", "C0SHOPBUGS", size=TALL) as page:
            person = self.world.person("U0IRIS")
            listed = person.types("/rotation", channel="C0SHOPBUGS")
            row = {"block_id": "rotation_row:shop-bugs", "action_id": "rotation_fairness"}
            person.does(f"view/{listed.id}/action", **row, value="shop-bugs").opens("Fairness")
            dialog = page.get_by_role("dialog")
            expect(dialog.get_by_role("img")).to_be_visible(timeout=20_000)
            self._settle(page)
            self._save(dialog, "fairness")

    @contextmanager
    def _page(self, user: str, channel: str, *, size: dict[str, int] = SIZE) -> Iterator[Page]:
        page = self._browser.new_page(viewport=size)  # type: ignore[arg-type]
        page.goto(f"{self.world.url}/?as={user}&channel={channel}")
        expect(page.get_by_role("log", name="Messages")).to_be_visible()
        yield page
        page.close()

    def _settle(self, page: Page) -> None:
        seen: list[str] = []

        def unchanged() -> bool:
            seen.append(page.inner_html("body"))
            return len(seen) > 4 and len(set(seen[-4:])) == 1

        eventually(unchanged, every=0.2, what="the page to come to rest")

    def _settled(self, page: Page, shown: Page | Locator, name: str) -> None:
        self._settle(page)
        self._save(shown, name)

    def _save(self, shown: Page | Locator, name: str) -> None:
        shown.screenshot(path=self._folder / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img")
