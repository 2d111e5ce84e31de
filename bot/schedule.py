"""What the clock does: a few ticks, each harmless to run twice or in ten processes."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from apscheduler.schedulers.background import BackgroundScheduler

from workflows.asking import refresh_screens
from workflows.catching_up import catch_up
from workflows.context import Context
from workflows.cover_reminding import point_out_leavers
from workflows.cover_reminding import remind as remind_of_cover
from workflows.customer_deliveries import post_due
from workflows.drafting import remind
from workflows.duty_surfaces import keep_true
from workflows.erasing_customers import blank_old
from workflows.handing_off import settle_all
from workflows.loop_owners import look_again as place_loops
from workflows.loop_reminding import remind as remind_of_loops
from workflows.loop_weeks import say_weekly
from workflows.mirror import refresh_issues
from workflows.promising import look, take_up
from workflows.reading_time_off import read_calendars, read_statuses
from workflows.shared_channels import look_again
from workflows.tidying import tidy, write_back
from workflows.tracking import look_for_unseen, read_versions
from workflows.user_groups import refresh_user_groups

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """Something done each so many minutes, and at once when the sandbox's clock is moved."""

    name: str
    run: Callable[[Context], None]
    minutes: float


TICKS = (
    Tick("refresh what Jira asks", refresh_screens, minutes=10),
    Tick("hand rotations over", settle_all, minutes=1),
    Tick("remind of drafts", remind, minutes=1),
    Tick("remind of requests for cover", remind_of_cover, minutes=1),
    Tick("post what customers said when it is due", post_due, minutes=1),
    Tick("point out who took shifts and left", point_out_leavers, minutes=60),
    Tick("read calendars of absences", read_calendars, minutes=15),
    Tick("read who is away by their status", read_statuses, minutes=15),
    Tick("refresh who is in user groups", refresh_user_groups, minutes=5),
    Tick("read changed issues from Jira", refresh_issues, minutes=1),
    Tick("find what was said while nobody told", catch_up, minutes=5),
    Tick("read which versions came out", read_versions, minutes=5),
    Tick("look for issues that no search shows", look_for_unseen, minutes=60),
    Tick("look at promises", look, minutes=1),
    Tick("take up promises for older reports", take_up, minutes=60),
    Tick("give loops to whom they belong", place_loops, minutes=10),
    Tick("remind who has to tell customers", remind_of_loops, minutes=1),
    Tick("say how many customers were told", say_weekly, minutes=10),
    Tick("keep true where Slack shows who is on duty", keep_true, minutes=1),
    Tick("look whether others still read channels of ours", look_again, minutes=10),
    Tick("blank what customers said long ago", blank_old, minutes=60),
    Tick("tidy up", tidy, minutes=60),
    Tick("write back the log", write_back, minutes=1 / 12),
)


class Schedule:
    """Runs the ticks in threads of its own."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        # Late is better than skipped: APScheduler's default skips what is a second late.
        lenient = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = BackgroundScheduler(job_defaults=lenient, timezone="UTC")

    def start(self) -> None:
        """Begin: every tick runs once now and then at its interval."""
        for tick in TICKS:
            self._scheduler.add_job(self._run, "interval", args=[tick], minutes=tick.minutes, id=tick.name)
        self._scheduler.start()
        self.run_all()

    def run_all(self) -> None:
        """Run every tick soon, as after a move of the clock."""
        for tick in TICKS:
            self._scheduler.add_job(self._run, args=[tick])

    def stop(self) -> None:
        """Stop, letting ticks under way end."""
        self._scheduler.shutdown(wait=True)

    def _run(self, tick: Tick) -> None:
        try:
            tick.run(self._ctx)
        except Exception:  # one tick that fails must not end the others
            log.exception("the tick %r failed; it runs again at its time", tick.name)
