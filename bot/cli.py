"""The command line `bugle`."""

import argparse
import sys
from collections.abc import Callable, Sequence

from bot.problems import SetupError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what is wrong with the set-up is said a line each."""
    asked = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = asked.command
    try:
        return command(asked)
    except SetupError as error:
        for problem in error.problems:
            sys.stderr.write(f"{problem}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    # Commands import what they need when they run: `bugle --help` loads nothing.
    parser = argparse.ArgumentParser(prog="bugle", description="Customers' bugs from Slack to Jira and back.")
    commands = parser.add_subparsers(required=True, metavar="command")

    run = commands.add_parser("run", help="work until told to stop")
    run.set_defaults(command=_run)

    check = commands.add_parser("check", help="what is wrong with this set-up, and the one fix for each")
    check.set_defaults(command=_check)

    migrate = commands.add_parser("migrate", help="bring the database to this version")
    migrate.add_argument("--check", action="store_true", help="only compare the migrations with the tables")
    migrate.set_defaults(command=_migrate)

    manifest = commands.add_parser("manifest", help="print the Slack app's manifest")
    manifest.add_argument("--prefix", default="", help="put before command names that collide with others'")
    manifest.add_argument("--public-url", default="", help="for HTTP instead of Socket Mode")
    manifest.set_defaults(command=_manifest)

    effects = commands.add_parser("effects", help="look after calls to Slack and Jira")
    effects.add_argument("action", choices=("list", "retry", "drop"))
    effects.add_argument("number", nargs="*", type=int, help="the effects' numbers, for retry and drop")
    effects.add_argument("--state", help="list only those that are waiting, running, done, dead or dropped")
    effects.set_defaults(command=_effects)

    rotation = commands.add_parser("rotation", help="who is on duty, and rosters out of Bugle and into it")
    _rotation_commands(rotation.add_subparsers(required=True, metavar="action"))

    customers = commands.add_parser("customers", help="the directory of customers, into Bugle and out of it")
    _customer_commands(customers.add_subparsers(required=True, metavar="action"))

    routes = commands.add_parser("routes", help="which channels see which customer issues, and why")
    _route_options(routes)

    export = commands.add_parser("export", help="every report with its times and what happened to it")
    export.add_argument("file", nargs="?", help="left out, standard output")
    export.add_argument(
        "--format", choices=("csv", "jsonl"), default="csv", help="jsonl has the whole history"
    )
    export.set_defaults(command=_export)

    sandbox = commands.add_parser("sandbox", help="try Bugle with a pretend Slack and Jira")
    sandbox.add_argument("--port", type=int, default=3000)
    sandbox.add_argument("--jira", choices=("cloud", "server"), default="cloud")
    sandbox.set_defaults(command=_sandbox)
    return parser


def _route_options(routes: argparse.ArgumentParser) -> None:
    routes.add_argument("--product", help="the key of a product: say what becomes of a customer issue of it")
    routes.add_argument("--area", help="the name of its Jira component")
    routes.add_argument("--tier", help="the customer's")
    routes.add_argument("--region", help="the customer's")
    routes.add_argument("--language", help="of what was said, such as es")
    routes.add_argument("--zone", help="the customer's, such as Europe/Madrid")
    routes.add_argument("--effort", type=int, choices=range(1, 8), metavar="N", help="1 to 7")
    routes.add_argument("--at", help="when it comes in, such as 2026-11-23T10:00+01:00; left out, now")
    routes.set_defaults(command=_routes)


def _rotation_commands(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    show = actions.add_parser("show", help="who is on duty, and the shifts to come")
    show.add_argument("key", nargs="?", help="of one rotation; left out, of all")
    show.set_defaults(command=_show_rotation)

    check = actions.add_parser("check", help="how good the coming schedule is, and what lowers that")
    check.add_argument("key", nargs="?", help="of one rotation; left out, of all")
    check.add_argument(
        "--weeks", type=int, choices=range(1, 53), default=8, metavar="N", help="ahead, 1 to 52"
    )
    check.set_defaults(command=_check_rotation)

    export = actions.add_parser("export", help="the shifts of the coming year, as iCalendar or CSV")
    export.add_argument("key")
    export.add_argument("--format", choices=("ics", "csv"), default="ics")
    export.add_argument("--output", help="the file to write; left out, standard output")
    export.set_defaults(command=_export_rotation)

    take = actions.add_parser("import", help="lay an existing roster over a rotation, by overrides")
    take.add_argument("key")
    take.add_argument("file", help="iCalendar, or CSV with the columns start, end and person, email or name")
    take.add_argument("--dry-run", action="store_true", help="only say what would change")
    take.set_defaults(command=_import_rotation)


def _customer_commands(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    take = actions.add_parser("import", help="take customers over from a CSV file with a header")
    take.add_argument("file")
    take.add_argument("--dry-run", action="store_true", help="only say what would change")
    take.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column holds where its header does not tell; 'ignore' leaves it out, 'free' keeps it so",
    )
    take.add_argument("--dates", choices=("day-first", "month-first"), help="what 03/04/2026 means")
    take.add_argument("--encoding", help="of the file, where it is not found out, such as cp1250")
    take.set_defaults(command=_import_customers)

    export = actions.add_parser("export", help="all customers as CSV, as import takes it back")
    export.add_argument("file", nargs="?", help="left out, standard output")
    export.set_defaults(command=_export_customers)

    merge = actions.add_parser("merge", help="make two customers one, which keeps all that was told")
    merge.add_argument("key", help="of the customer that is no more afterwards: its key, or its name")
    merge.add_argument("into", help="the one that stays")
    merge.add_argument("--yes", action="store_true", help="do not ask first")
    merge.set_defaults(command=_merge_customers)

    for name, what in (
        ("data", "write all that is kept of one customer, or of one person, as JSON"),
        ("erase", "forget one customer, or what one person said"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("key", nargs="?", help="of the customer: its key, or its name")
        action.add_argument("--person", help="a Slack member ID, or a name as a help desk tells it")
        action.set_defaults(command=_customer_data if name == "data" else _erase_customer)
        if name == "erase":
            action.add_argument("--yes", action="store_true", help="do not ask first")

    audit = actions.add_parser("audit", help="who saw, changed and posted what of a customer")
    audit.add_argument("key", help="of the customer: its key, or its name")
    audit.set_defaults(command=_audit_customer)


def _run(_: argparse.Namespace) -> int:
    from bot.commands import run  # noqa: PLC0415

    return run()


def _check(_: argparse.Namespace) -> int:
    from bot.check import check  # noqa: PLC0415

    return check(sys.stdout)


def _migrate(asked: argparse.Namespace) -> int:
    from bot.commands import check_migrations, migrate  # noqa: PLC0415

    return check_migrations() if asked.check else migrate()


def _manifest(asked: argparse.Namespace) -> int:
    from bot.config import config_if_there  # noqa: PLC0415
    from bot.manifest import manifest_text  # noqa: PLC0415

    sys.stdout.write(manifest_text(asked.prefix, asked.public_url, config_if_there()))
    return 0


def _effects(asked: argparse.Namespace) -> int:
    from bot.commands import look_after_effects  # noqa: PLC0415

    return look_after_effects(asked.action, asked.number, asked.state)


def _show_rotation(asked: argparse.Namespace) -> int:
    from bot.rotation_commands import show  # noqa: PLC0415

    return show(asked.key)


def _check_rotation(asked: argparse.Namespace) -> int:
    from bot.rotation_commands import check  # noqa: PLC0415

    return check(asked.key, asked.weeks)


def _export_rotation(asked: argparse.Namespace) -> int:
    from bot.rotation_commands import export  # noqa: PLC0415

    return export(asked.key, asked.format, asked.output)


def _import_rotation(asked: argparse.Namespace) -> int:
    from bot.rotation_commands import take_over  # noqa: PLC0415

    return take_over(asked.key, asked.file, dry=asked.dry_run)


def _import_customers(asked: argparse.Namespace) -> int:
    from bot.customer_commands import take_over  # noqa: PLC0415

    return take_over(asked.file, asked.map, dry=asked.dry_run, dates=asked.dates, encoding=asked.encoding)


def _export_customers(asked: argparse.Namespace) -> int:
    from bot.customer_commands import export  # noqa: PLC0415

    return export(asked.file)


def _routes(asked: argparse.Namespace) -> int:
    from bot.route_commands import routes  # noqa: PLC0415

    return routes(vars(asked))


def _export(asked: argparse.Namespace) -> int:
    from bot.export_commands import export  # noqa: PLC0415

    return export(asked.file, asked.format)


def _merge_customers(asked: argparse.Namespace) -> int:
    from bot.customer_requests import merge  # noqa: PLC0415

    return merge(asked.key, asked.into, sure=asked.yes)


def _customer_data(asked: argparse.Namespace) -> int:
    from bot.customer_requests import data  # noqa: PLC0415

    return data(asked.key, asked.person)


def _erase_customer(asked: argparse.Namespace) -> int:
    from bot.customer_requests import erase  # noqa: PLC0415

    return erase(asked.key, asked.person, sure=asked.yes)


def _audit_customer(asked: argparse.Namespace) -> int:
    from bot.customer_requests import audit  # noqa: PLC0415

    return audit(asked.key)


def _sandbox(asked: argparse.Namespace) -> int:
    from bot.sandbox import sandbox  # noqa: PLC0415

    return sandbox(asked.port, asked.jira)
