"""Shifts that change hands, on SQLite and PostgreSQL: who first accepts has one, and all concerned are told.

The deeds only decide; no call to Slack or Jira is made here.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.absence import No as NoTimeOff
from domain.config import Admins, Config
from domain.cover_request import CoverRequest, State
from domain.covering import No, Refusal, Stint
from domain.duty import TimeOff
from domain.layers import shifts
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, without_member
from domain.rotation_profile import Profile
from gateways.jira import Jira
from gateways.slack import Slack
from storage import cover_requests, duty_layers, overrides, rotations
from storage.database import Database
from storage.tables import effects
from tests.domain.rotations import DAY, HOUR, local, utc
from workflows import asking_cover, cover_reminding, taking_shifts, taking_time_off
from workflows.context import Context

MONDAY = utc("2026-11-23T09:00")
WEEK = 7 * DAY
ELSA, DIEGO, FANG, HUGO = "U0ELSA", "U0DIEGO", "U0FANG", "U0HUGO"
ROTATION = Rotation((ELSA, DIEGO, FANG), Kind.WEEKLY, 1, local("2026-11-23T09:00"), "UTC")
# In order: who has which week from MONDAY on.
FIRST, SECOND, THIRD = (
    Stint(MONDAY + WEEK * number, MONDAY + WEEK * (number + 1), person)
    for number, person in enumerate((ELSA, DIEGO, FANG))
)


@dataclass
class Clock:
    """A clock that tests set."""

    at: datetime

    def __call__(self) -> datetime:
        """Say what time it is."""
        return self.at


@pytest.fixture
def clock() -> Clock:
    """Return a clock at the Friday before the first shift."""
    return Clock(MONDAY - 3 * DAY)


@pytest.fixture
def ctx(database: Database, clock: Clock) -> Iterator[Context]:
    """Yield a context with a rotation of three, whose gateways reach nobody."""
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
    with database.transaction() as tx:
        rotations.add_new(tx, "shop", Profile("Shop", lead=HUGO, channel="C0SHOP"), begin(ROTATION))
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as jira:
        yield Context(Config(Admins("C0ADMINS"), ()), database, slack, jira, clock)


def only(ctx: Context, state: State = State.OPEN) -> CoverRequest:
    """Return the one request there is, in this state."""
    with ctx.database.reading() as tx:
        found = [each for each in requests(ctx) if each.state is state]
        assert len(found) == 1, requests(ctx)
        assert cover_requests.get(tx, found[0].id) == found[0]
    return found[0]


def requests(ctx: Context) -> list[CoverRequest]:
    """Return every request."""
    with ctx.database.reading() as tx:
        return cover_requests._found(tx)


def duty(ctx: Context) -> list[tuple[str | None, timedelta, timedelta]]:
    """Return who has which hours of the three weeks, as it stands."""
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, "shop")
        assert kept is not None
        layers = duty_layers.between(tx, "shop", MONDAY, MONDAY + 3 * WEEK)
        found = list(shifts(kept.history, layers, MONDAY, MONDAY + 3 * WEEK))
        return [(each.person, each.start - MONDAY, each.end - MONDAY) for each in found]


def holders(ctx: Context) -> list[str | None]:
    """Return who has the three weeks."""
    return [person for person, _, _ in duty(ctx)]


def told(ctx: Context, name: str) -> list[str]:
    """Return who was told something, in order."""
    return sorted(args["to"] for args in decided(ctx, "write_cover_note") if args["note"]["name"] == name)


def decided(ctx: Context, kind: str) -> list[dict[str, Any]]:
    """Return the args of the effects of one kind."""
    with ctx.database.reading() as tx:
        return list(tx.scalars(select(effects.c.args).where(effects.c.kind == kind).order_by(effects.c.id)))


def no(outcome: Refusal | None) -> No:
    """Return why not."""
    assert outcome is not None
    return outcome.no


def at_once(*deeds: Callable[[], Refusal | None]) -> list[Refusal | None]:
    """Do several things at the same moment."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [each.result() for each in [pool.submit(deed) for deed in deeds]]


def test_of_two_who_accept_at_the_same_moment_one_has_the_shift(ctx: Context) -> None:
    """Everybody is asked; one covers and the other reads that it is settled, by whom."""
    assert asking_cover.ask(ctx, "shop", FIRST, ELSA) is None
    request = only(ctx)
    outcomes = at_once(*(lambda who=who: asking_cover.accept(ctx, request.id, who) for who in (DIEGO, FANG)))
    (refused,) = [each for each in outcomes if each]
    settled = only(ctx, State.ACCEPTED)
    assert (refused.no, refused.by) == (No.SETTLED, settled.answered_by)
    assert holders(ctx) == [settled.answered_by, DIEGO, FANG]
    assert told(ctx, "cover_accepted") == sorted([ELSA, str(settled.answered_by)])
    assert [each["audience"] for each in decided(ctx, "post_cover")] == ["C0SHOP"]


