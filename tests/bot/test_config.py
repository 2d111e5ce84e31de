import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.config import parse_config, read_config
from bot.problems import SetupError
from domain.config import Config
from domain.report import Impact, Workaround
from domain.rotation import Kind
from domain.severity import DEFAULT_SCALE
from domain.working_hours import WorkingHours
from tests.bot.stage import SANDBOX_TOML

LEAST = """
[admins]
channel = "C0ADMINS"

[[products]]
key = "shop"
name = "Shop"
project = "SHOP"
channel = "C0SHOP"
"""
ROTATION = """
[[rotations]]
key = "shop-bugs"
members = ["U0ANA", "U0BEN"]
start = 2026-01-05T10:00:00
"""


def parsed(text: str) -> Config:
    """Return the config in a TOML text."""
    return parse_config(tomllib.loads(text), "bugle.toml")


def problems(text: str) -> list[str]:
    """Return what is said to be wrong with a TOML text."""
    with pytest.raises(SetupError) as refused:
        parsed(text)
    return [str(problem) for problem in refused.value.problems]


def test_little_is_needed() -> None:
    """An admins' channel and one product suffice; the rest has defaults."""
    config = parsed(LEAST)
    product = config.products[0]
    assert (product.issue_type, product.language, product.rotation) == ("Bug", "en", None)
    assert (config.severities, config.rotations, config.people) == (DEFAULT_SCALE, (), {})


def test_time_off_is_read_where_it_is_said_to_be() -> None:
    """Calendars are addresses by whose they are; without the section nobody's is read."""
    assert not parsed(LEAST).time_off.ical
    given = parsed(LEAST + '[time_off]\nstatus = true\n[time_off.ical]\nU0ANA = "https://hr.example/a.ics"\n')
    assert (given.time_off.status, given.time_off.ical) == (True, {"U0ANA": "https://hr.example/a.ics"})
    (problem,) = problems(LEAST + '[time_off.ical]\nU0ANA = "webcal://hr.example/a.ics"\n')
    assert "is no address" in problem


def test_everybody_triages_unless_roles_say_who() -> None:
    """Without roles nobody is named; those of all products and those of one add up, groups apart."""
    assert parsed(LEAST).triagers(parsed(LEAST).products[0]) == ()
    config = parsed(LEAST + 'triage = ["U0HUGO", "S0PAY"]\n[roles]\ntriage = ["S0LEADS", "U0HUGO"]\n')
    assert config.triagers(config.products[0]) == ("S0LEADS", "U0HUGO", "S0PAY")
    assert config.user_groups() == ("S0LEADS", "S0PAY")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[roles]\n", "roles.triage is missing or empty: give member IDs"),
        ('[roles]\ntriage = ["@leads"]\n', "roles.triage has '@leads': give member IDs"),
        ('[roles]\ntriaje = ["U0HUGO"]\n', "roles.triaje is not known: did you mean triage?"),
    ],
)
def test_a_mistake_in_roles_is_told(text: str, said: str) -> None:
    """A role that cannot be meant is told with its place and its fix."""
    assert any(each.startswith(f"bugle.toml: {said}") for each in problems(LEAST + text))


def test_everything_that_can_be_said_is_read() -> None:
    """Every key of every section reaches the config as it was written."""
    config = parsed(
        LEAST.replace('"C0ADMINS"', '"C0ADMINS"\nlanguage = "es"')
        + """
issue_type = "Defect"
language = "zh_Hant"
rotation = "shop-bugs"
support_channels = ["C0ONE", "C0TWO"]
[products.fields]
customfield_1 = { id = "3" }
"""
        + ROTATION
        + """
name = "Bugs in the shop"
kind = "daily"
length = 2
zone = "Europe/Madrid"
[[severities]]
key = "worst"
name = "Worst"
priority = "P0"
mark = "🔥"
when = [{ impact = ["data", "blocked"], workaround = ["none"] }]
[[severities]]
key = "rest"
name = "The rest"
[people]
U0ANA = "712020:ana"
"""
    )
    (product,), (entry,), (worst, rest) = config.products, config.rotations, config.severities
    assert config.admins.language == "es"
    assert (product.issue_type, product.language, product.rotation) == ("Defect", "zh_Hant", "shop-bugs")
    assert product.support_channels == ("C0ONE", "C0TWO")
    assert product.fields == {"customfield_1": {"id": "3"}}
    assert (entry.profile.name, entry.rotation.kind) == ("Bugs in the shop", Kind.DAILY)
    assert entry.rotation.length == 2
    assert (entry.rotation.zone, entry.rotation.start) == ("Europe/Madrid", datetime(2026, 1, 5, 10))  # noqa: DTZ001 - local
    assert (worst.priority, worst.mark) == ("P0", "🔥")
    assert worst.when[0].impact == {Impact.DATA, Impact.BLOCKED}
    assert worst.when[0].workaround == {Workaround.NONE}
    assert (rest.priority, rest.when) == (None, ())
    assert config.people == {"U0ANA": "712020:ana"}


