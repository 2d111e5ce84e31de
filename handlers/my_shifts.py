"""My shifts: opened by a button, and what its menus do. The message of a request is answered here too."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App

from domain.covering import No, Refusal, Stint
from handlers.answering import LazyAnswer, reader, tell
from handlers.deciding import decides
from handlers.feature import Feature
from handlers.opening import user_of
from handlers.showing_shifts import open_list, redraw, show
from views import cover_message, cover_text, my_shifts, part_form, rotation_ids, shift_menu
from views.shift_menu import Deed
from workflows import asking_cover, taking_shifts
from workflows.context import Context

Deeds = Mapping[Deed, Callable[[], Refusal | None]]


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    def chosen(body: dict[str, Any]) -> Refusal | None:
        return _do(ctx, body)

    def accepted(body: dict[str, Any]) -> Refusal | None:
        return asking_cover.accept(ctx, body["actions"][0]["value"], user_of(body))

    def declined(body: dict[str, Any]) -> Refusal | None:
        return asking_cover.decline(ctx, body["actions"][0]["value"], user_of(body))

    @app.view(part_form.FORM)
    def part(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        asked = part_form.read_part(view)
        refused = _do_part(ctx, asked, user_of(body))
        if refused is None:
            ack()
        else:
            ack(
                response_action="errors",
                errors={_field_of(refused): cover_text.refusal_on_form(refused, asked.language)},
            )

    app.action(rotation_ids.MY_SHIFTS)(ack=acknowledge, lazy=[LazyAnswer(ctx, open_list)])
    app.action(my_shifts.SHOW)(ack=acknowledge, lazy=[LazyAnswer(ctx, show)])
    decides(app.action(shift_menu.MENU), ctx, chosen, _chosen)
    decides(app.action(cover_message.ACCEPT), ctx, accepted, _answered)
    decides(app.action(cover_message.DECLINE), ctx, declined, _answered)


def _picked(body: dict[str, Any]) -> tuple[shift_menu.Named, Deed, str]:
    action = body["actions"][0]
    deed, rest = shift_menu.read_choice(action["selected_option"]["value"])
    return shift_menu.read_block(action["block_id"]), deed, rest


def _do(ctx: Context, body: dict[str, Any]) -> Refusal | None:
    """Do what was chosen from a shift's menu."""
    named, deed, rest = _picked(body)
    rotation, shift, user = named.rotation, named.shift, user_of(body)
    other = shift_menu.read_swap(rest) if deed is Deed.SWAP else None
    deeds: Deeds = {
        Deed.ALL: lambda: asking_cover.ask(ctx, rotation, shift, user),
        Deed.ONE: lambda: asking_cover.ask(ctx, rotation, shift, user, asked=rest),
        Deed.SWAP: lambda: asking_cover.ask(
            ctx, rotation, shift, user, asked=other and other.person, other=other
        ),
        Deed.TAKE: lambda: taking_shifts.take(ctx, rotation, shift, user),
        Deed.HAND: lambda: taking_shifts.hand(ctx, rotation, shift, user, to=rest),
        Deed.BACK: lambda: taking_shifts.give_back(ctx, rotation, shift, user),
        Deed.WITHDRAW: lambda: asking_cover.withdraw(ctx, rest, user),
        Deed.PART: lambda: None,  # its form asks first
    }
    return deeds[deed]()


def _field_of(refused: Refusal) -> str:
    """Return the field of the form for a part that a refusal is about."""
    return part_form.WHOM if refused.no is No.NOT_A_MEMBER else part_form.END


def _do_part(ctx: Context, part: part_form.Part, user: str) -> Refusal | None:
    shift = Stint(part.start, part.end, part.named.shift.person)
    if part.takes:
        return taking_shifts.take(ctx, part.named.rotation, shift, user)
    return asking_cover.ask(ctx, part.named.rotation, shift, user, asked=part.whom)


def _chosen(ctx: Context, body: dict[str, Any], refused: Refusal | None) -> None:
    """Show what came of a choice; a part has a form of its own."""
    named, deed, rest = _picked(body)
    language = my_shifts.read_view(body["view"]).language
    if deed is Deed.PART:
        takes = named.shift.person != user_of(body)
        ctx.slack.push_view(body["trigger_id"], part_form.part_form(named, language, takes=takes))
        redraw(ctx, body)
        return
    said = cover_text.refusal(refused, language) if refused else _done(deed, rest, user_of(body), language)
    redraw(ctx, body, said)


def _done(deed: Deed, rest: str, user: str, language: str) -> str:
    match deed:
        case Deed.ALL:
            return cover_text.asked_everyone(language)
        case Deed.ONE | Deed.SWAP:
            return cover_text.asked_one(rest.partition(":")[0], language)
        case Deed.TAKE | Deed.HAND:
            return cover_text.taken(rest or user, language)
        case Deed.WITHDRAW:
            return cover_text.withdrawn(language)
        case _:
            return cover_text.given_back(language)


def _answered(ctx: Context, body: dict[str, Any], refused: Refusal | None) -> None:
    """Tell who cannot answer why; a list that they answered in is drawn anew."""
    language = reader(ctx, body)
    said = cover_text.refusal(refused, language) if refused else ""
    if body.get("view", {}).get("callback_id") == my_shifts.VIEW:
        redraw(ctx, body, said or cover_text.answered(language))
    elif said:
        tell(ctx, body, said)


FEATURE = Feature(register)
