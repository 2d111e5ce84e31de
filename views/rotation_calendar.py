"""The view with the picture of the coming shifts, and what it says while there is none."""

from collections.abc import Mapping, Sequence

from views.blocks import Block, context, modal, section
from views.rotation_form import ids
from views.rotation_form.building import Shown, coming_text
from views.rotation_form.ids import Opened
from views.rotation_picture import label
from views.text import Translator, cut, person, translator

ALT_LIMIT = 2000


def drawing_view(shown: Shown, opened: Opened) -> Block:
    """Return the view while the picture is being drawn: what it will show, in words."""
    t = translator(opened.language)
    drawing = [] if shown.flaws else [context(t("The picture is being drawn…"))]
    return _view(t, [*drawing, section(coming_text(t, shown))], opened)


def picture_view(picture: str, shown: Shown, names: Mapping[str, str], opened: Opened) -> Block:
    """Return the view with a picture, which is a file in Slack, by its id."""
    t = translator(opened.language)
    told = "; ".join(f"{each.start:%Y-%m-%d}: {names.get(each.person or '', '–')}" for each in shown.coming)
    title = t("The coming shifts")
    image: Block = {
        "type": "image",
        "slack_file": {"id": picture},
        "alt_text": cut(f"{title}. {told}", ALT_LIMIT),
    }
    return _view(t, [image, *names_key(shown.form.members, names), section(coming_text(t, shown))], opened)


def no_picture_view(shown: Shown, opened: Opened, *, lacks_scope: bool) -> Block:
    """Return the view where Slack took no picture, with what to do about it."""
    t = translator(opened.language)
    if lacks_scope:
        said = t(
            "Slack does not let Bugle show pictures: add the scope files:write to your Slack app, under"
            " OAuth & Permissions, and reinstall it."
        )
    else:
        said = t("Slack did not take the picture right now. The shifts are below all the same.")
    return _view(t, [context(said), section(coming_text(t, shown))], opened)


def _view(t: Translator, blocks: Sequence[Block], opened: Opened) -> Block:
    kept = opened.metadata()
    return modal(ids.SHIFTS, t("Coming shifts"), blocks, close=t("Back"), kept=kept)


def names_key(order: Sequence[str], names: Mapping[str, str]) -> list[Block]:
    """Return who the numbers in a picture are, where somebody's name cannot be drawn; else nothing."""
    labels = {user: label(user, order, names) for user in order}
    numbered = [f"{said} {person(user)}" for user, said in labels.items() if said.isdecimal()]
    return [context(" · ".join(numbered[:40]))] if numbered else []
