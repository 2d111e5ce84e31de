"""The main view of the form: name, members in order, turns, what it serves, the shifts that come of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.duty import Duty
from domain.rotation import Kind
from domain.rotation_form import Field, RotationForm
from domain.rotation_plan import Flaws
from domain.zone_search import offset_of
from views import blocks as b
from views.blocks import Block, actions, button, modal, option, overflow, section, select, typed
from views.rotation_form import ids
from views.rotation_form.ids import Opened
from views.rotation_form.preview import preview_text
from views.rotation_form.reading import Move, move_value
from views.rotation_form.words import field_name, flaw_text, kind_name
from views.text import Translator, escape, moment, person, translator

NAME_LIMIT = 80
_LENGTHS = range(1, 32)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else, or Bugle (*by* is None), saved meanwhile; the reader had changed *clashes* too."""

    by: str | None
    at: datetime
    fields: tuple[Field, ...]
    clashes: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The form as it is to be shown. `products` are the names of products by key, `at` is now (aware UTC)."""

    form: RotationForm
    generation: int
    is_new: bool
    at: datetime
    on_duty: str | None = None
    coming: tuple[Duty, ...] = ()
    flaws: Flaws = field(default_factory=dict)
    products: Mapping[str, str] = field(default_factory=dict)
    meanwhile: tuple[Meanwhile, ...] = ()


def form_view(shown: Shown, opened: Opened) -> Block:
    """Return the main view."""
    t = translator(opened.language)
    blocks = [
        *_meanwhile(t, shown.meanwhile),
        _name(t, shown),
        *_members(t, shown),
        *_turns(t, shown),
        _serves(t, shown),
        b.divider(),
        section(coming_text(t, shown)),
        actions(
            "rotation_form_more",
            [
                button(t("More settings"), ids.MORE, "more"),
                button(t("Show as a picture"), ids.PICTURE, "picture"),
            ],
        ),
    ]
    title = t("New rotation") if shown.is_new else t("Edit rotation")
    kept = opened.metadata()
    return modal(ids.FORM, title, blocks, submit=t("Save"), close=t("Cancel"), kept=kept)


def gone_view(language: str) -> Block:
    """Return what is shown in place of a form that is saved already, or too old to go on with."""
    t = translator(language)
    said = t("This form is saved already, or too old to go on with. Close it and look at the list.")
    return modal(ids.FORM, t("Rotations"), [section(said)], close=t("Close"))


def zone_options(zones: Sequence[str], at: datetime) -> list[Block]:
    """Return time zones to choose from, each with how far it is from UTC now."""
    return [_zone_option(each, at) for each in zones]


def serves_options(values: Sequence[str], products: Mapping[str, str]) -> list[Block]:
    """Return products and areas of them as choices; *products* are the names by key."""
    return [_serves_option(each, products) for each in values]


def _serves_option(value: str, products: Mapping[str, str]) -> Block:
    product, slash, area = value.partition("/")
    name = products.get(product, product)
    return option(f"{name} › {area}" if slash else name, value)


def coming_text(t: Translator, shown: Shown) -> str:
    """Return the coming shifts in words, or what keeps them from being known."""
    if shown.flaws:
        return "\n".join(f":warning: {escape(flaw_text(t, each))}" for each in shown.flaws.values())
    return preview_text(t, shown.coming)


def _meanwhile(t: Translator, others: Sequence[Meanwhile]) -> Iterator[Block]:
    for each in others:
        said = t(
            "{person} changed {fields} meanwhile, at {time}. You see it as it is now; save again to go on."
        )
        if each.by is None:
            said = t("Bugle changed {fields} meanwhile. You see it as it is now; save again to go on.")
        names = t.listing([field_name(t, one) for one in each.fields])
        who = person(each.by) if each.by else ""
        yield section(":warning: " + said.format(person=who, fields=names, time=moment(each.at)))
        if each.clashes:
            both = t.listing([field_name(t, one) for one in each.clashes])
            yield b.context(t("You had changed {fields} too: theirs stands here now.").format(fields=both))


def _name(t: Translator, shown: Shown) -> Block:
    element = typed(ids.NAME, placeholder=t("Such as Shop bugs"), most=NAME_LIMIT)
    if shown.form.name:
        element["initial_value"] = shown.form.name[:NAME_LIMIT]
    return b.field(ids.block_of(ids.NAME, shown.generation), t("Name"), element)


def _members(t: Translator, shown: Shown) -> Iterator[Block]:
    members = shown.form.members[: ids.MOST_MEMBERS]
    element: Block = {
        "type": "multi_users_select",
        "action_id": ids.MEMBERS,
        "placeholder": b.plain(t("Choose people")),
        "max_selected_items": ids.MOST_MEMBERS,
        **({"initial_users": list(members)} if members else {}),
    }
    hint = t("They take turns in the order below. Who is new comes last; the menu beside a name moves it.")
    block_id = ids.block_of(ids.MEMBERS, shown.generation)
    yield b.field(block_id, t("Members"), element, hint=hint, live=True)
    for number, user in enumerate(members, 1):
        said = f"{number}. {person(user)}"
        if user == shown.on_duty:
            said = t("{member} · on duty now").format(member=said)
        row = section(said)
        menu = overflow(ids.MEMBER, _moves(t, user, number, len(members)))
        yield {**row, "block_id": f"{ids.MEMBER}:{user}", "accessory": menu}


def _moves(t: Translator, user: str, number: int, count: int) -> list[Block]:
    moves = {
        Move.UP: (t("Move up"), number > 1),
        Move.DOWN: (t("Move down"), number < count),
        Move.FIRST: (t("Move to the top"), number > 2),
        Move.LAST: (t("Move to the end"), number < count - 1),
        Move.REMOVE: (t("Take out"), True),
    }
    return [option(label, move_value(move, user)) for move, (label, fits) in moves.items() if fits]


def _turns(t: Translator, shown: Shown) -> Iterator[Block]:
    form, generation = shown.form, shown.generation

    def live(action_id: str, label: str, element: Block, hint: str = "") -> Block:
        return b.field(ids.block_of(action_id, generation), label, element, hint=hint, live=True)

    lengths = sorted({*_LENGTHS, form.length})
    numbers = [option(str(each), str(each)) for each in lengths]
    kinds = [option(kind_name(t, each), each) for each in Kind]
    yield live(ids.LENGTH, t("A turn lasts"), select(ids.LENGTH, t("How many"), numbers, str(form.length)))
    yield live(ids.KIND, t("Unit"), select(ids.KIND, t("Choose a unit"), kinds, form.kind))
    date: Block = {"type": "datepicker", "action_id": ids.DATE, "placeholder": b.plain(t("Choose a day"))}
    if form.date:
        date["initial_date"] = form.date
    yield live(ids.DATE, t("First hand-off"), date, t("Later ones fall on the same time and day."))
    time = {"type": "timepicker", "action_id": ids.TIME, "initial_time": form.time}
    yield live(ids.TIME, t("Time of hand-offs"), time)
    zone = {
        "type": "external_select",
        "action_id": ids.ZONE,
        "placeholder": b.plain(t("Type a city")),
        "min_query_length": 0,
        "initial_option": _zone_option(form.zone, shown.at),
    }
    yield live(ids.ZONE, t("Time zone"), zone)


def _zone_option(zone: str, at: datetime) -> Block:
    return option(f"{zone} ({offset_of(zone, at)})", zone)


def _serves(t: Translator, shown: Shown) -> Block:
    chosen = serves_options(shown.form.serves, shown.products)
    element: Block = {
        "type": "multi_external_select",
        "action_id": ids.SERVES,
        "placeholder": b.plain(t("Products and areas")),
        "min_query_length": 0,
        **({"initial_options": chosen[: ids.MOST_SERVED]} if chosen else {}),
    }
    hint = t("Whose bugs it is asked about. A product alone means all of its areas.")
    return b.field(ids.block_of(ids.SERVES, shown.generation), t("Serves"), element, hint=hint, optional=True)
