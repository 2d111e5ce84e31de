"""Where customer issues go, by tables worked out by hand and for whatever table a team may write."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.customer_config import Asleep, Form, Route
from domain.customer_routing import Decision, Verdict, decide, due, read_decision
from domain.route_filters import Facts, Filter, unreachable
from domain.working_hours import WorkingHours

NINE_TO_FIVE = WorkingHours()
MADRID, TAIPEI, NEW_YORK = (ZoneInfo(each) for each in ("Europe/Madrid", "Asia/Taipei", "America/New_York"))
OWN = "C0OWN"
FACTS = Facts("shop", "Payment", "enterprise", "EMEA", "es-MX", "Europe/Berlin", 5)


def at(text: str) -> datetime:
    """Return an instant of 2026 written as month-day hour:minute in UTC."""
    return datetime.fromisoformat(f"2026-{text}:00+00:00")


MONDAY = at("11-23 10:00")  # in working hours in Madrid, night in Taipei and New York


def told(decision: Decision) -> list[str]:
    """Return where and when it goes, as in C0A 11-23 10:00."""
    return [f"{each.channel} {each.at:%m-%d %H:%M}" for each in decision.deliveries]


@pytest.mark.parametrize(
    ("filters", "misfit"),
    [
        ({}, None),
        ({"products": ("shop", "pay")}, None),
        ({"products": ("pay",)}, Filter.PRODUCT),
        ({"areas": ("payment",)}, None),
        ({"areas": ("Cart",)}, Filter.AREA),
        ({"tiers": ("Enterprise",)}, None),
        ({"tiers": ("starter",)}, Filter.TIER),
        ({"regions": ("emea", "APAC")}, None),
        ({"regions": ("AMER",)}, Filter.REGION),
        ({"languages": ("es",)}, None),
        ({"languages": ("es_MX",)}, None),
        ({"languages": ("es_ES", "en")}, Filter.LANGUAGE),
        ({"zones": ("Europe/*",)}, None),
        ({"zones": ("Europe/Madrid", "Africa/*")}, Filter.ZONE),
        ({"effort": 5}, None),
        ({"effort": 6}, Filter.EFFORT),
        ({"tiers": ("starter",), "effort": 6}, Filter.TIER),
    ],
)
def test_each_filter(filters: dict[str, object], misfit: Filter | None) -> None:
    """A line has what all its filters let through; what one does not goes to the product's own channel."""
    decision = decide([Route("Line", "C0A", **filters)], FACTS, MONDAY, OWN)
    assert [each.channel for each in decision.deliveries] == [OWN if misfit else "C0A"]
    assert decision.judged[0].filter is misfit


@pytest.mark.parametrize("known", ["area", "tier", "region", "language", "zone", "effort"])
def test_what_is_not_known_fits_no_filter(known: str) -> None:
    """A line that asks for a fact leaves out those of whom it is not known; one that does not has them."""
    filters = {
        "area": {"areas": ("Payment",)},
        "tier": {"tiers": ("enterprise",)},
        "region": {"regions": ("EMEA",)},
        "language": {"languages": ("es",)},
        "zone": {"zones": ("Europe/*",)},
        "effort": {"effort": 1},
    }
    routes = [Route("Asks", "C0A", **filters[known]), Route("All", "C0B")]
    decision = decide(routes, replace(FACTS, **{known: None}), MONDAY, OWN)
    assert [each.channel for each in decision.deliveries] == ["C0B"]
    assert decide(routes, FACTS, MONDAY, OWN).deliveries[0].channel == "C0A"


def test_every_line_that_fits_has_it_but_one_for_each_channel() -> None:
    """Of several lines for one channel the first decides; others say by which line they are left out."""
    routes = [
        Route("One", "C0A", rotation="shop"),
        Route("Two", "C0B"),
        Route("Three", "C0A", rotation="pay"),
    ]
    decision = decide(routes, FACTS, MONDAY, OWN)
    assert [(each.channel, each.line, each.rotation) for each in decision.deliveries] == [
        ("C0A", 1, "shop"),
        ("C0B", 2, None),
    ]
    assert decision.judged[2].verdict is Verdict.SAME_CHANNEL
    assert decision.judged[2].other == 1


@pytest.mark.parametrize(
    ("asleep", "when", "posted"),
    [
        (Asleep.WAIT, "11-23 10:00", "11-23 10:00"),
        (Asleep.WAIT, "11-23 16:00", "11-24 08:00"),  # they have just left: Madrid is an hour ahead
        (Asleep.WAIT, "11-23 07:59", "11-23 08:00"),
        (Asleep.WAIT, "11-27 18:00", "11-30 08:00"),  # over the weekend
        (Asleep.WAIT, "10-23 18:00", "10-26 08:00"),  # over the night in which the clocks go back
        (Asleep.WAIT, "03-27 18:00", "03-30 07:00"),  # and forward
        (Asleep.POST, "11-27 18:00", "11-27 18:00"),
        (Asleep.NEXT, "11-27 18:00", "11-30 08:00"),  # nobody else has it
    ],
)
def test_hours(asleep: Asleep, when: str, posted: str) -> None:
    """Outside its hours a line waits for them, by the clocks of its own zone, or posts all the same."""
    route = Route("Line", "C0A", hours=NINE_TO_FIVE, zone=MADRID, asleep=asleep)
    assert told(decide([route], FACTS, at(when), OWN)) == [f"C0A {posted}"]


