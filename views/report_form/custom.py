"""The inputs of a project's own fields, and the reading of what was put into them."""

from domain.config import Product
from domain.create_fields import Answer, Field, Kind
from views.blocks import Block, field, plain, select
from views.report_form.ids import CHOICE, FIELD, INNER, OUTER, of_field
from views.report_form.options import MOST, choice_option
from views.report_form.state import State
from views.text import Translator, cut, translator

LINE_LIMIT = 255
_LARGEST = 1e15  # what Jira's numbers hold exactly
FEW = 10  # options that Slack shows as buttons and boxes
_LISTS = (Kind.SOME_OF, Kind.CHECKS)


def block_of(product: Product, asked: Field) -> str:
    """Return the id of the block that asks for a field."""
    return of_field(_action_of(asked), product.key, asked.id)


def ask_of(asked: Field) -> Block:
    """Return the type and the action of the element that asks for a field."""
    element = _element(translator("en"), asked)
    return {name: element[name] for name in ("type", "action_id")}


def field_blocks(t: Translator, product: Product, asked: Field, state: State) -> list[Block]:
    """Return the inputs of a field: one, or two where a cascade's outer choice has been made."""
    label = cut(asked.name, 2000) or asked.id
    outer = field(
        block_of(product, asked),
        label,
        _element(t, asked),
        hint=t("Several labels are parted by spaces.") if asked.kind is Kind.LABELS else "",
        optional=not asked.required,
        live=asked.kind is Kind.CASCADE,
    )
    return [outer, *(_inner(t, product, asked, state) if asked.kind is Kind.CASCADE else [])]


def read_field(t: Translator, product: Product, asked: Field, state: State) -> Answer | None:
    """Return what was answered to a field, None where nothing was; ValueError says what is wrong."""
    given = _given(t, asked, state, block_of(product, asked), _action_of(asked))
    if asked.kind is Kind.CASCADE and given and (outer := asked.choice(given[0])):
        inner = state.option(of_field(INNER, product.key, asked.id, outer.id), INNER)
        given = (*given, *(each.id for each in outer.inner if each.id == inner))
    if not given and asked.required:
        raise ValueError(t("Jira requires this: fill it in."))
    return Answer(asked.kind, given) if given else None


def _action_of(asked: Field) -> str:
    if asked.kind is Kind.CASCADE:
        return OUTER
    return CHOICE if len(asked.allowed) > MOST else FIELD


def _element(t: Translator, asked: Field) -> Block:
    action = _action_of(asked)
    options = [choice_option(each) for each in asked.allowed[:MOST]]
    pick = t("Choose")
    if action == CHOICE:
        many = "multi_external_select" if asked.kind in _LISTS else "external_select"
        return {"type": many, "action_id": CHOICE, "placeholder": plain(pick), "min_query_length": 0}
    match asked.kind:
        case Kind.RADIO | Kind.CHECKS if len(options) <= FEW:
            kind = "radio_buttons" if asked.kind is Kind.RADIO else "checkboxes"
            return {"type": kind, "action_id": action, "options": options}
        case Kind.SOME_OF | Kind.CHECKS:
            return {**select(action, pick, options), "type": "multi_static_select"}
        case Kind.ONE_OF | Kind.RADIO | Kind.CASCADE:
            return select(action, pick, options)
        case _:
            return _PLAIN[asked.kind] | {"action_id": action}


_PLAIN: dict[Kind, Block] = {
    Kind.LINE: {"type": "plain_text_input", "max_length": LINE_LIMIT},
    Kind.LABELS: {"type": "plain_text_input", "max_length": LINE_LIMIT},
    Kind.TEXT: {"type": "plain_text_input", "multiline": True, "max_length": 3000},
    Kind.NUMBER: {"type": "number_input", "is_decimal_allowed": True},
    Kind.URL: {"type": "url_text_input"},
    Kind.DATE: {"type": "datepicker"},
    Kind.MOMENT: {"type": "datetimepicker"},
    Kind.USER: {"type": "users_select"},
    Kind.USERS: {"type": "multi_users_select"},
}


def _inner(t: Translator, product: Product, asked: Field, state: State) -> list[Block]:
    """Return the menu below the outer choice of a cascade, where one was made that has inner ones."""
    made = state.option(block_of(product, asked), OUTER)
    outer = asked.choice(made) if made else None
    if outer is None or not outer.inner:
        return []
    label = cut(f"{asked.name} › {outer.name}", 2000)
    options = [choice_option(each) for each in outer.inner[:MOST]]
    block = of_field(INNER, product.key, asked.id, outer.id)
    return [field(block, label, select(INNER, t("Choose"), options), optional=True)]


def _given(t: Translator, asked: Field, state: State, *place: str) -> tuple[str, ...]:
    known = {each.id for each in asked.allowed}
    at = state.moment(*place)
    given: list[str | None]
    match asked.kind:
        case Kind.ONE_OF | Kind.RADIO | Kind.CASCADE:
            chosen = state.option(*place)
            given = [chosen if chosen in known else None]
        case Kind.SOME_OF | Kind.CHECKS:
            given = [each for each in state.options(*place) if each in known]
        case Kind.USER:
            given = [state.user(*place)]
        case Kind.USERS:
            given = [*state.users(*place)]
        case Kind.DATE:
            given = [state.date(*place)]
        case Kind.MOMENT:
            given = [at.isoformat() if at else None]
        case Kind.LABELS:
            given = [*state.text(*place).split()]
        case _:
            given = [_typed(t, asked, state.text(*place).strip())]
    return tuple(each for each in given if each)


def _typed(t: Translator, asked: Field, text: str) -> str:
    if asked.kind is Kind.NUMBER and text:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not abs(number) < _LARGEST:  # a NaN is not below it either
            raise ValueError(t("Write a number, such as 2.5."))
    return text
