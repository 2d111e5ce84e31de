"""Searching for texts that are alike, on both databases: what waits, what is indexed, what has left."""

import random

import pytest
from sqlalchemy import func, select

from domain.likeness import terms_of
from storage import similar
from storage.database import Database
from storage.similar import Alike
from storage.tables import documents, postings, term_counts
from tests.storage.stage import Stage

TWICE = "The card is charged twice when the customer presses Pay again after a timeout"
BLANK = "The invoice prints blank pages on the kitchen printer"
SEARCH = "Searching for a product by its number shows nothing"
WORDS = [
    first + second + third
    for first in "bcdfglmnpr"
    for second in "aeiou"
    for third in ("ck", "nd", "rt", "lp")
]


def keep(database: Database, product: str = "shop", **said: str) -> None:
    """Keep issues by id with what they say."""
    with database.transaction() as tx:
        similar.keep_issues(tx, product, {issue: terms_of(each) for issue, each in said.items()})


def forget(database: Database, *ids: str) -> None:
    """Forget issues of the shop."""
    with database.transaction() as tx:
        similar.forget_issues(tx, "shop", ids)


def settle(database: Database) -> None:
    """Bring the index up to date."""
    more = True
    while more:
        with database.transaction() as tx:
            more = similar.settle(tx)


def ask(database: Database, asked: str, product: str = "shop", limit: int = 5) -> list[Alike]:
    """Return what is alike."""
    with database.reading() as tx:
        return similar.search(tx, product, terms_of(asked), limit).alike


def found(database: Database, asked: str, product: str = "shop") -> list[str | None]:
    """Return the ids of the issues that are alike, best first."""
    return [each.issue for each in ask(database, asked, product)]


def index_of(database: Database) -> tuple[int, int]:
    """Return how many postings there are, and how many times a document counts for a term."""
    with database.reading() as tx:
        kept = tx.scalar(select(func.count()).select_from(postings))
        counted = tx.scalar(select(func.coalesce(func.sum(term_counts.c.documents), 0)))
    return int(kept or 0), int(counted or 0)


@pytest.mark.parametrize("indexed", [False, True])
def test_what_is_alike_is_found_best_first(database: Database, indexed: bool) -> None:
    """A document is found from the moment it is kept, before and after it is taken into the index."""
    keep(database, a=TWICE, b=BLANK, c=SEARCH, d="The invoice shows the card")
    if indexed:
        settle(database)
    assert found(database, "Printing an invoice gives blank pages") == ["b", "d"]
    assert found(database, "card charged twice after timeout")[0] == "a"
    assert found(database, "Nobody knows about this") == []
    assert found(database, "the of !!!") == []


def test_waiting_and_indexed_are_ranked_together(database: Database) -> None:
    """What was added just now competes with what is in the index by the same measure."""
    keep(database, old=BLANK, other=SEARCH)
    settle(database)
    keep(database, new=BLANK)
    alike = ask(database, BLANK)
    assert {each.issue for each in alike} == {"old", "new"}
    assert alike[0].likeness == pytest.approx(alike[1].likeness)
    assert alike[0].likeness > 1


def test_products_do_not_see_each_other(database: Database) -> None:
    """Neither documents nor counts of one product play a part in another's search."""
    keep(database, "shop", a=BLANK)
    keep(database, "pay", b=BLANK)
    for _ in range(2):
        assert found(database, BLANK) == ["a"]
        assert found(database, BLANK, "pay") == ["b"]
        settle(database)


def test_what_is_forgotten_is_found_no_more(database: Database) -> None:
    """It leaves at once, indexed or not, and later its traces in the index do too."""
    keep(database, a=TWICE, b=BLANK)
    settle(database)
    keep(database, c=BLANK)
    forget(database, "b", "c", "unknown")
    assert found(database, BLANK) == []
    settle(database)
    assert found(database, BLANK) == []
    said = len(terms_of(TWICE))
    assert index_of(database) == (said, said + 1)  # one more, which counts the documents
    with database.reading() as tx:
        assert list(tx.scalars(select(documents.c.issue))) == ["a"]


def test_what_is_said_otherwise_replaces_what_was_said(database: Database) -> None:
    """An edited issue is found by its new text only; keeping the same text again changes nothing."""
    keep(database, a=TWICE)
    settle(database)
    keep(database, a=BLANK)
    assert found(database, TWICE) == []
    assert found(database, BLANK) == ["a"]
    settle(database)
    with database.reading() as tx:
        before = tx.execute(select(documents)).all()
    keep(database, a=BLANK)
    settle(database)
    assert found(database, BLANK) == ["a"]
    with database.reading() as tx:
        assert tx.execute(select(documents)).all() == before
    keep(database, a=TWICE)
    keep(database, a=BLANK)
    settle(database)
    assert found(database, BLANK) == ["a"]
    assert index_of(database) == (len(terms_of(BLANK)), len(terms_of(BLANK)) + 1)


