"""`bugle customers`, for one of them: merge, data, erase, audit."""

import json
import sys
from datetime import date

from bot.commands import context_of_commands
from bot.problems import Problem, SetupError
from domain.customer import Profile
from storage import customer_data, customers
from views import customer_requests as say
from workflows import erasing_customers, merging_customers, telling_data
from workflows.context import Context


def merge(key: str, into: str, *, sure: bool) -> int:
    """Merge a customer into another, after asking; 1 where nothing was done."""
    with context_of_commands() as ctx:
        leaving, staying = _found(ctx, key), _found(ctx, into)
        if leaving.id == staying.id:
            raise SetupError([Problem("into", "is the same customer", "name two that are not one yet")])
        if not (sure or _agreed(say.merging(leaving, staying))):
            return 1
        done = merging_customers.merge(ctx, leaving.id, staying.id, None)
    if done is None:
        raise SetupError([Problem("key", "was merged or erased meanwhile", "look again")])
    sys.stdout.write(say.merged(leaving, staying, done.customer_issues, done.reports))
    return 0


def data(key: str | None, person: str | None) -> int:
    """Write all that is kept of one customer, or of one person, as JSON."""
    _one_of(key, person)
    with context_of_commands() as ctx:
        if person is not None:
            told = telling_data.of_person(ctx, person, None)
        else:
            told = telling_data.of_customer(ctx, _found(ctx, key or "").id, None)
    json.dump(told, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")
    return 0


def erase(key: str | None, person: str | None, *, sure: bool) -> int:
    """Erase one customer, or what one person said, after asking; 1 where nothing was done."""
    _one_of(key, person)
    with context_of_commands() as ctx:
        found = _found(ctx, key or "") if person is None else None
        if not (sure or _agreed(say.erasing(repr(found.name if found else person)))):
            return 1
        if found is not None:
            done = erasing_customers.erase_customer(ctx, found.id, None)
        else:
            done = erasing_customers.erase_person(ctx, person or "", None)
    sys.stdout.write(
        say.erased(done.customer_issues, [(each.report, each.issue_key) for each in done.reports])
    )
    return 0


def audit(key: str) -> int:
    """Write who saw, changed and posted what of a customer."""
    with context_of_commands() as ctx:
        found = _found(ctx, key)
        with ctx.database.reading() as tx:
            sys.stdout.write(say.audited(customer_data.audit_of(tx, found.id)))
    return 0


def _one_of(key: str | None, person: str | None) -> None:
    if (not key) == (not person):
        raise SetupError(
            [Problem("key", "or --person is needed, one of them", "name a customer or a person")]
        )


def _found(ctx: Context, key: str) -> Profile:
    """Return the customer with this key, id or name; SetupError where there is none."""
    with ctx.database.reading() as tx:
        found = customers.with_key(tx, key) or customers.profile(tx, key)
        if found is None and (named := customers.named(tx, key)) is not None:
            found = customers.profile(tx, named.id)
        near = [] if found else customers.matching(tx, key, 5)
    if found is None:
        fix = (
            f"choose from {', '.join(each.name for each in near)}"
            if near
            else "give its key or its whole name"
        )
        raise SetupError([Problem("key", f"is {key!r}, which is no customer", fix)])
    return found


def _agreed(said: str) -> bool:
    sys.stderr.write(f"{said}Type yes to go on: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() == "yes"


def _plain(value: object) -> str:
    if isinstance(value, date):  # a time is one too
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
