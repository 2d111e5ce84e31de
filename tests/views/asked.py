"""What forms ask in tests of views."""

from domain.asking import Asked, asked_of
from domain.config import Admins, Config, Product
from domain.create_fields import Choice, Field, Kind

SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS", environments=("Web", "App"))
PAY = Product("pay", "Pay", "PAY", "C0PAYBUGS")
CONFIG = Config(Admins("C0ADMINS"), (SHOP, PAY))

FEW = (Choice("1", "Europe"), Choice("2", "Asia"))
MANY = tuple(Choice(str(number), f"Part {number}") for number in range(150))
TREE = (Choice("1", "Europe", (Choice("11", "Spain"), Choice("12", "Italy"))), Choice("2", "Asia"))
OWN = tuple(
    Field(f"customfield_{number}", f"A {kind}", True, kind, allowed)
    for number, (kind, allowed) in enumerate(
        [
            (Kind.LINE, ()),
            (Kind.TEXT, ()),
            (Kind.NUMBER, ()),
            (Kind.URL, ()),
            (Kind.DATE, ()),
            (Kind.MOMENT, ()),
            (Kind.LABELS, ()),
            (Kind.USER, ()),
            (Kind.USERS, ()),
            (Kind.ONE_OF, FEW),
            (Kind.ONE_OF, MANY),
            (Kind.SOME_OF, FEW),
            (Kind.SOME_OF, MANY),
            (Kind.RADIO, FEW),
            (Kind.CHECKS, FEW),
            (Kind.CASCADE, TREE),
        ]
    )
)


def asked(*own: Field, product: Product = SHOP) -> Asked:
    """Return what a form asks, with these fields of the project's own."""
    return asked_of(product, own, has_areas=True, has_versions=True)
