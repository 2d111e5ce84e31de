"""The card that a customer issue has in a channel of our own: all of the customer that it takes to judge it.

It is rendered from the customer issue as it is now, so that an edit needs no memory of what was said before.
"""

from dataclasses import dataclass

from domain.config import Product
from domain.customer import Profile
from domain.customer_issue import CustomerIssue, State
from domain.message import Message
from domain.report import EFFORTS, Report
from domain.tracking import Tracked
from domain.triage import State as ReportState
from views.blocks import context, section
from views.customer_row import customer_row
from views.issue_state import ended
from views.text import Translator, ago, cut, cut_escaped, day, escape, link, person, translator
from views.thread_text import quoted

NEW, SETTLED = "🗣️", "✔️"
LINK_LIMIT = 600  # of an address in a line; a longer one is left out


@dataclass(frozen=True, slots=True)
class Shown:
    """A customer issue with what a message about it needs to know.

    `customer` is None where nobody knows whose it is; `bugs` and `waiting` are how many open bugs it has and
    how many of its customer issues nobody has settled, this one among them. `currency` is that of yearly
    values. `called` is who is on duty for it and named in the card. `report` is the one it hangs on, or what
    that one is a duplicate of; `url` the address of its issue, `tracked` what Jira last told of it.
    """

    issue: CustomerIssue
    product: Product
    customer: Profile | None = None
    bugs: int = 0
    waiting: int = 0
    currency: str = ""
    called: str | None = None
    report: Report | None = None
    url: str | None = None
    tracked: Tracked | None = None


def customer_card(shown: Shown, language: str) -> Message:
    """Return what a customer told us, in the language of the channel, with what can be done about it."""
    t = translator(language)
    blocks = (
        section(f"{_mark(shown.issue)} {_head(t, shown)}"),
        section(quote(t, shown.issue)),
        context(_facts(t, shown)),
        section("\n".join([state(t, shown), *_called(t, shown)])),
        customer_row(t, shown.issue),
    )
    return Message(text=spoken(t, shown), blocks=blocks)


def _called(t: Translator, shown: Shown) -> list[str]:
    """Name who is on duty for it, while nobody has settled it."""
    if shown.called is None or not shown.issue.is_open:
        return []
    return [t("{person} is on duty: what is it?").format(person=person(shown.called))]


def quote(t: Translator, issue: CustomerIssue, most: int = 2000) -> str:
    """Return what the customer said, up to so many characters, or that it was blanked."""
    gone = t("Their words were deleted.")
    return quoted(cut(issue.told.quote, most)) if issue.told.quote else f"_{gone}_"


def spoken(t: Translator, shown: Shown) -> str:
    """Return what a notification reads out."""
    return f"{name(t, shown)}: {cut_escaped(' '.join(shown.issue.told.quote.split()), 200)}"


def state(t: Translator, shown: Shown) -> str:
    """Return what became of a customer issue: by whom, and when."""
    issue = shown.issue
    by = person(issue.settled_by) if issue.settled_by else "Bugle"
    when = ago(issue.settled_at) if issue.settled_at else ""
    match issue.state:
        case State.NEW:
            return t("Nobody has said yet what becomes of it")
        case State.BUG:
            said = t("Bug report {report}, by {person} {ago}").format(
                report=_report(t, shown), person=by, ago=when
            )
            if shown.report is not None and shown.report.triage.state is ReportState.RESOLVED:
                said = f"{said}\n{ended(t, shown.tracked)}"
        case State.FEEDBACK:
            tags = " ".join(f"`{cut_escaped(tag.replace('`', ''), 60)}`" for tag in issue.told.tags)
            kept = t("Kept as product feedback by {person} {ago}").format(person=by, ago=when)
            said = f"{kept} {tags}".rstrip()
        case State.ANSWERED:
            said = t("Answered, says {person} {ago}").format(person=by, ago=when)
        case State.NOT_OURS:
            said = t("Not for us, says {person} {ago}").format(person=by, ago=when)
    return f"{said}\n{quoted(issue.settled_note[:500])}" if issue.settled_note else said


