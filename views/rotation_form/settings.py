"""The further settings of a rotation: hours, who is told when nobody reacts, where it is announced."""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from domain.config import LANGUAGES
from domain.rotation_form import RotationForm
from domain.rotation_profile import Rank, Step
from views import blocks as b
from views.blocks import Block, context, divider, modal, option, plain, section, select
from views.rotation_form import ids
from views.rotation_form.ids import Opened, block_of
from views.rotation_form.reading import HOURS_ONLY, NONE, Manner
from views.rotation_form.words import day_name, rank_name, step_name
from views.text import Translator, translator

_ROUND = "round"
_TONGUES = {"en": "English", "es": "Español", "zh_Hant": "繁體中文"}


def settings_view(form: RotationForm, handles: Mapping[str, str] | None, opened: Opened) -> Block:
    """Return the view of further settings.

    *handles* are those of user groups by id, None where Slack does not let Bugle list them.
    """
    t = translator(opened.language)
    blocks = [
        *_duty(t, form),
        divider(),
        *_work(t, form),
        divider(),
        *_places(t, form, handles),
        divider(),
        section(t("*When nobody reacts to a ping*, these are told one after the other:")),
        *_steps(t, form),
        divider(),
        *_manners(t, form),
    ]
    kept = opened.metadata()
    return modal(ids.SETTINGS, t("More settings"), blocks, submit=t("Done"), close=t("Back"), kept=kept)


def _duty(t: Translator, form: RotationForm) -> Iterator[Block]:
    choices = [
        option(t("Round the clock"), _ROUND),
        option(t("Only at the hours below"), HOURS_ONLY),
    ]
    chosen = HOURS_ONLY if form.is_windowed else _ROUND
    hint = t("By the clocks of the rotation's zone. An end that is not after the start is on the next day.")
    yield _field(ids.DUTY, t("Somebody is on duty"), select(ids.DUTY, t("When"), choices, chosen), hint=hint)
    yield _days(t, ids.DUTY_DAYS, t("Days of duty"), form.duty_days)
    yield _time(ids.DUTY_FROM, t("Duty from"), form.duty_from)
    yield _time(ids.DUTY_TO, t("Duty to"), form.duty_to)


def _work(t: Translator, form: RotationForm) -> Iterator[Block]:
    yield _days(t, ids.WORK_DAYS, t("Working days"), form.work_days)
    hint = t("By the clocks of each member's own zone. How soon somebody must react is counted in these.")
    yield _time(ids.WORK_FROM, t("Work from"), form.work_from)
    yield _time(ids.WORK_TO, t("Work to"), form.work_to, hint)


def _places(t: Translator, form: RotationForm, handles: Mapping[str, str] | None) -> Iterator[Block]:
    lead: Block = {
        "type": "users_select",
        "action_id": ids.LEAD,
        "placeholder": plain(t("Nobody")),
        **({"initial_user": form.lead} if form.lead else {}),
    }
    yield _field(ids.LEAD, t("Lead"), lead, hint=t("May change this rotation."), optional=True)
    channel: Block = {
        "type": "conversations_select",
        "action_id": ids.CHANNEL,
        "placeholder": plain(t("The channels of the products")),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
        **({"initial_conversation": form.channel} if form.channel else {}),
    }
    hint = t("Where hand-offs are told. Invite Bugle there.")
    yield _field(ids.CHANNEL, t("Channel"), channel, hint=hint, optional=True)
    tongues = [option(_TONGUES[each], each) for each in LANGUAGES]
    yield _field(
        ids.LANGUAGE, t("Language there"), select(ids.LANGUAGE, t("Language"), tongues, form.language)
    )
    yield _group(t, form, handles)


def _group(t: Translator, form: RotationForm, handles: Mapping[str, str] | None) -> Block:
    if handles is None:
        return context(
            t(
                "A user group can be kept equal to who is on duty once Bugle may list groups: add the scope"
                " usergroups:read to your Slack app, under OAuth & Permissions, and reinstall it."
            )
        )
    known = {id_: f"@{handle}" for id_, handle in handles.items()}
    if form.user_group and form.user_group not in known:
        known[form.user_group] = form.user_group
    options = [
        option(t("None"), NONE),
        *(option(handle, id_) for id_, handle in sorted(known.items(), key=itemgetter(1))),
    ]
    chosen = form.user_group or NONE
    menu = select(ids.USER_GROUP, t("Choose a user group"), options[:100], chosen)
    if len(options) > 100:  # Slack lists a hundred in one piece, and as many such pieces
        pieces = [options[at : at + 100] for at in range(0, min(len(options), 10_000), 100)]
        grouped = [{"label": plain(str(n)), "options": piece} for n, piece in enumerate(pieces, 1)]
        initial = [each for each in options if each["value"] == chosen]
        menu = {
            "type": "static_select",
            "action_id": ids.USER_GROUP,
            "placeholder": plain(t("Choose a user group")),
            "option_groups": grouped,
            "initial_option": initial[0],
        }
    return _field(ids.USER_GROUP, t("User group"), menu, hint=t("Bugle keeps in it who is on duty."))


def _steps(t: Translator, form: RotationForm) -> Iterator[Block]:
    choices = [option(t("Nobody"), NONE), *(option(step_name(t, each), each) for each in Step)]
    for number in range(len(Step)):
        action_id = f"{ids.STEP}_{number}"
        chosen = form.steps[number] if number < len(form.steps) else NONE
        label = t("Step {number}").format(number=number + 1)
        yield _field(action_id, label, select(action_id, t("Who"), choices, chosen))


def _manners(t: Translator, form: RotationForm) -> Iterator[Block]:
    ranks = [option(rank_name(t, each), each) for each in Rank]
    yield _field(ids.RANK, t("Rank"), select(ids.RANK, t("Rank"), ranks, form.rank))
    manners = {
        Manner.QUIET: (t("Tell people of hand-offs in their working hours only"), form.quiet),
        Manner.TOPIC: (t("Say who is on duty in the topic of the channel"), form.topic),
        Manner.PINNED: (t("Keep a pinned message of who is on duty"), form.pinned),
        Manner.BALANCED: (t("Let those with the least recent load go first"), form.is_balanced),
    }
    options = {manner: option(label, manner) for manner, (label, _) in manners.items()}
    on = [options[manner] for manner, (_, is_on) in manners.items() if is_on]
    boxes: Block = {
        "type": "checkboxes",
        "action_id": ids.MANNERS,
        "options": list(options.values()),
        **({"initial_options": on} if on else {}),
    }
    yield _field(ids.MANNERS, t("Also"), boxes, optional=True)


def _days(t: Translator, action_id: str, label: str, chosen: Sequence[int]) -> Block:
    options = [option(day_name(t, day), str(day)) for day in range(7)]
    initial = [options[day] for day in chosen]
    element: Block = {
        "type": "checkboxes",
        "action_id": action_id,
        "options": options,
        **({"initial_options": initial} if initial else {}),
    }
    return _field(action_id, label, element)


def _time(action_id: str, label: str, chosen: str, hint: str = "") -> Block:
    element = {"type": "timepicker", "action_id": action_id, "initial_time": chosen}
    return _field(action_id, label, element, hint=hint)


def _field(action_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    # The view is pushed anew each time, so that no generation but the first is ever seen.
    return b.field(block_of(action_id, 0), label, element, hint=hint, optional=optional)