@pytest.mark.parametrize(
    ("when", "has_it"),
    [
        ("11-24 03:00", ["C0TW 11-24 03:00"]),
        ("11-24 08:30", ["C0EU 11-24 08:30", "C0TW 11-24 08:30"]),  # both are at work
        ("11-24 12:00", ["C0EU 11-24 12:00"]),
        ("11-24 20:00", ["C0US 11-24 20:00"]),
        ("11-24 23:00", ["C0TW 11-25 01:00"]),  # all sleep: Taipei begins first
        ("11-28 12:00", ["C0TW 11-30 01:00"]),  # and on Mondays
    ],
)
def test_passing_on_follows_the_sun(when: str, has_it: list[str]) -> None:
    """Lines that pass on leave it to whoever is awake, or begins first where nobody is."""
    routes = [
        Route("Europe", "C0EU", hours=NINE_TO_FIVE, zone=MADRID, asleep=Asleep.NEXT),
        Route("Americas", "C0US", hours=NINE_TO_FIVE, zone=NEW_YORK, asleep=Asleep.NEXT),
        Route("Asia", "C0TW", hours=NINE_TO_FIVE, zone=TAIPEI, asleep=Asleep.NEXT),
    ]
    assert told(decide(routes, FACTS, at(when), OWN)) == has_it


def test_one_channel_for_several_teams() -> None:
    """Lines for one channel that pass on differ by whom they name: the one awake, or the first to begin."""
    routes = [
        Route("Europe", "C0A", hours=NINE_TO_FIVE, zone=MADRID, asleep=Asleep.NEXT, rotation="eu"),
        Route("Asia", "C0A", hours=NINE_TO_FIVE, zone=TAIPEI, asleep=Asleep.NEXT, rotation="tw"),
    ]
    named = {
        when: [each.rotation for each in decide(routes, FACTS, at(when), OWN).deliveries]
        for when in ("11-24 03:00", "11-24 12:00", "11-24 20:00")
    }
    assert named == {"11-24 03:00": ["tw"], "11-24 12:00": ["eu"], "11-24 20:00": ["tw"]}
    assert decide(routes, FACTS, at("11-24 03:00"), OWN).judged[0].verdict is Verdict.PASSED_ON


@pytest.mark.parametrize(
    ("form", "hours", "when", "posted"),
    [
        (Form.HOURLY, None, "11-23 10:00", "11-23 11:00"),
        (Form.HOURLY, None, "11-23 10:59", "11-23 11:00"),
        (Form.HOURLY, NINE_TO_FIVE, "11-23 15:30", "11-24 08:00"),  # at five they have left
        (Form.HOURLY, NINE_TO_FIVE, "11-23 07:30", "11-23 08:00"),
        (Form.DAILY, None, "11-28 07:30", "11-28 08:00"),  # also on a Saturday
        (Form.DAILY, None, "11-28 08:00", "11-29 08:00"),
        (Form.DAILY, NINE_TO_FIVE, "11-27 08:00", "11-30 08:00"),
        (Form.DAILY, NINE_TO_FIVE, "10-23 12:00", "10-26 08:00"),
    ],
)
def test_digests(form: Form, hours: WorkingHours | None, when: str, posted: str) -> None:
    """A digest comes at the next full hour of its hours, or when the next working day begins."""
    route = Route("Line", "C0A", form=form, hours=hours, zone=MADRID)
    assert told(decide([route], FACTS, at(when), OWN)) == [f"C0A {posted}"]


def test_full_hours_are_those_of_the_zone() -> None:
    """In a zone that is 5:45 ahead the full hour comes a quarter past ours."""
    route = Route("Line", "C0A", form=Form.HOURLY, zone=ZoneInfo("Asia/Kathmandu"))
    assert due(route, at("11-23 10:00")) == at("11-23 10:15")


@pytest.mark.parametrize(
    ("lines", "lost"),
    [
        ([{}, {"tiers": ("enterprise",)}], [(2, 1)]),
        ([{"tiers": ("enterprise",)}, {}], []),
        ([{"areas": ("Payment", "Cart")}, {"areas": ("cart",)}], [(2, 1)]),
        ([{"zones": ("Europe/*",)}, {"zones": ("Europe/Madrid",)}], [(2, 1)]),
        ([{"zones": ("Europe/Madrid",)}, {"zones": ("Europe/*",)}], []),
        ([{"languages": ("es",)}, {"languages": ("es_MX",)}], [(2, 1)]),
        ([{"effort": 3}, {"effort": 5}, {"effort": 2}], [(2, 1)]),
        ([{}, {"channel": "C0B"}], []),
        ([{"hours": NINE_TO_FIVE}, {"asleep": Asleep.POST}], [(2, 1)]),
        ([{"hours": NINE_TO_FIVE, "asleep": Asleep.NEXT}, {}], []),
    ],
)
def test_lines_that_never_have_anything(lines: list[dict[str, object]], lost: list[tuple[int, int]]) -> None:
    """A line is pointed out when an earlier one for its channel lets all through that it does."""
    routes = [Route(**{"name": f"{n}", "channel": "C0A", **line}) for n, line in enumerate(lines)]
    assert list(unreachable(routes)) == lost


