"""What people of other companies may read: a customer's own state, in public words, and nothing of ours.

`OutsideView` is all that a message for outsiders is made of: what is not in it cannot get out. It is made for
one customer, from what that customer told us; a sentence that one of our people adds is looked over first.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.customer_issue import CustomerIssue
from domain.customer_issue import State as Outcome
from domain.report import Report
from domain.sensitive import find, mask
from domain.tracking import Phase, Tracked
from domain.triage import State

LONGEST = 1000  # characters of a sentence for a customer


class Public(StrEnum):
    """What customers are told of how far we are; each is true of several states that are ours alone."""

    RECEIVED = "received"
    LOOKED_AT = "looked_at"  # a report was made of it, and nobody has it yet
    WORKED_ON = "worked_on"
    FIXED = "fixed"  # and not released yet
    RELEASED = "released"
    KEPT = "kept"  # feedback on the product
    ANSWERED = "answered"
    LOOKED_INTO = "looked_into"  # closed without a change that we may promise


class Stop(StrEnum):
    """Why nothing is said to a customer in the channel that is kept for it."""

    NO_CUSTOMER = "no_customer"  # nobody knows whose it is, or the customer was erased
    NO_CHANNEL = "no_channel"
    OTHER_CHANNEL = "other_channel"  # the customer has another one since it was confirmed
    TWO_CUSTOMERS = "two_customers"  # the directory gives the channel to more than one
    NOT_SHARED = "not_shared"  # only our own people read it
    TWO_COMPANIES = "two_companies"  # more than one other company reads it
    OTHER_COMPANY = "other_company"  # others read it than when it was confirmed
    NOT_IN = "not_in"  # Bugle is not in it, or it is archived or gone


@dataclass(frozen=True, slots=True)
class IssueLink:
    """A Jira issue by its key and its address, where bugle.toml lets outsiders have them."""

    key: str
    url: str


@dataclass(frozen=True, slots=True)
class OutsideView:
    """All that outsiders read about one customer issue.

    `product` is what we sell, by its name. `quote` is what they said where they can read it already, in this
    very channel; else empty. `sentence` is what one of our people adds; in an answer it says all, and `state`
    is None. `issue` is the Jira issue, where
    bugle.toml allows it; `versions` are the released ones it is fixed in. Texts are plain, masked and not
    escaped.
    """

    product: str
    told_at: datetime
    state: Public | None
    quote: str = ""
    sentence: str = ""
    issue: IssueLink | None = None
    versions: tuple[str, ...] = ()


def outside_view(
    issue: CustomerIssue,
    report: Report | None,
    tracked: Tracked | None = None,
    *,
    product: str,
    channel: str,
    sentence: str = "",
    link: IssueLink | None = None,
) -> OutsideView:
    """Return what is said of a customer issue in *channel*, which its customer reads.

    *report* is the one it hangs on, the original where that is a duplicate; *link* is given only where
    outsiders may have it. *tracked* is what Jira told of it last.
    """
    told = issue.told
    is_theirs = told.channel == channel  # they said it here, or it was said in front of them
    return OutsideView(
        product=product,
        told_at=issue.brought_at,
        state=(state := public_state(issue, report, tracked)),
        quote=masked(told.quote) if is_theirs else "",
        sentence=masked(sentence),
        issue=link,
        versions=_released(tracked) if state is Public.RELEASED and tracked else (),
    )


def answer_view(
    issue: CustomerIssue, *, product: str, sentence: str, link: IssueLink | None = None
) -> OutsideView:
    """Return an answer to a customer: what one of our people says of how it ended, and nothing else."""
    return OutsideView(product, issue.brought_at, None, sentence=masked(sentence), issue=link)


def _released(tracked: Tracked) -> tuple[str, ...]:
    return tuple(each.name for each in tracked.facts.versions if each.is_released)


def public_state(issue: CustomerIssue, report: Report | None, tracked: Tracked | None = None) -> Public:
    """Return how far we are with what a customer told us, in public words."""
    if issue.state is Outcome.BUG and report is not None:
        if report.triage.state is State.NOT_A_BUG:
            return Public.LOOKED_INTO
        if tracked is not None and tracked.phase in _PHASES:
            return _PHASES[tracked.phase]
        return Public.WORKED_ON if report.taken_by else Public.LOOKED_AT
    return {
        Outcome.NEW: Public.RECEIVED,
        Outcome.BUG: Public.LOOKED_AT,
        Outcome.FEEDBACK: Public.KEPT,
        Outcome.ANSWERED: Public.ANSWERED,
        Outcome.NOT_OURS: Public.LOOKED_INTO,
    }[issue.state]


_PHASES = {
    Phase.IN_PROGRESS: Public.WORKED_ON,
    Phase.FIXED: Public.FIXED,
    Phase.RELEASED: Public.RELEASED,
    Phase.WONT_FIX: Public.LOOKED_INTO,
}


def masked(text: str) -> str:
    """Return a text with the secrets and personal data in it made unreadable."""
    return mask(text, find(text))


class Trouble(StrEnum):
    """Why a sentence may not go out."""

    CUSTOMER = "customer"  # names another customer
    ISSUE = "issue"  # names a Jira issue
    PERSON = "person"  # names a person of ours by their Slack id
    CHANNEL = "channel"  # names a channel other than theirs
    EMAIL = "email"  # of one of our people


@dataclass(frozen=True, slots=True)
class Slip:
    """A piece of a sentence that outsiders must not read."""

    trouble: Trouble
    said: str


def slips(
    sentence: str,
    *,
    customers: Collection[str],
    projects: Collection[str],
    channel: str,
    domains: Collection[str] = (),
    issues_allowed: bool = False,
) -> Iterator[Slip]:
    """Find what outsiders must not read in what one of our people has typed for them.

    *customers* are the names of other customers that may be in it, *projects* the keys of our Jira projects,
    *channel* the name of the one it is for, *domains* those of our own e-mail addresses.
    """
    text = unicodedata.normalize("NFKC", sentence)
    yield from (Slip(Trouble.CUSTOMER, each) for each in customers if names(text, each))
    for found in [] if issues_allowed else _ISSUE.finditer(text):
        if found["project"].upper() in projects:
            yield Slip(Trouble.ISSUE, found.group())
    yield from (Slip(Trouble.PERSON, found.group()) for found in _SLACK_ID.finditer(text))
    for found in _CHANNEL.finditer(text):
        if found["name"].lower() != channel.lower():
            yield Slip(Trouble.CHANNEL, found.group())
    for found in _EMAIL.finditer(text):
        if found["domain"].lower() in domains:
            yield Slip(Trouble.EMAIL, found.group())


def names(text: str, customer: str) -> bool:
    """Tell whether a text names a customer.

    A name of several words counts in any case; one of a single word only as it is written, since many are
    words of everyday speech; short Latin ones of less than four letters never do.
    """
    name = unicodedata.normalize("NFKC", customer).strip()
    is_latin = name.isascii()
    if len(name) < (4 if is_latin else 2):
        return False
    flags = re.IGNORECASE if len(name.split()) > 1 else 0
    pattern = re.escape(name).replace(r"\ ", r"\s+")
    if name[0].isascii() and name[0].isalnum():
        pattern = r"(?<![0-9A-Za-z_])" + pattern
    if name[-1].isascii() and name[-1].isalnum():
        pattern += r"(?![0-9A-Za-z_])"
    return re.search(pattern, text, flags) is not None


_ISSUE = re.compile(r"(?<![0-9A-Za-z_])(?P<project>[A-Za-z][A-Za-z0-9_]{1,254})-\d{1,9}(?!\d)", re.ASCII)
_SLACK_ID = re.compile(
    r"<[@#!][^<>]{1,200}>|(?<![0-9A-Za-z])[UWCGDST][0-9](?=[0-9]*[A-Z])[0-9A-Z]{6,20}(?![0-9A-Za-z])",
    re.ASCII,
)
_CHANNEL = re.compile(r"(?<![0-9A-Za-z_&/])#(?P<name>(?=[^\s#]*[^\W\d])[\w-]{1,80})")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?P<domain>[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24})", re.ASCII)
