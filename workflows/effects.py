"""EFFECTS: every kind of call to the outside, for the driver to run."""

from workflows import (
    attaching,
    dead_letters,
    direct_notes,
    drafting,
    duplicate_links,
    filing,
    grading,
    issue_comments,
    linking,
    mending,
    offering,
    owning,
    questioning,
    settling,
    showing,
    thread_lines,
)

EFFECTS = (
    *filing.EFFECTS,
    *mending.EFFECTS,
    *attaching.EFFECTS,
    *linking.EFFECTS,
    *showing.EFFECTS,
    *thread_lines.EFFECTS,
    *issue_comments.EFFECTS,
    *drafting.EFFECTS,
    *offering.EFFECTS,
    *owning.EFFECTS,
    *grading.EFFECTS,
    *settling.EFFECTS,
    *duplicate_links.EFFECTS,
    *direct_notes.EFFECTS,
    *questioning.EFFECTS,
    *dead_letters.EFFECTS,
)