def test_who_is_asked_alone_may_decline(ctx: Context) -> None:
    """Nobody else can answer; declined, the shift stays and its holder is told."""
    assert asking_cover.ask(ctx, "shop", FIRST, ELSA, asked=DIEGO) is None
    request = only(ctx)
    assert no(asking_cover.accept(ctx, request.id, FANG)) is No.NOT_ASKED
    assert no(asking_cover.decline(ctx, request.id, FANG)) is No.NOT_ASKED
    assert asking_cover.decline(ctx, request.id, DIEGO) is None
    assert no(asking_cover.accept(ctx, request.id, DIEGO)) is No.SETTLED
    assert (holders(ctx), told(ctx, "cover_declined")) == ([ELSA, DIEGO, FANG], [ELSA])


def test_who_may_ask_and_answer(ctx: Context) -> None:
    """A lead asks on behalf and all are told; strangers neither ask nor cover, nobody covers themselves."""
    assert no(asking_cover.ask(ctx, "shop", FIRST, FANG)) is No.NOT_ALLOWED
    assert no(asking_cover.ask(ctx, "shop", FIRST, ELSA, asked="U0ANA")) is No.NOT_A_MEMBER
    assert asking_cover.ask(ctx, "shop", FIRST, HUGO) is None
    assert told(ctx, "asked_for_you") == [ELSA]
    request = only(ctx)
    assert no(asking_cover.accept(ctx, request.id, "U0ANA")) is No.NOT_A_MEMBER
    assert no(asking_cover.accept(ctx, request.id, ELSA)) is No.OWN
    assert no(asking_cover.ask(ctx, "shop", FIRST, ELSA)) is No.ASKED
    assert asking_cover.accept(ctx, request.id, DIEGO) is None
    assert told(ctx, "cover_accepted") == [DIEGO, ELSA, HUGO]


def test_a_swap_and_back_again(ctx: Context) -> None:
    """Accepted, both shifts change hands at once; swapped again, everything is as it was."""
    assert asking_cover.ask(ctx, "shop", FIRST, ELSA, asked=DIEGO, other=SECOND) is None
    assert asking_cover.accept(ctx, only(ctx).id, DIEGO) is None
    assert (holders(ctx), told(ctx, "swap_accepted")) == ([DIEGO, ELSA, FANG], [ELSA])
    theirs, mine = FIRST._replace(person=DIEGO), SECOND._replace(person=ELSA)
    assert asking_cover.ask(ctx, "shop", mine, ELSA, asked=DIEGO, other=theirs) is None
    assert asking_cover.accept(ctx, only(ctx).id, DIEGO) is None
    assert holders(ctx) == [ELSA, DIEGO, FANG]
    with ctx.database.reading() as tx:
        assert overrides.coming(tx, "shop", MONDAY) == []


def test_a_swap_is_refused_where_a_holder_has_changed_meanwhile(ctx: Context) -> None:
    """Somebody else took one of the shifts: the request to swap it is over, and says so."""
    asking_cover.ask(ctx, "shop", FIRST, ELSA, asked=DIEGO, other=SECOND)
    request = only(ctx)
    assert taking_shifts.take(ctx, "shop", SECOND, FANG) is None
    assert only(ctx, State.OVERTAKEN).id == request.id
    assert no(asking_cover.accept(ctx, request.id, DIEGO)) is No.SETTLED
    assert holders(ctx) == [ELSA, FANG, FANG]


def test_cover_that_two_requests_asked_for_comes_once(ctx: Context) -> None:
    """One person and everybody are asked: when one of them accepts, the other request is over."""
    asking_cover.ask(ctx, "shop", FIRST, ELSA, asked=DIEGO)
    asking_cover.ask(ctx, "shop", FIRST, ELSA)
    to_all = next(each for each in requests(ctx) if each.asked is None)
    assert asking_cover.accept(ctx, to_all.id, FANG) is None
    assert only(ctx, State.OVERTAKEN).asked == DIEGO
    assert holders(ctx) == [FANG, DIEGO, FANG]


def test_a_shift_under_way_changes_hands_from_now_on(ctx: Context, clock: Clock) -> None:
    """What has been stays with who had it; the remainder is the other's, and who is settled follows."""
    clock.at = MONDAY + DAY
    assert taking_shifts.take(ctx, "shop", FIRST, FANG) is None
    assert duty(ctx)[:2] == [(ELSA, 0 * DAY, DAY), (FANG, DAY, WEEK)]
    assert told(ctx, "taken") == [ELSA]
    clock.at = MONDAY + 2 * DAY
    assert taking_shifts.give_back(ctx, "shop", Stint(MONDAY + DAY, MONDAY + WEEK, FANG), FANG) is None
    assert duty(ctx)[:3] == [(ELSA, 0 * DAY, DAY), (FANG, DAY, 2 * DAY), (ELSA, 2 * DAY, WEEK)]
    assert told(ctx, "given_back") == [ELSA]


