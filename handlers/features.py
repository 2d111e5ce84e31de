"""FEATURES: everything people can do with Bugle in Slack, one line each."""

from domain.config import Config
from handlers import (
    calendars,
    check_step,
    completing,
    customer_issue_forms,
    customer_issues,
    dead_letters,
    drafts,
    fairness,
    form_menus,
    handing_off,
    home,
    jira_link,
    knowledge,
    mending,
    my_shifts,
    pings,
    questions,
    report_bug,
    rotation_end,
    rotation_form,
    rotation_list,
    rotation_menus,
    rotation_picture,
    thread_files,
    thread_words,
    time_off,
    triage,
    triage_forms,
    user_groups,
    ways_in,
)
from handlers.feature import Feature

FEATURES: tuple[Feature, ...] = (
    report_bug.FEATURE,
    form_menus.FEATURE,
    check_step.FEATURE,
    mending.FEATURE,
    completing.FEATURE,
    ways_in.FEATURE,
    home.FEATURE,
    pings.FEATURE,
    handing_off.FEATURE,
    triage.FEATURE,
    triage_forms.FEATURE,
    customer_issues.FEATURE,
    customer_issue_forms.FEATURE,
    questions.FEATURE,
    rotation_list.FEATURE,
    rotation_picture.FEATURE,
    rotation_form.FEATURE,
    rotation_menus.FEATURE,
    rotation_end.FEATURE,
    fairness.FEATURE,
    jira_link.FEATURE,
    thread_files.FEATURE,
    thread_words.FEATURE,
    dead_letters.FEATURE,
    knowledge.FEATURE,
    drafts.FEATURE,
    user_groups.FEATURE,
    my_shifts.FEATURE,
    time_off.FEATURE,
    calendars.FEATURE,
)


def features(config: Config | None) -> tuple[Feature, ...]:
    """Return the features a team has by its bugle.toml; without one, those that every team has."""
    return tuple(each for each in FEATURES if each.when is None or (config is not None and each.when(config)))
