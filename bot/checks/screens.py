"""Whether a project's create screen takes what Bugle sends, and gets all that it requires."""

from collections.abc import Iterator

from bot.checks.findings import Finding, Fine, Note, not_checked
from bot.problems import Problem
from domain.asking import unshown
from domain.config import OPTIONAL_FIELDS, Config, Product
from domain.create_fields import Field, Kind
from domain.effects import Never, Outcome
from domain.severity import DEFAULT_SCALE
from gateways.jira import Jira
from gateways.jira.fields import CreateScreen

_ENOUGH = 5  # allowed values named in a finding


def check_screen(jira: Jira, config: Config, product: Product, where: str) -> Iterator[Finding]:
    """Yield what is found about the create screen of *product*, whose table in bugle.toml is *where*."""
    try:
        screen = jira.screen(product.project, product.issue_type)
    except Never as refusal:
        fix = "name one of those that it has"
        yield Problem(f"{where}.issue_type", f"cannot be used ({refusal.reason})", fix)
        return
    except Outcome as outcome:
        yield not_checked(f"{where}.issue_type", outcome)
        return
    faults = [*_unfilled(screen, product, where), *_refused(screen, product, where)]
    yield from faults
    if not faults:
        yield Fine(where, f"all that {product.project} requires of a {product.issue_type} is filled")
    yield from _priorities(screen, config, product, where.partition(":")[0])


def _unfilled(screen: CreateScreen, product: Product, where: str) -> Iterator[Finding]:
    for field in unshown(product, screen.fields):
        if field.required:
            what = (
                f"do not fill {field.name} ({field.id}), which {product.project} requires and no form can ask"
            )
            yield Problem(f"{where}.fields", what, f"add {_example(field)} to [products.fields]")
        else:
            what = f"names {field.id} ({field.name}), which no form can ask for"
            yield Problem(f"{where}.form", what, "take it out")
    there = {field.id for field in screen.fields}
    for name in product.form:
        if name not in there and name not in OPTIONAL_FIELDS:
            screen_name = f"the screen on which {product.project} makes a {product.issue_type}"
            what = f"names {name}, which is not on {screen_name}"
            yield Problem(f"{where}.form", what, "take it out, or add it to that screen")


def _example(field: Field) -> str:
    """Return a line for bugle.toml that fills a field."""
    names = ", ".join(choice.name for choice in field.allowed[:_ENOUGH])
    first = field.allowed[0] if field.allowed else None
    match field.kind:
        case Kind.ONE_OF if first:
            return f'{field.id} = {{ id = "{first.id}" }} for {first.name} (of {names})'
        case Kind.SOME_OF if first:
            return f'{field.id} = [{{ id = "{first.id}" }}] for {first.name} (of {names})'
        case Kind.NUMBER:
            return f"{field.id} = 1, or another number,"
        case _:
            return f'{field.id} = "…"'


def _refused(screen: CreateScreen, product: Product, where: str) -> Iterator[Finding]:
    for field_id in product.fields:
        if not screen.has(field_id):
            what = f"is not on the screen on which {product.project} makes a {product.issue_type}"
            yield Problem(f"{where}.fields.{field_id}", what, "take it out, or add it to that screen")


def _priorities(screen: CreateScreen, config: Config, product: Product, file: str) -> Iterator[Finding]:
    if not screen.has("priority"):
        yield Note(file, f"issues in {product.project} get no priority: its create screen has none")
        return
    known = [choice.name for choice in screen.priorities]
    for number, step in enumerate(config.severities):
        if step.priority is not None and step.priority not in known:
            section = "severities" if config.severities is DEFAULT_SCALE else f"severities[{number}].priority"
            what = f"give {step.name} the priority {step.priority!r}, which {product.project} does not have"
            yield Problem(f"{file}: {section}", what, f"choose from {', '.join(known)}")