def test_the_sandbox_s_file_is_sound() -> None:
    """The bugle.toml of `make sandbox` parses."""
    assert [product.key for product in read_config(SANDBOX_TOML).products] == ["shop", "pay"]


SHOP = LEAST.partition("[[products]]")[2]
CHANNEL_FIX = "give the channel's ID (Slack: channel name, About, at the bottom), such as C0123ABCD"
ENVIRONMENT_FIX = "give a name of 1 to 75 characters, such as Production"  # as Slack's options
PERSON_FIX = "give the person's member ID (Slack: profile, ⋮, Copy member ID), such as U0123ABCD"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LEAST + 'languge = "es"', "products[0].languge is not known: did you mean language?"),
        (
            "[[product]]\n" + LEAST.replace("[[products]]", "[[products]]"),
            "product is not known: did you mean products?",
        ),
        (
            LEAST.replace('"C0ADMINS"', '"C0ADMINS"\nchanel = "C0"'),
            "admins.chanel is not known: did you mean channel?",
        ),
        (
            LEAST + "zzzzzz = 1",
            (
                "products[0].zzzzzz is not known: known here: key, name, project, channel, issue_type,"
                " language, rotation, support_channels, triage, fields, environments, form"
            ),
        ),
        (
            LEAST + ROTATION + 'menbers = ["U0ANA"]',
            "rotations[0].menbers is not known: did you mean members?",
        ),
        (
            LEAST + '[[severities]]\nkey = "a"\nname = "A"\n[[severities.when]]\nimpct = ["data"]',
            "severities[0].when[0].impct is not known: did you mean impact?",
        ),
        *(
            (
                LEAST + f'environments = ["Web", "{name}"]',
                f"products[0].environments has {name!r}: {ENVIRONMENT_FIX}",
            )
            for name in ("e" * 76, "e" * 151, "", " Web")
        ),
        ("[[products]]" + SHOP, "admins is missing: add it: a table, [admins]"),
        (
            '[admins]\nchannel = "C0ADMINS"',
            "products is missing: add a [[products]]; bugle.example.toml shows one",
        ),
        (LEAST.replace('name = "Shop"', ""), "products[0].name is missing: add it: a text in quotes"),
        (
            LEAST.replace('name = "Shop"', 'name = " "'),
            "products[0].name is empty: fill it in, or leave the line out",
        ),
        (LEAST.replace('name = "Shop"', "name = 7"), "products[0].name is 7: write a text in quotes"),
        (LEAST.replace('"C0SHOP"', '"#shop-bugs"'), f"products[0].channel is '#shop-bugs': {CHANNEL_FIX}"),
        (
            LEAST + 'support_channels = ["C0SUPPORT", "support"]',
            f"products[0].support_channels has 'support': {CHANNEL_FIX}",
        ),
        (
            LEAST + 'support_channels = "C0SUPPORT"',
            'products[0].support_channels is \'C0SUPPORT\': write a list of texts, such as ["one", "two"]',
        ),
        (
            LEAST.replace('"SHOP"', '"shop"'),
            "products[0].project is 'shop': give the key of the Jira project, such as SHOP",
        ),
        (
            LEAST.replace('"shop"', '"My Shop"'),
            "products[0].key is 'My Shop': use small letters, digits and hyphens",
        ),
        (LEAST + 'language = "fr"', "products[0].language is 'fr': choose from en, es, zh_Hant"),
        (LEAST + 'language = "zh_Hans"', "products[0].language is 'zh_Hans': did you mean zh_Hant?"),
        (
            LEAST + "fields = 3",
            "products[0].fields is 3: write a table, [products[0].fields]",
        ),
        (
            "products = 3\n" + LEAST.partition("[[products]]")[0],
            "products is not a list of tables: write each as [[products]]",
        ),
        ("admins = 3\n[[products]]" + SHOP, "admins is 3: write a table, [admins]"),
        (
            LEAST + "[[products]]" + SHOP.replace('"Shop"', '"Second"'),
            "products has key 'shop' twice: give each its own",
        ),
        (
            LEAST + "[[products]]" + SHOP.replace('"shop"', '"second"'),
            "products has name 'Shop' twice: give each its own",
        ),
        (LEAST + ROTATION + ROTATION, "rotations has key 'shop-bugs' twice: give each its own"),
        (
            LEAST
            + '[[severities]]\nkey = "a"\nname = "A"\nwhen = [{}]\n[[severities]]\nkey = "a"\nname = "B"',
            "severities has key 'a' twice: give each its own",
        ),
        (
            LEAST + '[[severities]]\nkey = "a"\nname = "A"\n[[severities]]\nkey = "b"\nname = "B"',
            "severities has a step without `when` before the last: only the last may have none",
        ),
        (
            LEAST + '[[severities]]\nkey = "a"\nname = "A"\nwhen = [{ impact = ["date"] }]',
            "severities[0].when[0].impact is 'date': did you mean data?",
        ),
        (
            LEAST + 'rotation = "shop-bug"\n' + ROTATION,
            (
                "products[0].rotation names 'shop-bug', which no [[rotations]] defines:"
                " did you mean shop-bugs?"
            ),
        ),
        (
            LEAST + 'rotation = "shop-bugs"',
            (
                "products[0].rotation names 'shop-bugs', which no [[rotations]] defines:"
                " add a [[rotations]] with that key"
            ),
        ),
        (
            LEAST + ROTATION.replace("2026-01-05T10:00:00", '"monday"'),
            "rotations[0].start is 'monday': write a date and time, such as 2026-01-05T10:00:00",
        ),
        (
            LEAST + ROTATION.replace("start = 2026-01-05T10:00:00", ""),
            "rotations[0].start is missing: add it: a date and time, such as 2026-01-05T10:00:00",
        ),
        (
            LEAST + ROTATION.replace('["U0ANA", "U0BEN"]', "[]"),
            f"rotations[0].members is missing or empty: {PERSON_FIX}",
        ),
        (
            LEAST + ROTATION.replace('"U0BEN"', '"@ben"'),
            f"rotations[0].members has '@ben': {PERSON_FIX}",
        ),
        (LEAST + ROTATION + 'kind = "weakly"', "rotations[0].kind is 'weakly': did you mean weekly?"),
        (LEAST + ROTATION + "length = true", "rotations[0].length is True: write a whole number"),
        (
            LEAST + ROTATION + "length = 0",
            ("rotations[0].length cannot be used: length: 0 is out of range. Give one from 1 to 10000."),
        ),
        (
            LEAST + ROTATION + 'working_hours = { days = ["mon", "tus"] }',
            "rotations[0].working_hours.days is 'tus': did you mean tue?",
        ),
        (
            LEAST + ROTATION + "working_hours = { start = 17:00:00, end = 09:00:00 }",
            (
                "rotations[0].working_hours.end cannot be used:"
                " give an end at least half an hour after the start, on the same day"
            ),
        ),
        (
            LEAST + ROTATION + "working_hours = { days = [] }",
            (
                "rotations[0].working_hours.days cannot be used:"
                " give at least one of mon, tue, wed, thu, fri, sat, sun"
            ),
        ),
        (
            LEAST + ROTATION + 'working_hours = { start = "9" }',
            "rotations[0].working_hours.start is '9': write a time, such as 09:00:00",
        ),
        (LEAST + ROTATION + 'lead = "@hugo"', f"rotations[0].lead is '@hugo': {PERSON_FIX}"),
        (LEAST + ROTATION + 'topic = "yes"', "rotations[0].topic is 'yes': write true or false"),
        (LEAST + ROTATION + "pinned = 1", "rotations[0].pinned is 1: write true or false"),
        (
            LEAST + ROTATION + 'user_group = "@bug-duty"',
            (
                "rotations[0].user_group is '@bug-duty':"
                " give the ID of a user group (Slack: People, User groups, ⋮, Copy group ID)"
            ),
        ),
        (
            LEAST + '[[severities]]\nkey = "bad"\nname = "Bad"\ntarget = "1 day"',
            (
                "severities[0].target is '1 day':"
                " give minutes or hours of working time up to 199, such as 30m or 4h"
            ),
        ),
        (
            LEAST + "[people]\nana = '712020:ana'",
            f"people.ana is not a name that can stand here: {PERSON_FIX}",
        ),
        (LEAST + "[people]\nU0ANA = 7", "people.U0ANA is not a text in quotes: fill it in"),
        ("people = 7\n" + LEAST, "people is not a table: write it as [people]"),
    ],
)
def test_each_mistake_is_one_line(text: str, said: str) -> None:
    """What cannot be meant is one line: the file, the key path, what is wrong, and the one fix."""
    assert problems(text) == [f"bugle.toml: {said}"]


