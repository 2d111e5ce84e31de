"""A bug that many customers told us of, and the reps who have to tell each of them how it ended."""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.customer import Profile
from domain.customer_issue import Origin, State, Told
from domain.loop import Loop
from storage import customer_issues, customers, loops, reports
from storage.database import Database
from storage.tables import loops as kept
from tests.e2e.reporting import expect_issue, issues, report
from tests.harness.cards import Card
from tests.harness.waiting import eventually
from tests.harness.world import World

WRONG = "The card is charged twice"


def customer(number: int, owner: str | None, language: str = "en", **more: Any) -> Profile:
    """Return a customer of the directory; those with small numbers weigh most."""
    value = 1_000_000 - 1000 * number
    told = {"tier": "enterprise", "value": value, "owner": owner, "language": language}
    return Profile(f"c{number:03}", f"Customer {number:03}", **{**told, **more})


class Bug:
    """A filed report whose issue is in Jira, and what customers told us of it."""

    def __init__(self, world: World, url: str, wrong: str = WRONG, *, by: str = "U0ANA") -> None:
        self.world, self.url = world, url
        report(world, wrong, by=by)
        self.key: str = expect_issue(world, wrong)["key"]
        eventually(lambda: self._id() is not None, what="the report to know its issue")
        self.id = str(self._id())

    def told_by(self, profiles: Sequence[Profile], *, by: str | None = "U0ANA", quote: str = "") -> list[str]:
        """Let these customers have told us of it; return their customer issues."""
        found = []
        with closing(Database(self.url)) as database, database.transaction() as tx:
            now = datetime.fromisoformat(self.world.get("/clock")["now"])
            for each in profiles:
                who = customers.keep_profile(tx, each, now)
                nonce = f"{self.key}:{each.key}:{quote}"
                told = Told(nonce, Origin.FORM, "shop", quote or "We pay twice", who.id, brought_by=by)
                decided = {"state": State.BUG, "report": self.id, "settled_by": by, "settled_at": now}
                issue = customer_issues.add(tx, told, now, **decided)
                assert issue is not None
                found.append(issue.id)
        return found

    def does(self, deed: str, **asked: Any) -> None:
        """Let Iris do something with the issue in Jira."""
        self.world.post(f"/jira/as/iris@harbor.example/issues/{self.key}/{deed}", asked)

    def known(self) -> None:
        """Wait until Bugle has heard of the issue: changes from then on are followed."""
        self.does("transition", to="In Progress")
        self.minutes(self._tracked, "the issue to be known")

    def done(self, resolution: str = "Fixed") -> None:
        """Let the issue be done in Jira."""
        self.does("transition", to="Done", resolution=resolution)

    def minutes(self, look: Callable[[], Any], what: str) -> Any:
        """Let minutes pass until something is there: Jira's search shows a change only after a while."""

        def a_minute_later() -> Any:
            self.world.advance(60)
            with suppress(AssertionError):
                return eventually(look, within=2)
            return None

        return eventually(a_minute_later, within=30, what=what)

    def expect_message(self, person: str, text: str) -> Card:
        """Wait, while minutes pass, for the message to a rep about it."""

        def look() -> Card | None:
            found = [each for each in self.world.dm(person).messages(text) if self.key in each.text]
            return found[-1] if found else None

        found: Card = self.minutes(look, f"{text!r} about {self.key} to {person}")
        return found

    def is_done(self) -> bool:
        """Tell whether its issue is done in Jira."""
        found = next(each for each in issues(self.world) if each["key"] == self.key)
        return bool(found["fields"]["status"]["statusCategory"]["key"] == "done")

    def loops(self) -> list[Loop]:
        """Return the loops that are kept of it."""
        with closing(Database(self.url)) as database, database.reading() as tx:
            rows = tx.execute(kept.select().where(kept.c.report == self.id)).mappings()
            return [loops.loop_of(row) for row in rows]

    def _id(self) -> str | None:
        with closing(Database(self.url)) as database, database.reading() as tx:
            found = reports.of_issue(tx, self.key)
        return found.id if found else None

    def _tracked(self) -> bool:
        cards = self.world.channel("C0SHOPBUGS").messages(self.key)
        return any("In Jira: *In Progress*" in each.text for each in cards)


def database_url(folder: Path) -> str:
    """Return where the bot of a story keeps what it remembers."""
    return f"sqlite:///{folder / 'bugle.db'}"
