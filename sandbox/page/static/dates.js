// Dates and times as the person one is reads them, kept right while the clock runs.

import { h } from "./dom.js";
import { me, now } from "./world.js";

const FORMS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};
const UNITS = [["year", 31_557_600], ["month", 2_629_800], ["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];

/** Returns a moment (ms) in one of the FORMS, or with Intl's own options, for the reader. */
export function formatted(moment, form) {
  const { locale = "en-US", zone = "UTC" } = me() ?? {};
  const options = typeof form === "string" ? FORMS[form] : form;
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(moment);
}

/** Returns how long ago, or in how long, a moment (ms) is. */
export function ago(moment) {
  const seconds = Math.round((moment - now()) / 1000);
  const words = new Intl.RelativeTimeFormat(me()?.locale ?? "en-US", { numeric: "auto" });
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return Math.abs(seconds) < 60 ? words.format(0, "second") : words.format(Math.trunc(seconds / length), unit);
}

/** Returns the day a moment (ms) is on, with words for the days around today. */
export function dayOf(moment, form = "date_long") {
  const days = Math.round((midnight(moment) - midnight(now())) / 86_400_000);
  if (Math.abs(days) > 1) return formatted(moment, form);
  return new Intl.RelativeTimeFormat(me()?.locale ?? "en-US", { numeric: "auto" }).format(days, "day");
}

function midnight(moment) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: me()?.zone ?? "UTC" }).format(moment);
  return Date.parse(`${parts}T00:00:00Z`);
}

function filled(pattern, moment) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === "ago") return ago(moment);
    if (name === "day_divider_pretty") return dayOf(moment);
    if (name.endsWith("_pretty")) return dayOf(moment, name.slice(0, -"_pretty".length));
    return FORMS[name] ? formatted(moment, name) : whole;
  });
}

/** Returns an element that shows a moment (ms) by Slack's pattern, with the exact time behind it. */
export function moment(at, pattern) {
  const exact = formatted(at, { dateStyle: "full", timeStyle: "long" });
  const iso = new Date(at).toISOString();
  return h("time", { datetime: iso, title: exact, "data-pattern": pattern }, filled(pattern, at));
}

/** Brings every shown moment up to date. */
export function retell() {
  for (const one of document.querySelectorAll("time[data-pattern]")) {
    const text = filled(one.dataset.pattern, Date.parse(one.dateTime));
    if (one.textContent !== text) one.textContent = text;
  }
}

/** Returns the epoch seconds of a wall-clock time such as 2026-11-23T09:00 in the reader's zone. */
export function epochOf(wall) {
  const utc = Date.parse(`${wall}Z`);
  return Math.round((utc - offsetAt(utc - offsetAt(utc))) / 1000);
}

/** Returns the wall-clock time of epoch seconds in the reader's zone. */
export const wallOf = (epoch) => new Date(epoch * 1000 + offsetAt(epoch * 1000)).toISOString().slice(0, 16);

function offsetAt(at) {
  const shown = new Date(at).toLocaleString("sv-SE", { timeZone: me()?.zone ?? "UTC" });
  return Date.parse(`${shown.replace(" ", "T")}Z`) - Math.floor(at / 1000) * 1000;
}
