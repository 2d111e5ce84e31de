"""The view behind Why here?: which line of the routing table has a customer issue in a channel, and why."""

from dataclasses import dataclass

from domain.customer_config import Form
from domain.customer_routing import Decision, Delivery, Judged, Verdict
from domain.route_filters import Facts, Filter
from views.blocks import Block, context, divider, modal, section
from views.text import Translator, cut_escaped, moment, translator

VIEW = "customer_issue_why"
_MOST = 30  # lines of the table that are told


@dataclass(frozen=True, slots=True)
class WhyHere:
    """How it was decided where a customer issue goes.

    `channel` is where somebody asks, `product` what the product is called.
    """

    channel: str
    product: str
    facts: Facts
    decision: Decision


def why_here_view(why: WhyHere, language: str) -> Block:
    """Return the view; its times are shown in the reader's zone."""
    t = translator(language)
    judged = why.decision.judged
    lines = [section(_line(t, why, each)) for each in judged[:_MOST]]
    if len(judged) > _MOST:
        more = t.plural("and {count} more line", "and {count} more lines", len(judged) - _MOST)
        lines.append(context(more))
    source = t(
        "Tier, region and time zone are the customer's, from the directory. The lines are [[routes]] in"
        " bugle.toml, as they were when it was decided."
    )
    blocks = [section(_here(t, why)), section(_facts(t, why.facts)), *([divider()] if lines else []), *lines]
    return modal(VIEW, t("Why here?"), [*blocks, context(source)], close=t("Close"))


def not_kept_view(language: str) -> Block:
    """Return the view for a customer issue of which nobody noted why it is where it is."""
    t = translator(language)
    said = t("It was posted before Bugle noted why.")
    return modal(VIEW, t("Why here?"), [section(said)], close=t("Close"))


def _here(t: Translator, why: WhyHere) -> str:
    here = next((each for each in why.decision.deliveries if each.channel == why.channel), None)
    if here is None:
        said = t("Line by line of the routing table, as it was decided:")
    elif here.line is None:
        said = t("No line of the routing table fits, so the channel of {product} has it.").format(
            product=cut_escaped(why.product, 75)
        )
    else:
        said = t("Line {line} of the routing table, “{name}”, has it here.").format(
            line=here.line, name=_name(here.name or "")
        )
    return f"*{said}*"


def _facts(t: Translator, facts: Facts) -> str:
    unknown = t("not known")
    rows = []
    for each in Filter:
        known = getattr(facts, each)
        rows.append(f"{_called(t, each)}: {cut_escaped(str(known), 255) if known else f'_{unknown}_'}")
    return "\n".join(rows)


def _line(t: Translator, why: WhyHere, judged: Judged) -> str:
    head = f"{judged.line}. “{_name(judged.name)}” → <#{judged.channel}>"
    return f"{head}\n{_verdict(t, why, judged)}"


def _verdict(t: Translator, why: WhyHere, judged: Judged) -> str:
    if judged.verdict is Verdict.HAS_IT:
        had = next(each for each in why.decision.deliveries if each.line == judged.line)
        return f"✔️ {_delivered(t, had)}"
    if judged.verdict is Verdict.PASSED_ON:
        return t("Fits, but its readers were away, and line {line} had it sooner.").format(line=judged.other)
    if judged.verdict is Verdict.SAME_CHANNEL or judged.filter is None:
        return t("Fits, but line {line} posts it in that channel.").format(line=judged.other)
    wanted = cut_escaped(", ".join(judged.wanted), 600)
    if judged.filter is Filter.EFFORT:
        return t("Takes an effort of {least} or more.").format(least=wanted)
    return t("{fact}: takes {wanted}").format(fact=_called(t, judged.filter), wanted=wanted)


def _delivered(t: Translator, had: Delivery) -> str:
    said = {
        Form.EACH: t("Has it: posted by itself, from {time} on."),
        Form.HOURLY: t("Has it: in the digest of the hour, {time}."),
        Form.DAILY: t("Has it: in the digest of the day, {time}."),
    }
    return said[had.form].format(time=moment(had.at))


def _called(t: Translator, fact: Filter) -> str:
    return {
        Filter.PRODUCT: t("Product"),
        Filter.AREA: t("Area"),
        Filter.TIER: t("Tier"),
        Filter.REGION: t("Region"),
        Filter.LANGUAGE: t("Language"),
        Filter.ZONE: t("Time zone"),
        Filter.EFFORT: t("Effort"),
    }[fact]


def _name(name: str) -> str:
    return cut_escaped(name, 200)
