"""FEATURES: everything people can do with Bugle in Slack, one line each."""

from handlers import (
    dead_letters,
    drafts,
    form_menus,
    knowledge,
    mending,
    pings,
    report_bug,
    thread_files,
    ways_in,
)
from handlers.feature import Feature

FEATURES: tuple[Feature, ...] = (
    report_bug.FEATURE,
    form_menus.FEATURE,
    mending.FEATURE,
    ways_in.FEATURE,
    pings.FEATURE,
    thread_files.FEATURE,
    dead_letters.FEATURE,
    knowledge.FEATURE,
    drafts.FEATURE,
)
