"""Writing the directory of customers as a table that `bugle customers import` reads back."""

from collections.abc import Iterator

from domain.customer import Profile
from domain.customer_lines import cells_of, header_of
from storage import customers
from workflows.context import Context


def rows(ctx: Context) -> Iterator[list[str]]:
    """Yield a header and a row for each customer, the oldest first, none of which a spreadsheet would run.

    Read in pages: it holds neither a transaction nor the whole directory.
    """
    free = sorted({name for each in _profiles(ctx) for name in each.fields})
    yield header_of(free)
    for each in _profiles(ctx):
        yield cells_of(each, free)


def _profiles(ctx: Context) -> Iterator[Profile]:
    after = ""
    while True:
        with ctx.database.reading() as tx:
            found = customers.page(tx, after)
        yield from found
        if not found:
            return
        after = found[-1].id