def test_what_somebody_took_is_not_taken_from_them_again(ctx: Context) -> None:
    """The override in the way is named; who asks for cover of it passes it on, and undoing gives it back."""
    assert taking_shifts.take(ctx, "shop", FIRST, FANG) is None
    outcome = taking_shifts.take(ctx, "shop", FIRST._replace(person=FANG), DIEGO)
    assert outcome is not None
    assert outcome.override is not None
    assert (outcome.no, outcome.override.person) == (No.IN_THE_WAY, FANG)
    assert asking_cover.ask(ctx, "shop", FIRST._replace(person=FANG), FANG, asked=DIEGO) is None
    assert asking_cover.accept(ctx, only(ctx).id, DIEGO) is None
    assert holders(ctx) == [DIEGO, DIEGO, FANG]
    assert no(taking_shifts.give_back(ctx, "shop", FIRST._replace(person=DIEGO), FANG)) is No.NOT_ALLOWED
    assert taking_shifts.give_back(ctx, "shop", FIRST._replace(person=DIEGO), ELSA) is None
    assert holders(ctx) == [ELSA, DIEGO, FANG]


def test_a_lead_gives_a_shift_to_somebody(ctx: Context) -> None:
    """Both are told; nobody else may do it for others."""
    assert no(taking_shifts.hand(ctx, "shop", FIRST, DIEGO, to=FANG)) is No.NOT_ALLOWED
    assert no(taking_shifts.hand(ctx, "shop", FIRST, HUGO, to="U0ANA")) is No.NOT_A_MEMBER
    assert taking_shifts.hand(ctx, "shop", FIRST, HUGO, to=FANG) is None
    assert (holders(ctx), told(ctx, "handed")) == ([FANG, DIEGO, FANG], [ELSA, FANG])


def test_hostile_windows_are_refused(ctx: Context, clock: Clock) -> None:
    """Reversed, over, a year long, of somebody else, of no rotation: nothing is kept."""
    late = replace_end = FIRST._replace(end=MONDAY - DAY)
    assert no(asking_cover.ask(ctx, "shop", replace_end, ELSA)) is No.REVERSED
    assert no(asking_cover.ask(ctx, "shop", FIRST._replace(end=MONDAY + 400 * DAY), ELSA)) is No.TOO_LONG
    assert no(asking_cover.ask(ctx, "shop", FIRST._replace(end=MONDAY + 8 * DAY), ELSA)) is No.CHANGED
    assert no(asking_cover.ask(ctx, "shop", SECOND._replace(person=ELSA), ELSA)) is No.CHANGED
    assert no(asking_cover.ask(ctx, "none", FIRST, ELSA)) is No.ENDED
    clock.at = MONDAY + WEEK
    assert no(taking_shifts.take(ctx, "shop", FIRST, FANG)) is No.ENDED
    assert no(asking_cover.ask(ctx, "shop", late, ELSA)) is No.REVERSED
    assert requests(ctx) == []


def test_reminders_come_nearer_and_the_request_lapses_when_the_shift_begins(
    ctx: Context, clock: Clock
) -> None:
    """Days and hours before, at work; when the shift begins, holder and lead read that it lapsed."""
    clock.at = MONDAY
    asking_cover.ask(ctx, "shop", SECOND, DIEGO)
    reminded = []
    while clock.at <= SECOND.start:
        for _ in range(2):
            cover_reminding.remind(ctx)
        if len(told(ctx, "unanswered")) > len(reminded):
            reminded.append(clock.at)
        clock.at += timedelta(minutes=30)
    # Three hours before Monday 09:00 nobody works: the last hour of Friday's work it is, as for a day before.
    assert reminded == [MONDAY + 4 * DAY, MONDAY + 4 * DAY + 7 * HOUR]
    assert [each["number"] for each in decided(ctx, "post_cover")] == [0, 1, 2]
    lapsed = only(ctx, State.LAPSED)
    assert told(ctx, "cover_lapsed") == [DIEGO, HUGO]
    assert no(asking_cover.accept(ctx, lapsed.id, FANG)) is No.SETTLED
    assert holders(ctx) == [ELSA, DIEGO, FANG]


