"""The directory of customers, kept alike on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.customer import Profile
from storage import customers
from storage.database import Database

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LUMEN = Profile(
    key="0017",
    name="Lumen Retail",
    tier="enterprise",
    value=240_000,
    region="EMEA",
    zone="Europe/Berlin",
    language="de",
    renewal=date(2026, 9, 30),
    owner="U0ANA",
    channel="C0LUMEN",
    crm_url="https://crm.example/17",
    help_desk_url="https://desk.example/17",
    fields={"segment": "retail"},
)


def test_a_profile_comes_back_as_it_was_told(database: Database) -> None:
    """By its id, by its key and by its channel, a customer is found with all that was told of it."""
    with database.transaction() as tx:
        kept = customers.keep_profile(tx, LUMEN, NOW)
    assert kept == replace(LUMEN, id=kept.id)
    with database.reading() as tx:
        assert customers.profile(tx, kept.id) == kept
        assert customers.with_key(tx, "0017") == kept
        assert customers.of_channel(tx, "C0LUMEN") == kept
        assert (
            customers.profile(tx, "nobody") is customers.with_key(tx, "x") is customers.of_channel(tx, "C0X")
        )


def test_a_key_is_of_one_customer(database: Database) -> None:
    """What is told again under a key changes the customer that has it."""
    with database.transaction() as tx:
        kept = customers.keep_profile(tx, LUMEN, NOW)
        again = customers.keep_profile(tx, replace(LUMEN, name="Lumen AG", tier=None, fields={}), NOW)
    assert again == replace(kept, name="Lumen AG", tier=None, fields={})
    with database.reading() as tx:
        assert [each.name for each in customers.matching(tx, "")] == ["Lumen AG"]


def test_a_channel_of_two_customers_is_of_neither(database: Database) -> None:
    """Where two customers read a channel, nobody can say for whom a message there would be safe."""
    with database.transaction() as tx:
        customers.keep_profile(tx, LUMEN, NOW)
        customers.keep_profile(tx, Profile(key="2", name="Other", channel="C0LUMEN"), NOW)
        assert customers.of_channel(tx, "C0LUMEN") is None


def test_a_name_that_reps_type_is_of_the_customer_in_the_directory(database: Database) -> None:
    """Whoever types the name of a customer that was imported means that one; after a new name, both do."""
    with database.transaction() as tx:
        kept = customers.keep_profile(tx, LUMEN, NOW)
        assert customers.keep(tx, ["LUMEN  rétail", "Ohm"])[0].id == kept.id
        (ohm,) = customers.keep(tx, ["Ohm"])
        known = customers.profile(tx, ohm.id)
        assert known is not None
        assert customers.change(tx, replace(known, name="Ohm Labs"), NOW).key == "named:ohm labs"
        (other,) = customers.keep(tx, ["Ohm"])
        assert other.id != ohm.id