def test_where_a_rotation_is_shown_is_read() -> None:
    """Its channel and user group, and whether topic and pinned message say who is on duty."""
    said = 'channel = "C0DUTY"\nuser_group = "S0DUTY"\ntopic = true\npinned = true\n'
    (entry,) = parsed(LEAST + ROTATION + said).rotations
    shown = entry.profile
    assert (shown.channel, shown.user_group, shown.topic, shown.pinned) == ("C0DUTY", "S0DUTY", True, True)
    (entry,) = parsed(LEAST + ROTATION).rotations
    assert (entry.profile.topic, entry.profile.pinned, entry.profile.user_group) == (False, False, None)


def test_working_hours_targets_and_leads_are_read() -> None:
    """Hours left out are nine to five on weekdays; a target left out is none; midnight ends a day."""
    assert parsed(LEAST + ROTATION).rotations[0].profile.hours == WorkingHours()
    said = 'lead = "U0HUGO"\nworking_hours = { days = ["sat", "sun"], start = 08:30:00, end = 00:00:00 }'
    (entry,) = parsed(LEAST + ROTATION + said).rotations
    assert (entry.profile.lead, entry.profile.hours) == (
        "U0HUGO",
        WorkingHours(frozenset({5, 6}), time(8, 30), time(0)),
    )
    step = '\n[[severities]]\nkey = "bad"\nname = "Bad"\n'
    targets = {"": None, 'target = "15m"': timedelta(minutes=15), 'target = "16h"': timedelta(hours=16)}
    for text, target in targets.items():
        assert parsed(LEAST + step + text).severities[0].target == target