def test_who_accepts_too_late_is_told_so(ctx: Context, clock: Clock) -> None:
    """Between the shift's beginning and the next tick nobody slips in."""
    asking_cover.ask(ctx, "shop", FIRST, ELSA)
    clock.at = MONDAY
    assert no(asking_cover.accept(ctx, only(ctx).id, FANG)) is No.ENDED


def test_of_a_member_who_was_removed_the_requests_end(ctx: Context, clock: Clock) -> None:
    """Their shifts are others' then; what they asked for is not needed."""
    asking_cover.ask(ctx, "shop", SECOND, DIEGO)
    with ctx.database.transaction() as tx:
        kept = rotations.lock(tx, "shop")
        assert kept is not None
        rotations.change(tx, kept, history=without_member(kept.history, clock.at, DIEGO))
    cover_reminding.remind(ctx)
    assert only(ctx, State.OVERTAKEN)
    assert told(ctx, "cover_overtaken") == [DIEGO]


def test_only_the_asker_and_leads_withdraw(ctx: Context) -> None:
    """Withdrawn, nobody can accept any more."""
    asking_cover.ask(ctx, "shop", FIRST, ELSA)
    request = only(ctx)
    assert no(asking_cover.withdraw(ctx, request.id, DIEGO)) is No.NOT_ALLOWED
    assert asking_cover.withdraw(ctx, request.id, ELSA) is None
    assert no(asking_cover.accept(ctx, request.id, DIEGO)) is No.SETTLED
    assert no(asking_cover.withdraw(ctx, request.id, ELSA)) is No.SETTLED


def off(person: str, start: datetime, end: datetime) -> TimeOff:
    """Give somebody time off."""
    return TimeOff(f"{person}-{start:%m%d%H}", person, start, end)


def test_time_off_has_the_next_one_stand_in_and_tells_them(ctx: Context) -> None:
    """Who stands in is told when noted and when cancelled; pressed twice it is noted once."""
    holiday = off(ELSA, MONDAY - DAY, MONDAY + 2 * DAY)
    for _ in range(2):
        assert taking_time_off.note(ctx, holiday, ELSA) is None
    assert duty(ctx)[:2] == [(DIEGO, 0 * DAY, 2 * DAY), (ELSA, 2 * DAY, WEEK)]
    assert told(ctx, "away_stand_in") == [DIEGO]
    for _ in range(2):
        assert taking_time_off.cancel(ctx, holiday.id, ELSA) is None
    assert (holders(ctx), told(ctx, "back_stand_in")) == ([ELSA, DIEGO, FANG], [DIEGO])


def test_time_off_of_everybody_is_told_to_the_lead(ctx: Context) -> None:
    """The last to go leaves a gap: the lead reads when."""
    for person in (ELSA, DIEGO, FANG):
        assert taking_time_off.note(ctx, off(person, MONDAY, MONDAY + DAY), person) is None
    assert told(ctx, "away_gap") == [HUGO]
    assert holders(ctx)[0] is None


def test_time_off_on_behalf_is_for_leads_and_told(ctx: Context) -> None:
    """The person reads who noted it; nobody else may."""
    holiday = off(ELSA, MONDAY, MONDAY + DAY)
    assert taking_time_off.note(ctx, holiday, DIEGO) is NoTimeOff.NOT_ALLOWED
    assert taking_time_off.note(ctx, holiday, HUGO) is None
    assert taking_time_off.cancel(ctx, holiday.id, DIEGO) is NoTimeOff.NOT_ALLOWED
    assert told(ctx, "away") == [ELSA]


def test_what_somebody_agreed_to_stays_theirs_although_they_are_away(ctx: Context) -> None:
    """A shift that they took over is not given to others; the preview says so."""
    taking_shifts.take(ctx, "shop", FIRST, FANG)
    holiday = off(FANG, MONDAY, MONDAY + DAY)
    with ctx.database.reading() as tx:
        (concerned,) = taking_time_off.preview(tx, ctx, holiday)
    assert [(each.stand_in, each.agreed) for each in concerned.touched] == [(FANG, True)]
    taking_time_off.note(ctx, holiday, FANG)
    assert holders(ctx)[0] == FANG


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (MONDAY + DAY, MONDAY, NoTimeOff.REVERSED),
        (MONDAY - 9 * DAY, MONDAY - 8 * DAY, NoTimeOff.ENDED),
        (MONDAY, MONDAY + 900 * DAY, NoTimeOff.TOO_LONG),
        (MONDAY + 900 * DAY, MONDAY + 901 * DAY, NoTimeOff.TOO_FAR),
    ],
)
def test_time_off_that_cannot_be(ctx: Context, start: datetime, end: datetime, why: NoTimeOff) -> None:
    """Reversed, over, of years, in years: refused with the reason."""
    assert taking_time_off.note(ctx, off(ELSA, start, end), ELSA) is why