ZONES = st.sampled_from(
    ["Europe/Madrid", "Asia/Taipei", "Australia/Lord_Howe", "Africa/Cairo", "America/St_Johns", "UTC"]
)
SPANS = st.sampled_from([(time(0), time(0)), (time(2), time(3)), (time(9), time(17)), (time(14), time(0))])
HOURS = st.builds(
    lambda days, span: WorkingHours(days, *span), st.frozensets(st.integers(0, 6), min_size=1), SPANS
)
PICKS = {"areas": ["Payment", "cart"], "tiers": ["Enterprise", "starter"], "regions": ["EMEA", "apac"]}
ROUTES = st.builds(
    Route,
    name=st.just("Line"),
    channel=st.sampled_from(["C0A", "C0B", "C0C"]),
    products=st.sampled_from([(), ("shop",), ("pay",)]),
    areas=st.lists(st.sampled_from(PICKS["areas"]), max_size=2).map(tuple),
    tiers=st.lists(st.sampled_from(PICKS["tiers"]), max_size=2).map(tuple),
    regions=st.lists(st.sampled_from(PICKS["regions"]), max_size=2).map(tuple),
    zones=st.sampled_from([(), ("Europe/*",), ("Asia/Taipei", "Africa/*")]),
    effort=st.integers(0, 7),
    form=st.sampled_from(Form),
    hours=st.none() | HOURS,
    zone=ZONES.map(ZoneInfo),
    asleep=st.sampled_from(Asleep),
)
TABLES = st.lists(ROUTES, max_size=6)
MINUTES = st.integers(0, 365 * 24 * 60)
MOMENTS = MINUTES.map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
ALL_FACTS = st.builds(
    Facts,
    product=st.sampled_from(["shop", "pay"]),
    area=st.sampled_from([None, "Payment", "Cart"]),
    tier=st.sampled_from([None, "enterprise", "starter"]),
    region=st.sampled_from([None, "EMEA", "APAC"]),
    zone=st.none() | ZONES,
    effort=st.none() | st.integers(1, 7),
)


@given(TABLES, ALL_FACTS, MOMENTS)
def test_nothing_is_lost_and_nothing_doubled(routes: list[Route], facts: Facts, when: datetime) -> None:
    """Whatever the table: at least one channel has it, none twice, not before it is known, within weeks."""
    decision = decide(routes, facts, when, OWN)
    channels = [each.channel for each in decision.deliveries]
    assert channels
    assert len(channels) == len(set(channels))
    assert all(when <= each.at <= when + timedelta(days=9) for each in decision.deliveries)
    assert (OWN in channels) == all(each.verdict is Verdict.UNFIT for each in decision.judged)
    having = [each.line for each in decision.judged if each.verdict is Verdict.HAS_IT]
    assert having == sorted(each.line for each in decision.deliveries if each.line is not None)


@given(TABLES, ALL_FACTS, MOMENTS)
def test_nobody_is_woken(routes: list[Route], facts: Facts, when: datetime) -> None:
    """What is not to be posted outside hours never is, and whoever passes on was not the soonest."""
    decision = decide(routes, facts, when, OWN)
    for each in decision.deliveries:
        route = routes[each.line - 1] if each.line else None
        if route and route.hours and route.asleep is not Asleep.POST:
            assert route.hours.includes(each.at, route.zone)
    soonest = min(each.at for each in decision.deliveries)
    for judged in decision.judged:
        if judged.verdict is Verdict.PASSED_ON:
            assert soonest <= due(routes[judged.line - 1], when)


@given(TABLES, ALL_FACTS, MOMENTS)
def test_a_line_that_is_pointed_out_never_has_anything(
    routes: list[Route], facts: Facts, when: datetime
) -> None:
    """What is said of unreachable lines is true, whatever comes and whenever."""
    having = {each.line for each in decide(routes, facts, when, OWN).deliveries}
    assert not having & {line for line, _ in unreachable(routes)}


@given(TABLES, ALL_FACTS, MOMENTS)
def test_a_decision_is_kept_whole(routes: list[Route], facts: Facts, when: datetime) -> None:
    """Through JSON and back a decision and its facts are the same."""
    decision = decide(routes, facts, when, OWN)
    assert read_decision(json.loads(json.dumps(decision.kept(facts)))) == (facts, decision)


def test_before_there_were_routes() -> None:
    """A customer issue that was kept without a decision has none to tell."""
    assert read_decision({}) is None
