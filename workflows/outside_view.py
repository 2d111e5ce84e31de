"""What a customer would read of us now, and where: who reads that channel, and what must not get out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.customer import Profile
from domain.customer_issue import CustomerIssue
from domain.effects import LOST, Never, same_reason
from domain.message import Message
from domain.privacy import IssueLink, OutsideView, Slip, Stop, answer_view, outside_view, slips
from gateways.slack import Channel
from gateways.slack.people import language_of as known_language
from storage import customers, tracked
from storage.database import Transaction
from storage.outside_messages import OutsideMessage
from views.outside_message import outside_message
from views.telling_outside import STATUS
from workflows.context import Context
from workflows.duplicates import original


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer reads us: a channel, by id and name, and the Slack teams in it beside ours."""

    channel: str
    name: str
    companies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What outsiders would read, and what must not get out: of the sentence, and whether of their words."""

    message: Message
    slips: tuple[Slip, ...]
    quote_left_out: bool


def look(ctx: Context, issue: CustomerIssue) -> tuple[Profile, Place] | Stop:
    """Return whom a customer issue is of and where they read us, or why they cannot be told. Asks Slack."""
    with ctx.database.reading() as tx:
        profile = profile_of(tx, issue)
        alone = profile is not None and _is_alone(tx, profile)
    if profile is None:
        return Stop.NO_CUSTOMER
    if profile.channel is None:
        return Stop.NO_CHANNEL
    if not alone:
        return Stop.TWO_CUSTOMERS
    found = _channel(ctx, profile.channel)
    if isinstance(found, Stop):
        return found
    return profile, Place(found.id, found.name, found.companies)


def draft(
    tx: Transaction,
    ctx: Context,
    issue: CustomerIssue,
    *,
    sentence: str,
    theirs: str,
    place: Place,
    by: str,
    is_answer: bool = False,
) -> Drafted:
    """Return what is read of a customer issue in a place, with a sentence of *by*; Slack is not asked.

    An answer is that sentence alone.
    """
    view = _view(tx, ctx, issue, place.channel, sentence, is_answer=is_answer)
    known = ctx.slack.person_known(by)
    domains = {known.email.rpartition("@")[2].lower()} if known and known.email else set()
    found = tuple(_slips(tx, ctx, issue, sentence, place.name, *domains))
    shown, left_out = _without_slips(tx, ctx, issue, view, place.name)
    return Drafted(outside_message(shown, theirs), found, left_out)


def why_not(ctx: Context, message: OutsideMessage, issue: CustomerIssue) -> Stop | None:
    """Return why what was confirmed is not said now, or None: Slack is asked who reads its channel."""
    found = look(ctx, issue)
    if isinstance(found, Stop):
        return found
    _, place = found
    if place.channel != message.channel:
        return Stop.OTHER_CHANNEL
    return None if place.companies == message.companies else Stop.OTHER_COMPANY


def language_of(customer: Profile) -> str:
    """Return which of our languages a customer reads best, by the directory."""
    return known_language(customer.language)


def render(ctx: Context, message: OutsideMessage, issue: CustomerIssue) -> Message:
    """Return a message that was confirmed, as it is to be read now."""
    name = ctx.slack.channel(message.channel).name
    with ctx.database.reading() as tx:
        is_answer = message.once != STATUS
        view = _view(tx, ctx, issue, message.channel, message.sentence, is_answer=is_answer)
        shown, _ = _without_slips(tx, ctx, issue, view, name)
    return outside_message(shown, message.language)


def _channel(ctx: Context, channel_id: str) -> Channel | Stop:
    """Return the channel of a customer where exactly one other company reads it and Bugle can write there."""
    try:
        found = ctx.slack.channel(channel_id)
    except Never as refusal:
        if same_reason(refusal.reason) == LOST:
            return Stop.NOT_IN
        raise
    if not found.is_member or found.is_archived:
        return Stop.NOT_IN
    if not found.is_external:
        return Stop.NOT_SHARED
    return found if len(found.companies) == 1 else Stop.TWO_COMPANIES


def says_too_much(tx: Transaction, ctx: Context, issue: CustomerIssue, text: str) -> bool:
    """Tell whether a text names what the customer of this must not read: other customers, issues, people."""
    return any(_slips(tx, ctx, issue, text, ""))


def profile_of(tx: Transaction, issue: CustomerIssue) -> Profile | None:
    """Return whose a customer issue is; None where nobody knows, or they were erased."""
    return customers.profile(tx, issue.told.customer) if issue.told.customer else None


def _is_alone(tx: Transaction, profile: Profile) -> bool:
    """Tell whether the directory gives a customer's channel to no other."""
    if profile.channel is None:
        return True
    owner = customers.of_channel(tx, profile.channel)
    return owner is not None and owner.id == profile.id


def _view(
    tx: Transaction, ctx: Context, issue: CustomerIssue, channel: str, sentence: str, *, is_answer: bool
) -> OutsideView:
    report = original(tx, issue.report) if issue.report else None
    told = tracked.find(tx, report.id) if report else None
    product = ctx.config.product(issue.told.product)
    link = None
    if ctx.config.customers.issue_links_outside and report is not None and report.issue_key:
        link = IssueLink(report.issue_key, ctx.jira.browse_url(report.issue_key))
    if is_answer:
        return answer_view(issue, product=product.name, sentence=sentence, link=link)
    return outside_view(
        issue, report, told, product=product.name, channel=channel, sentence=sentence, link=link
    )


def _without_slips(
    tx: Transaction, ctx: Context, issue: CustomerIssue, view: OutsideView, channel_name: str
) -> tuple[OutsideView, bool]:
    """Return a view without versions and quote that name something of ours; whether the quote did."""
    if list(_slips(tx, ctx, issue, " ".join(view.versions), channel_name)):
        view = replace(view, versions=())
    if not list(_slips(tx, ctx, issue, view.quote, channel_name)):
        return view, False
    return replace(view, quote=""), True


def _slips(
    tx: Transaction, ctx: Context, issue: CustomerIssue, text: str, channel_name: str, *domains: str
) -> Iterator[Slip]:
    """Find what must not get out of a text for the channel of this name; *domains* are our people's."""
    own = profile_of(tx, issue)
    others = customers.named_in(tx, text) if text else []
    return slips(
        text,
        customers=[each.name for each in others if own is None or each.id != own.id],
        projects={each.project.upper() for each in ctx.config.products},
        channel=channel_name,
        domains=domains,
        issues_allowed=ctx.config.customers.issue_links_outside,
    )