def _report(t: Translator, shown: Shown) -> str:
    if shown.report is None:
        return t("Issue on its way")
    key = shown.report.issue_key
    title = cut_escaped(" ".join(shown.report.happened.actual.split("\n", 1)[0].split()), 200)
    called = link(shown.url, key) if shown.url and key else key or t("Issue on its way")
    closed = [t("closed as not a bug")] if shown.report.triage.state is ReportState.NOT_A_BUG else []
    return " · ".join([called, title, *closed])


def _mark(issue: CustomerIssue) -> str:
    return NEW if issue.is_open else SETTLED


def name(t: Translator, shown: Shown) -> str:
    """Return whose customer issue it is."""
    return cut_escaped(shown.customer.name, 150) if shown.customer else t("Unknown customer")


def _head(t: Translator, shown: Shown) -> str:
    """Return whose it is and what weighs: nobody needs to look that up elsewhere."""
    customer, waiting = shown.customer, shown.waiting - shown.issue.is_open
    if customer is None:
        return f"*{name(t, shown)}*"
    called = name(t, shown)
    if customer.crm_url and _fits(customer.crm_url):
        called = f"<{_address(customer.crm_url)}|{called}>"
    told = [
        f"*{called}*",
        *(cut_escaped(each, 64) for each in (customer.tier, _value(t, shown), customer.region) if each),
        *([t("renews {day}").format(day=day(customer.renewal))] if customer.renewal else []),
        *([t.plural("{count} open bug", "{count} open bugs", shown.bugs)] if shown.bugs else []),
        *([t.plural("{count} more waiting", "{count} more waiting", waiting)] if waiting > 0 else []),
        *([t("cared for by {person}").format(person=person(customer.owner))] if customer.owner else []),
    ]
    return " · ".join(told)


def _value(t: Translator, shown: Shown) -> str | None:
    if shown.customer is None or shown.customer.value is None:
        return None
    return t("{amount} a year").format(amount=t.money(shown.customer.value, shown.currency))


def _address(url: str) -> str:
    return escape(url).replace("|", "%7C")


def _fits(url: str) -> bool:
    return len(_address(url)) <= LINK_LIMIT


def _facts(t: Translator, shown: Shown) -> str:
    """Return in small what it is about, how it came in, and where more can be read."""
    told = shown.issue.told
    place = f"{shown.product.name} › {told.area}" if told.area else shown.product.name
    facts = [
        cut_escaped(place, 150),
        *(
            [t("effort {effort} of {most}").format(effort=told.effort, most=max(EFFORTS))]
            if told.effort
            else []
        ),
        *(
            [t("satisfaction {percent} %").format(percent=told.satisfaction)]
            if told.satisfaction is not None
            else []
        ),
        *([t.plural("{count} file", "{count} files", len(told.files))] if told.files else []),
        *_links(t, shown.issue),
        _brought(t, shown.issue),
    ]
    return " · ".join(facts)


def _links(t: Translator, issue: CustomerIssue) -> list[str]:
    found = ((issue.told.help_desk_url, t("In the help desk")), (issue.told.source_url, t("The message")))
    return [link(_address(url), label) for url, label in found if url and _fits(url)]


def _brought(t: Translator, issue: CustomerIssue) -> str:
    told, when = issue.told, ago(issue.brought_at)
    author = cut_escaped(told.author, 100) if told.author else None
    if told.brought_by and author:
        said = t("said by {author}, passed on by {person} {ago}")
    elif told.brought_by:
        said = t("passed on by {person} {ago}")
    elif author:
        said = t("said by {author} {ago}")
    else:
        said = t("came in {ago}")
    return said.format(author=author, person=person(told.brought_by or ""), ago=when)
