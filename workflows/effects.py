"""EFFECTS: every kind of call to the outside, for the driver to run."""

from workflows import (
    attaching,
    dead_letters,
    drafting,
    filing,
    issue_comments,
    linking,
    mending,
    offering,
    pinging,
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
    *pinging.EFFECTS,
    *drafting.EFFECTS,
    *offering.EFFECTS,
    *dead_letters.EFFECTS,
)
