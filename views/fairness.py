"""The view of how fairly duty is shared: a score, what lowers it, the load of each member, a picture."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from babel.numbers import format_decimal

from domain.duty_quality import Quality
from domain.load import Load, Period
from views.blocks import Block, actions, context, divider, modal, option, section, select
from views.fairness_picture import ROWS
from views.rotation_calendar import names_key
from views.schedule_words import Naming, finding_words
from views.text import Translator, cut, cut_escaped, moment, person, translator

VIEW = "fairness_view"
PERIOD = "fairness_period"
NAME = 80  # characters of a rotation's name
MEMBERS = 40
FINDINGS = 8
ALT_LIMIT = 2000
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the view tells of the rotation *key*: *loads* since *since* (aware UTC), the next *weeks* judged.

    *rotations* are names by keys. `is_balanced` says that rounds are ordered by least load.
    """

    key: str
    name: str
    period: Period
    since: datetime
    loads: tuple[Load, ...]
    quality: Quality
    weeks: int
    is_balanced: bool
    rotations: Mapping[str, str]


def counting_view(key: str, period: Period, language: str) -> Block:
    """Return the view while its numbers are gathered."""
    t = translator(language)
    return _view(t, key, period, [context(t("Counting…"))])


def fairness_view(
    shown: Shown, language: str, picture: str | None = None, names: Mapping[str, str] | None = None
) -> Block:
    """Return the view, with the picture by its id in Slack where there is one; *names* are people's."""
    t = translator(language)
    blocks = [
        section(_score(t, shown)),
        *([section(said)] if (said := _findings(t, shown)) else []),
        divider(),
        *_picture(t, shown, picture, names or {}),
        *_members(t, shown),
        context(_how(t, shown)),
    ]
    return _view(t, shown.key, shown.period, blocks)


def read_view(view: Mapping[str, Any]) -> tuple[str, str, Period]:
    """Return the language, the rotation and the period of an open view, as it is chosen now."""
    kept = json.loads(view["private_metadata"])
    chosen = view["state"]["values"].get(PERIOD, {}).get(PERIOD, {}).get("selected_option")
    return kept["language"], kept["rotation"], Period(int(chosen["value"]) if chosen else kept["period"])


def _view(t: Translator, key: str, period: Period, blocks: Sequence[Block]) -> Block:
    options = [option(label, str(int(each))) for each, label in _periods(t).items()]
    choice = actions(PERIOD, [select(PERIOD, t("Period"), options, str(int(period)))])
    kept = json.dumps({"language": t.language, "rotation": key, "period": int(period)})
    return modal(VIEW, t("Fairness"), [choice, *blocks], close=t("Back"), kept=kept)


def _periods(t: Translator) -> Mapping[Period, str]:
    return {
        Period.FOUR_WEEKS: t("The last four weeks"),
        Period.QUARTER: t("The last quarter"),
        Period.YEAR: t("The last year"),
    }


def _score(t: Translator, shown: Shown) -> str:
    said = t.plural(
        "*{name}*: the coming {count} week scores *{score} of 100*.",
        "*{name}*: the coming {count} weeks score *{score} of 100*.",
        shown.weeks,
    ).format(name=cut_escaped(shown.name, NAME), score=shown.quality.score)
    if shown.quality.findings:
        return said
    nothing = t("Nothing lowers it: somebody is on duty at all times, and the turns are even.")
    return f"{said} {nothing}"


def _findings(t: Translator, shown: Shown) -> str:
    naming = Naming(person, lambda key: f"*{cut_escaped(shown.rotations.get(key, key), NAME)}*", moment)
    found = shown.quality.findings
    lines = [f"• {finding_words(t, each, naming)}" for each in found[:FINDINGS]]
    if len(found) > FINDINGS:
        lines.append(t.plural("and {count} more", "and {count} more", len(found) - FINDINGS))
    return "\n".join(lines)


def _members(t: Translator, shown: Shown) -> list[Block]:
    blocks = [section(_member(t, each)) for each in shown.loads[:MEMBERS]]
    if len(shown.loads) > MEMBERS:
        more = len(shown.loads) - MEMBERS
        blocks.append(context(t.plural("and {count} more", "and {count} more", more)))
    return blocks


def _member(t: Translator, load: Load) -> str:
    hours, counts = load.hours, load.counts
    time = t("{total} h: {day} by day, {night} at night, {weekend} on weekends").format(
        total=_hours(t, hours.total),
        day=_hours(t, hours.day),
        night=_hours(t, hours.night),
        weekend=_hours(t, hours.weekend),
    )
    came = t("{pings}, {late} outside working hours · {bugs}, {closed} closed").format(
        pings=t.plural("{count} ping", "{count} pings", counts.pings),
        late=_number(t, counts.after_hours),
        bugs=t.plural("{count} bug taken", "{count} bugs taken", counts.taken),
        closed=_number(t, counts.closed),
    )
    shifts = t.plural("{count} shift", "{count} shifts", load.shifts)
    said = [f"*{person(load.person)}* · {shifts} · {time}", came]
    if load.effort is not None:
        said[1] += " · " + t("effort {effort} of 5").format(effort=_number(t, round(load.effort, 1)))
    return "\n".join(said)


def _picture(t: Translator, shown: Shown, picture: str | None, names: Mapping[str, str]) -> list[Block]:
    if picture is None:
        return []
    told = "; ".join(
        f"{names.get(each.person, each.person)}: {_hours(t, each.hours.total)} h" for each in shown.loads
    )
    title = t("Load of each member")
    image: Block = {
        "type": "image",
        "slack_file": {"id": picture},
        "alt_text": cut(f"{title}. {told}", ALT_LIMIT),
    }
    key = t("🟦 hours by day 🟪 at night 🟧 on weekends 🟩 pings 🟥 bugs taken")
    return [image, context(key), *names_key([each.person for each in shown.loads[:ROWS]], names)]


def _how(t: Translator, shown: Shown) -> str:
    said = [
        t("Counted since {time}.").format(time=moment(shown.since)),
        t("A night is from 22:00 to 06:00 by the member's own clocks, and each hour counts once."),
    ]
    if shown.is_balanced:
        said.append(t("Each round is ordered by least load."))
    return " ".join(said)


def _hours(t: Translator, length: timedelta) -> str:
    return _number(t, round(length / _HOUR))


def _number(t: Translator, number: float) -> str:
    return str(format_decimal(number, locale=t.language))
