"""`bugle rotation`: who is on duty, and rosters out of Bugle and into it."""

import csv
import sys
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

from bot.commands import context_of_commands
from bot.problems import Problem, SetupError
from domain.roster import Entry
from domain.rotation_profile import KeptRotation
from domain.wall_clock import zone_named
from gateways.roster_files import RosterError, read_csv, read_ical
from storage import rotations
from storage.calendars import Subscribed
from views import roster, schedule_check
from workflows import calendars, fairness, rosters
from workflows.context import Context

SHOWN = timedelta(days=60)
YEAR = timedelta(days=366)


def show(key: str | None) -> int:
    """Write who is on duty in one or every rotation, and the shifts to come; times in the rotation's zone."""
    with context_of_commands() as ctx:
        for rotation in _chosen(ctx, key):
            now = ctx.now()
            found = rosters.listed(ctx, rotation, now, now + SHOWN)
            names = rosters.names_of(ctx, (each.person for each in found))
            sys.stdout.write(roster.shown(rotation, found, names, now))
    return 0


def check(key: str | None, weeks: int) -> int:
    """Write how good the coming schedule of one or every rotation is; 1 where anything lowers a score."""
    with context_of_commands() as ctx:
        named, is_good = fairness.names(ctx), True
        for rotation in _chosen(ctx, key):
            judged = fairness.judged(ctx, rotation, weeks)
            people = (each for found in judged.findings for each in (found.person, found.swap_with))
            names = rosters.names_of(ctx, people)
            sys.stdout.write(schedule_check.checked(rotation, judged, weeks, names, named))
            is_good = is_good and not judged.findings
        missing = fairness.unserved(ctx) if key is None else []
        sys.stdout.write(schedule_check.not_served(missing))
    return 0 if is_good and not missing else 1


def export(key: str, form: str, output: str | None) -> int:
    """Write the shifts of the coming year as iCalendar or CSV, to a file or to standard output."""
    with context_of_commands() as ctx:
        (rotation,) = _chosen(ctx, key)
        data = _ical(ctx, key) if form == "ics" else _csv(ctx, rotation).encode()
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        Path(output).write_bytes(data)
    return 0


def take_over(key: str, file: str, *, dry: bool) -> int:
    """Lay a roster over a rotation; 1 where a line of it could not be taken over."""
    with context_of_commands() as ctx:
        (rotation,) = _chosen(ctx, key)
        entries, unread = _read(Path(file), rotation, ctx.now())
        laid = rosters.take_over(ctx, key, entries, dry=dry)
        names = rosters.names_of(ctx, laid.people())
    sys.stdout.write(roster.laid_over(rotation, laid.missing, names, dry=dry))
    problems = sorted([*unread, *roster.problems(rotation, laid.hindrances, laid.unknown, names)])
    for line, problem in problems:
        sys.stderr.write(f"{file}, {line}: {problem}\n")
    return 1 if problems else 0


def _read(path: Path, rotation: KeptRotation, now: datetime) -> tuple[list[Entry], list[tuple[int, str]]]:
    """Return the entries of a roster, and its lines that cannot be read."""
    zone = zone_named(rotation.history.latest.zone)
    try:
        data = path.read_bytes()
        if data.lstrip(b"\xef\xbb\xbf\r\n ").upper().startswith(b"BEGIN:VCALENDAR"):
            found = list(read_ical(data, zone, now, now + YEAR))
        else:
            found = list(read_csv(data.decode("utf-8"), zone))
    except OSError as error:
        raise SetupError([Problem(str(path), f"cannot be read ({error.strerror})", "name a file")]) from error
    except UnicodeDecodeError as error:
        fix = "save it as UTF-8, or as iCalendar"
        raise SetupError([Problem(str(path), "is no text in UTF-8", fix)]) from error
    except RosterError as error:
        raise SetupError([Problem(str(path), str(error), "give CSV with a header, or iCalendar")]) from error
    entries = [each for each in found if isinstance(each, Entry)]
    return entries, [each for each in found if not isinstance(each, Entry)]


def _ical(ctx: Context, key: str) -> bytes:
    file = calendars.calendar_of(ctx, Subscribed("", key))
    assert file is not None  # it was found just now
    return file.data


def _csv(ctx: Context, rotation: KeptRotation) -> str:
    zone = zone_named(rotation.history.latest.zone)
    out = StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("start", "end", "person", "name", "why"))
    found = rosters.listed(ctx, rotation, ctx.now(), ctx.now() + YEAR)
    names = rosters.names_of(ctx, (each.person for each in found))
    for duty in found:
        times = (each.astimezone(zone).isoformat() for each in (duty.start, duty.end))
        table.writerow((*times, duty.person or "", names.get(duty.person or "", ""), duty.why))
    return out.getvalue()


def _chosen(ctx: Context, key: str | None) -> list[KeptRotation]:
    """Return the rotation with this key, or all that have not ended; SetupError where there is none."""
    with ctx.database.reading() as tx:
        kept = rotations.all_kept(tx)
    if key is None:
        return [each for each in kept if not each.has_ended(ctx.now())]
    found = [each for each in kept if each.key == key]
    if not found:
        fix = f"choose from {', '.join(each.key for each in kept) or 'none: make one with /rotation'}"
        raise SetupError([Problem("key", f"is {key!r}, which is no rotation", fix)])
    return found