def test_candidates_are_chosen_by_rare_terms(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many documents say a common word, those with the rare ones are found and little is read."""
    monkeypatch.setattr(similar, "MOST_POSTINGS", 10)
    keep(database, **{f"n{number}": f"checkout checkout {WORDS[number]}" for number in range(60)})
    keep(database, it="A checkout by the overworked zebra ends in a very long error text without meaning")
    settle(database)
    assert found(database, "zebra checkout")[0] == "it"


def test_a_big_collection_finds_a_text_by_parts_of_it(database: Database) -> None:
    """Among hundreds of documents, half of one's words find it as the first."""
    random_ = random.Random(7)  # noqa: S311 - the same texts each time
    texts = {f"n{number}": " ".join(random_.choices(WORDS, k=30)) for number in range(300)}
    keep(database, **texts)
    settle(database)
    for issue in ("n0", "n150", "n299"):
        assert found(database, " ".join(texts[issue].split()[:15]))[0] == issue


def test_what_came_after_a_search_is_told_by_itself(database: Database) -> None:
    """Only what is likely and of the same product counts, indexed by then or not, and what left does not."""
    keep(database, a=BLANK)
    with database.reading() as tx:
        before = similar.search(tx, "shop", terms_of(TWICE), 5)

    def has_more() -> bool:
        with database.reading() as tx:
            return similar.has_likely_since(tx, "shop", before)

    assert not has_more()
    keep(database, b=SEARCH)
    keep(database, "pay", c=TWICE)
    assert not has_more()
    keep(database, d=TWICE)
    assert has_more()
    settle(database)
    assert has_more()
    forget(database, "d")
    assert not has_more()


def test_what_takes_the_place_of_the_newest_came_after_it(database: Database) -> None:
    """SQLite gives the number of a document that left to the next one: it is compared all the same."""
    keep(database, a=BLANK, b=SEARCH)
    with database.reading() as tx:
        before = similar.search(tx, "shop", terms_of(TWICE), 5)
    forget(database, "b")
    keep(database, c=TWICE)
    with database.reading() as tx:
        assert similar.has_likely_since(tx, "shop", before)


def test_too_much_since_a_search_asks_for_another(database: Database) -> None:
    """Where very much has come, it is not compared one by one before an ack."""
    with database.reading() as tx:
        before = similar.search(tx, "shop", terms_of(TWICE), 5)
    keep(database, **{f"n{number}": BLANK for number in range(similar.MOST_WAITING + 1)})
    with database.reading() as tx:
        assert similar.has_likely_since(tx, "shop", before)


@pytest.mark.parametrize("said", ["\x00 nul", "\ud800 half a pair", "' OR 1=1 --", "%_\\", "🎉 مرحبا 付款"])
def test_odd_texts_are_kept_and_asked(database: Database, said: str) -> None:
    """Whatever was typed can be kept, indexed and asked."""
    keep(database, a=f"{said} zebra")
    settle(database)
    assert found(database, f"{said} zebra") == ["a"]


def test_two_replicas_do_not_settle_at_once(postgres_stage: Stage) -> None:
    """While one writes the index, another finds nothing to do; what it adds is settled afterwards."""
    stage = postgres_stage
    other = stage.another_database()
    keep(stage.database, a=TWICE, b=BLANK)
    with stage.database.transaction() as tx:
        similar.settle(tx)
        with other.transaction() as second:
            assert not similar.settle(second)
        keep(other, c=SEARCH)
    forget(other, "a")
    settle(other)
    assert (found(other, TWICE), found(other, BLANK), found(other, SEARCH)) == ([], ["b"], ["c"])


def test_an_issue_forgotten_while_it_is_settled_leaves(postgres_stage: Stage) -> None:
    """Who forgets waits for who settles, and the document is out of the index in the end."""
    stage = postgres_stage
    other = stage.another_database()
    keep(stage.database, a=TWICE)
    with other.transaction() as tx:
        similar.forget_issues(tx, "shop", ["a"])
        with stage.database.transaction() as second:
            similar.settle(second)  # skips what another changes
    settle(stage.database)
    assert found(stage.database, TWICE) == []
    assert index_of(stage.database)[0] == 0
