"""A hundred thousand effects for later: what is due is still found without looking at them all."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from storage.effects import forget_finished, lag
from tests.storage.stage import Stage, effect

MANY = 100_000
NUMBERS = {
    "sqlite": "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :many) "
    "SELECT n FROM number",
    "postgresql": "SELECT n FROM generate_series(1, :many) AS number(n)",
}


@pytest.fixture
def crowded(stage: Stage) -> Stage:
    """Return a stage with a hundred thousand effects for tomorrow, and one that is due."""
    stage.decide(effect("due"), effect("tomorrow", at=stage.clock.now() + timedelta(days=1)))
    columns = "kind, args, state, due_at, decided_at, tries"
    with stage.database.transaction() as tx:
        numbers = NUMBERS[tx.dialect.name]
        copies = text(
            f"INSERT INTO effects (key, lane, {columns}) "  # noqa: S608  (all of it is written here)
            f"SELECT 'copy ' || n, 'lane ' || n % 1000, {columns} "
            f"FROM effects CROSS JOIN ({numbers}) AS numbers WHERE key = 'tomorrow'"
        )
        tx.execute(copies, {"many": MANY})
    if not stage.database.is_sqlite:
        with stage.database.transaction() as tx:
            tx.execute(text("ANALYZE effects"))  # as its autovacuum does by itself
    return stage


def plan_of(stage: Stage, act: Any, start: str) -> str:
    """Do something, and return how the database goes about the statement that begins so."""
    plans: list[str] = []
    explain = "EXPLAIN QUERY PLAN" if stage.database.is_sqlite else "EXPLAIN"

    def ask(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(start):
            cursor.execute(f"{explain} {statement}", parameters)
            plans.extend(" ".join(map(str, line)) for line in cursor.fetchall())

    event.listen(stage.database.engine, "before_cursor_execute", ask)
    act()
    event.remove(stage.database.engine, "before_cursor_execute", ask)
    return "\n".join(plans)


def test_a_claim_looks_only_at_what_is_due(crowded: Stage) -> None:
    """A claim goes by the indexes of what is due and of lanes, and by nothing that knows of the others."""
    claimed = []
    plan = plan_of(crowded, lambda: claimed.extend(crowded.claim()), "SELECT effects.id")
    assert [each.key for each in claimed] == ["due"]
    assert "ix_effects_due" in plan
    assert "ix_effects_lane" in plan
    assert "SCAN effects" not in plan
    assert "Seq Scan" not in plan


def test_lag_looks_only_at_the_most_overdue(crowded: Stage) -> None:
    """What is asked at each scrape of the metrics takes one look at the index."""

    def ask() -> None:
        with crowded.database.reading() as tx:
            assert lag(tx, crowded.clock.now()) == timedelta(0)

    plan = plan_of(crowded, ask, "SELECT effects.due_at")
    assert "ix_effects_due" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_forgetting_does_not_look_at_what_waits(crowded: Stage) -> None:
    """What is over is deleted by way of its own index."""

    def forget() -> None:
        with crowded.database.transaction() as tx:
            assert forget_finished(tx, crowded.clock.now()) == 0

    assert "ix_effects_over" in plan_of(crowded, forget, "DELETE FROM effects")
