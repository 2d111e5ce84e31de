"""The view behind Why?: which rules and which rotation led a report to where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.config import Product
from domain.duty import Duty
from domain.report import Impact, Report, Workaround
from domain.severity import Severity
from views.blocks import Block, modal, section
from views.terms import impact_name, workaround_name
from views.text import Translator, escape, moment, person, translator
from views.thread_text import quoted

VIEW = "report_why"


@dataclass(frozen=True, slots=True)
class Reasons:
    """What led a report to its severity, engineer and channel.

    `rotation` is the name of the one that serves it, None where none does; `duty` the one under way when the
    report was filed or last handed to the rotation, None where nobody was on duty.
    """

    report: Report
    product: Product
    severity: Severity
    rotation: str | None
    duty: Duty | None


def why_view(reasons: Reasons, language: str) -> Block:
    """Return the view; its times are shown in the reader's zone."""
    t = translator(language)
    blocks = [section(_severity(t, reasons)), section(_engineer(t, reasons)), section(_channel(t, reasons))]
    return modal(VIEW, t("Why?"), blocks, close=t("Close"))


def _severity(t: Translator, reasons: Reasons) -> str:
    report, triage = reasons.report, reasons.report.triage
    head = t("*Severity: {severity}*").format(severity=escape(reasons.severity.name))
    rule = _rule(t, report.severity_reasons)
    target = reasons.severity.target
    if target is not None:
        allowed = t("Who is asked has {time} of their working hours to react.")
        head = f"{head}\n{allowed.format(time=t.duration(target))}"
    if triage.severity_by is None:
        return f"{head}\n{rule}"
    changed = t("Set by {person}:").format(person=person(triage.severity_by))
    return f"{head}\n{changed}\n{quoted(triage.severity_reason or '')}"


def _rule(t: Translator, reasons: Mapping[str, Any]) -> str:
    """Say which rule held when the report was filed or joined, by the facts that the rule is about."""
    if not reasons:
        return t("By the rules in bugle.toml: none of those above it held.")
    facts = [
        *([impact_name(t, Impact(reasons["impact"]))] if "impact" in reasons else []),
        *([_workaround(t, Workaround(reasons["workaround"]))] if "workaround" in reasons else []),
        *([_customers(t, reasons["customers"])] if "customers" in reasons else []),
    ]
    return t("By the first rule in bugle.toml that held: {facts}.").format(facts=" · ".join(facts))


def _customers(t: Translator, least: int) -> str:
    return t.plural("{count} customer or more", "{count} customers or more", least)


def _workaround(t: Translator, workaround: Workaround) -> str:
    return t("Workaround: {workaround}").format(workaround=workaround_name(t, workaround))


def _engineer(t: Translator, reasons: Reasons) -> str:
    report = reasons.report
    if report.taken_by is not None:
        head = t("*Owner: {person}*").format(person=person(report.taken_by))
    elif report.on_duty is not None:
        head = t("*Engineer: {person}*").format(person=person(report.on_duty))
    else:
        head = t("*Engineer: nobody*")
    return f"{head}\n{_duty(t, reasons)}"


def _duty(t: Translator, reasons: Reasons) -> str:
    if reasons.rotation is None:
        return t("{product} has no rotation.").format(product=escape(reasons.product.name))
    rotation = escape(reasons.rotation)
    duty = reasons.duty
    if duty is None:
        return t("Nobody was on duty in the rotation {rotation}.").format(rotation=rotation)
    said = (
        t("{person} was on duty in the rotation {rotation} when the report was filed: {start} to {end}.")
        if reasons.report.triage.handed_at is None
        else t("{person} was on duty in the rotation {rotation} when it was handed back: {start} to {end}.")
    )
    return said.format(
        person=person(duty.person or ""), rotation=rotation, start=moment(duty.start), end=moment(duty.end)
    )


def _channel(t: Translator, reasons: Reasons) -> str:
    channel = f"<#{reasons.product.channel}>"
    head = t("*Channel: {channel}*").format(channel=channel)
    said = t("The cards of {product} go there, as `channel` of “{key}” in bugle.toml says.")
    return f"{head}\n{said.format(product=escape(reasons.product.name), key=reasons.product.key)}"
