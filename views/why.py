"""The view behind Why?: which rules and which rotation led a report to where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.config import Product
from domain.report import Impact, Report, Workaround
from domain.rotation import Shift
from domain.severity import Severity
from views.blocks import Block, modal, section
from views.terms import impact_name, workaround_name
from views.text import Translator, escape, moment, person, translator
from views.thread_text import quoted

VIEW = "report_why"


@dataclass(frozen=True, slots=True)
class Reasons:
    """What led a report to its severity, engineer and channel.

    `rotation` is the name of the product's, None where it has none; `shift` the one that was under way when
    the report was filed or last handed to the rotation, None where the rotation had not begun.
    """

    report: Report
    product: Product
    severity: Severity
    rotation: str | None
    shift: Shift | None


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
    report, shift = reasons.report, reasons.shift
    if report.taken_by is not None:
        head = t("*Owner: {person}*").format(person=person(report.taken_by))
    elif report.on_duty is not None:
        head = t("*Engineer: {person}*").format(person=person(report.on_duty))
    else:
        head = t("*Engineer: nobody*")
    return f"{head}\n{_duty(t, reasons, shift)}"


def _duty(t: Translator, reasons: Reasons, shift: Shift | None) -> str:
    if reasons.rotation is None:
        return t("{product} has no rotation.").format(product=escape(reasons.product.name))
    rotation = escape(reasons.rotation)
    if shift is None:
        return t("The rotation {rotation} had not begun.").format(rotation=rotation)
    said = (
        t("{person} had the shift of the rotation {rotation} when the report was filed: {start} to {end}.")
        if reasons.report.triage.handed_at is None
        else t("{person} had the shift of the rotation {rotation} when it was handed back: {start} to {end}.")
    )
    return said.format(
        person=person(shift.holder), rotation=rotation, start=moment(shift.start), end=moment(shift.end)
    )


def _channel(t: Translator, reasons: Reasons) -> str:
    channel = f"<#{reasons.product.channel}>"
    head = t("*Channel: {channel}*").format(channel=channel)
    said = t("The cards of {product} go there, as `channel` of “{key}” in bugle.toml says.")
    return f"{head}\n{said.format(product=escape(reasons.product.name), key=reasons.product.key)}"
