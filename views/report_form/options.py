"""The choices of the form's searched menus, within Slack's limits of 100 at a time and 75 characters."""

from collections.abc import Sequence

from domain.create_fields import Choice, Field
from domain.customer import Customer, tidy_name
from views.blocks import Block, option
from views.text import translator

MOST = 100
VALUE_LIMIT = 150
NEW = "new:"


def area_options(names: Sequence[str]) -> list[Block]:
    """Return areas to choose from."""
    return [option(name, name[:VALUE_LIMIT]) for name in names[:MOST]]


def version_options(names: Sequence[str]) -> list[Block]:
    """Return versions to choose from."""
    return [option(name, name[:VALUE_LIMIT]) for name in names[:MOST]]


def customer_options(found: Sequence[Customer], typed: str, language: str, *, is_new: bool) -> list[Block]:
    """Return customers to choose from, and last what was typed as a new one where nobody has that name."""
    options = [option(each.name, each.id) for each in found[: MOST - 1]]
    name = tidy_name(typed)
    if is_new and name:
        t = translator(language)
        options.append(option(t("New customer: {name}").format(name=name), NEW + name))
    return options


def choice_options(field: Field, typed: str) -> list[Block]:
    """Return those choices of a project's own field whose names hold what was typed."""
    wanted = typed.casefold()
    fits = [choice for choice in field.allowed if wanted in choice.name.casefold()]
    return [choice_option(choice) for choice in fits[:MOST]]


def choice_option(choice: Choice) -> Block:
    """Return one choice of a project's own field."""
    return option(choice.name or choice.id, choice.id)
