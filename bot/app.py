"""Building the running program: every real thing is made here, once, and nothing at import."""

import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from slack_bolt import App

from bot.acks import Acks
from bot.clock import Clock
from bot.metrics import Metrics
from bot.schedule import Schedule
from bot.settings import Settings
from bot.slack_app import slack_app
from bot.socket_mode import SlackSocket
from domain.config import Config
from domain.effects import Gateway
from gateways.absence_calendars import AbsenceCalendars
from gateways.jira import Jira
from gateways.slack import Slack
from storage import migrate
from storage.database import Database
from storage.driver import Driver
from workflows.context import Context
from workflows.effects import EFFECTS
from workflows.mending import see_off
from workflows.rotating import keep_new_rotations

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bugle:
    """The parts of a running Bugle, ready to be started and stopped in the right order."""

    settings: Settings
    context: Context
    clock: Clock
    metrics: Metrics
    acks: Acks
    bolt: App
    driver: Driver[Context]
    schedule: Schedule
    socket: SlackSocket | None

    def start(self) -> None:
        """Bring the database to head and begin to work: effects first, then the ticks, then Slack."""
        database = self.context.database
        if not migrate.is_current(database):
            migrate.upgrade(database)
        keep_new_rotations(database, self.context.config)
        self.clock.start(self._clock_moved)
        self.driver.start()
        self.schedule.start()
        if self.socket is not None:
            self.socket.start_watching()

    def stop(self) -> None:
        """End without losing anything: requests under way, then the socket, then effects under way."""
        self.clock.stop()
        if self.socket is not None:
            self.socket.drain_and_close()
        self.context.saves.finish()
        self.context.ahead.finish()
        self.schedule.stop()
        self.driver.stop()
        self.context.database.close()

    def _clock_moved(self) -> None:
        self.driver.wake()
        self.schedule.run_all()


def build(settings: Settings, config: Config) -> Bugle:
    """Make every part of the program from its settings and config; nothing is started or asked yet."""
    clock, metrics = Clock(settings.bugle_clock_url), Metrics()
    acks = Acks(metrics)
    database = Database(settings.database_url)
    slack = Slack(bot_token=settings.slack_bot_token, api_url=settings.slack_api_url, observe=metrics.called)
    jira = jira_gateway(settings, metrics)
    # A Slack on this machine is the sandbox's: what people keep their calendars in is here too.
    calendars = AbsenceCalendars(local=urlsplit(settings.slack_api_url).hostname == "127.0.0.1")
    context = Context(
        config,
        database,
        slack,
        jira,
        clock.now,
        public_url=settings.public_url,
        calendars=calendars,
    )
    driver = Driver(
        database,
        EFFECTS,
        context,
        now=clock.now,
        probes={Gateway.SLACK: slack.probe, Gateway.JIRA: context.jira.probe},
        on_dead=see_off,
        give_way=acks.give_way,
    )
    bolt = slack_app(settings, context)
    metrics.watch_effects(database, clock.now)
    return Bugle(
        settings=settings,
        context=context,
        clock=clock,
        metrics=metrics,
        acks=acks,
        bolt=bolt,
        driver=driver,
        schedule=Schedule(context),
        socket=SlackSocket(bolt, settings.slack_app_token, acks) if settings.socket_mode else None,
    )


def jira_gateway(settings: Settings, metrics: Metrics) -> Jira:
    """Return the Jira gateway with the login that the settings give."""
    return Jira(
        url=settings.jira_url,
        email=settings.jira_email or None,
        api_token=settings.jira_api_token or None,
        pat=settings.jira_pat or None,
        observe=metrics.called,
    )