def test_a_zone_that_does_not_exist_is_one_line() -> None:
    """A rotation in a time zone nobody knows is refused at its field."""
    (said,) = problems(LEAST + ROTATION + 'zone = "Europe/Madird"')
    assert said.startswith("bugle.toml: rotations[0].zone cannot be used: ")
    assert "Europe/Madrid" in said


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    """One look at the file suffices: every problem is told, unknown keys in the order in which they stand."""
    told = problems(LEAST.replace('"SHOP"', "7") + "xxxx = 1\nyyyy = 2\nwwww = 3\n[else]")
    assert [line.split(" ")[1] for line in told] == [
        "products[0].project", "else", "products[0].xxxx", "products[0].yyyy", "products[0].wwww",
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    """A missing file, a folder, a file that is not TOML and one that is no text are told with their fix."""
    missing, broken, binary = tmp_path / "missing.toml", tmp_path / "broken.toml", tmp_path / "binary.toml"
    broken.write_text("[admins\n")
    binary.write_bytes(b"\xff\xfe\x00")
    for path, start in (
        (missing, "does not exist: copy bugle.example.toml there, or set BUGLE_CONFIG to where it is"),
        (tmp_path, "cannot be read (Is a directory): make it a file that Bugle may read"),
        (broken, "cannot be read (Expected ']'"),
        (binary, "cannot be read ('utf-8' codec"),
    ):
        with pytest.raises(SetupError) as refused:
            read_config(path)
        (problem,) = refused.value.problems
        assert str(problem).startswith(f"{path} {start}")


INTAKE = '[[intake]]\nkey = "desk"\nkind = "json"\nproduct = "shop"\n'


@pytest.mark.parametrize(
    ("line", "where", "fix"),
    [
        ('[intake.paths]\nquotes = "a"', "intake[0].paths.quotes", "did you mean quote?"),
        ('[intake.paths]\nquote = "a..b"', "intake[0].paths.quote", "write a path such as"),
        ('[intake.paths]\nhelp_desk_url = "https://x.example/{a.}"', "paths.help_desk_url", "write a path"),
        ('scale = "1-5"', "intake[0].scale", "such as 1..5"),
        ('kind2 = "x"', "intake[0].kind2", "did you mean kind?"),
    ],
)
def test_what_is_wrong_with_an_intake_is_named(line: str, where: str, fix: str) -> None:
    """A field that Bugle has not, a path or a scale that cannot be read: refused with what to write."""
    sound = SANDBOX_TOML.read_text().partition("[[intake]]")[0]
    with pytest.raises(SetupError) as refused:
        parse_config(tomllib.loads(f"{sound}\n{INTAKE}{line}"), "bugle.toml")
    (problem,) = refused.value.problems
    assert where in problem.where
    assert fix in problem.fix


def test_an_intake_says_where_things_are_and_on_which_scale() -> None:
    """Paths and a scale are read as they are written."""
    sound = SANDBOX_TOML.read_text().partition("[[intake]]")[0]
    written = f'{sound}\n{INTAKE}scale = "0..10"\n[intake.paths]\nid = "a\\\\.b[0]"\n'
    (source,) = parse_config(tomllib.loads(written), "bugle.toml").intakes
    assert (source.scale, source.paths, source.setting) == ((0, 10), {"id": "a\\.b[0]"}, "INTAKE_SECRET_DESK")


PROMISE = '[[promises]]\nseverities = ["high"]\nresponse = "90m"\nresolution = "240h"\n'


def test_promises_are_read_with_the_teams_calendar() -> None:
    """Amounts are working time; what is left out is usual; nothing is promised unasked."""
    assert not parsed(LEAST).promises.all
    given = parsed(
        LEAST
        + '[calendar]\nzone = "Europe/Madrid"\ncountry = "ES"\nsubdivision = "MD"\nclosed = [2026-12-24]\n'
        + PROMISE
    ).promises
    (promise,) = given.all
    assert (promise.response, promise.resolution) == (timedelta(minutes=90), timedelta(hours=240))
    assert (promise.severities, promise.tiers, given.warn_at) == ({"high"}, frozenset(), 75)
    assert given.calendar.hours == WorkingHours()
    closed = (date(2026, 12, 24), date(2026, 12, 25), date(2026, 5, 2))
    assert [given.calendar.is_closed(each) for each in closed] == [True, True, True]
    assert not given.calendar.is_closed(date(2026, 12, 23))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('[calendar]\ncountry = "XX"\n', "calendar.country is 'XX', whose holidays Bugle does not know"),
        ('[calendar]\ncountry = "es"\n', "did you mean ES?"),
        ('[calendar]\ncountry = "ES"\nsubdivision = "ZZ"\n', "known here: AN, AR,"),
        ('[calendar]\nsubdivision = "MD"\n', "calendar.country is missing"),
        ('[calendar]\nzone = "Europe/Madird"\n', "Europe/Madrid"),
        ("[calendar]\nclosed = [2026-12-24T10:00:00]\n", "write a list of dates"),
        ("[calendar]\nwarn_at = 100\n", "give a percentage from 1 to 99"),
        ('[[promises]]\nseverities = ["hihg"]\nresponse = "1h"\n', "did you mean high?"),
        ('[[promises]]\ntiers = ["gold"]\nresponse = "1h"\n', "name it in tiers of [customers]"),
        ('[[promises]]\nresponse = "2d"\n', "give minutes or hours of working time"),
        ('[[promises]]\nseverities = ["high"]\n', "or give resolution"),
    ],
)
def test_what_cannot_be_promised_is_named(lines: str, said: str) -> None:
    """Each fault is said at its key, with the way out."""
    (problem,) = problems(LEAST + lines)
    assert said in problem
