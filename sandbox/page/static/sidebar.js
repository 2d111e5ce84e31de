// The left side and the top: conversations, who one is, and the clock.

import { attempt, seen } from "./api.js";
import { formatted } from "./dates.js";
import { h, reconcile, refresher } from "./dom.js";
import { openHelpDesks } from "./helpdesk.js";
import { avatar } from "./messages.js";
import { BUGLE, HOME, directId, go, isOurs, me, now, place, world } from "./world.js";

const readUpTo = new Map();
const heard = new Map();
const news = new Set();
const HOURS = [["+1 h", 3600, "Move the clock by one hour"], ["+1 day", 86_400, "Move the clock by one day"]];

/** Reads the conversations of the person one is and shows them. */
export const refreshSidebar = refresher(
  async () => {
    const who = place.me;
    const { channels } = await seen("channels");
    return who === place.me ? channels : undefined;
  },
  (channels) => {
    world.channels = channels;
    showSidebar();
  },
);

/** Shows the conversations as they were read last, the open one as read. */
export function showSidebar() {
  const open = world.channels.find((one) => one.id === place.channel);
  if (open?.latest) readUpTo.set(`${place.me} ${open.id}`, open.latest);
  const rooms = world.channels.filter((one) => one.kind !== "im");
  const direct = world.channels.find((one) => one.id === directId());
  const person = me();
  const nav = document.getElementById("sidebar");
  const rows = [
    { key: "me", stamp: place.me, build: () => h("div", { class: "me" }, avatar(place.me), h("p", {}, h("strong", {}, person.name), h("small", {}, `${person.title} · ${person.zone.split("/").at(-1).replace("_", " ")}`))) },
    heading("Channels"),
    ...rooms.map((one) => row(one.id, `${one.kind === "group" ? "🔒" : "#"}`, one.name, isUnread(one), one.external)),
    ...(isOurs() ? apps(direct) : [outsider()]),
  ];
  reconcile(nav, rows);
}

const apps = (direct) => [
  heading("Apps"),
  row(directId(), "", "Bugle", direct && isUnread(direct)),
  row(HOME, "", "Home", false, false, "under"),
  heading("Outside Slack"),
  { key: "help desks", stamp: "", build: () => h("button", { type: "button", "data-focus": "help desks", onclick: openHelpDesks }, h("span", { class: "sign", "aria-hidden": "true" }, "✉"), h("span", { class: "name" }, "A customer writes…")) },
];
const outsider = () => ({ key: "outsider", stamp: "", build: () => h("p", { class: "hint outsider" }, "You work at Lumen Retail: this is all that Harbor shares with you. Its apps and its Jira are not yours.") });
const heading = (text) => ({ key: `h ${text}`, stamp: "", build: () => h("h2", {}, text) });
const isUnread = (one) => Boolean(one.latest) && one.latest > (readUpTo.get(`${place.me} ${one.id}`) ?? "");

function row(id, sign, name, unread, shared = false, kind = "") {
  const current = place.channel === id;
  const build = () =>
    h(
      "button",
      { type: "button", class: `${kind} ${unread ? "unread" : ""}`, "aria-current": current ? "page" : null, "data-focus": `room ${id}`, onclick: () => go({ channel: id }) },
      id === directId() ? avatar(BUGLE) : h("span", { class: "sign", "aria-hidden": "true" }, sign),
      h("span", { class: "name", title: name }, name),
      shared && h("small", { title: "Shared with another company" }, "⇄", h("span", { class: "unseen" }, "shared with another company")),
      unread && h("span", { class: "dot" }, h("span", { class: "unseen" }, "unread")),
    );
  return { key: id, stamp: JSON.stringify([current, unread, name, shared]), build };
}

/** Notes that something was said in a DM of somebody else, so that their face shows it. */
export function heardIn(channel, ts) {
  const owner = [...world.people.keys()].find((user) => directId(user) === channel);
  const known = heard.get(channel) ?? "";
  if (!owner || ts <= known) return;
  heard.set(channel, ts);
  if (owner === place.me || news.has(owner)) return;
  news.add(owner);
  showPeople();
}

/** Shows everybody one can be, with a mark on those to whom the app wrote meanwhile. */
export function showPeople() {
  news.delete(place.me);
  const box = document.getElementById("who");
  const people = [...world.people.values()].filter((one) => !one.deactivated);
  const entries = people.map((one) => ({
    key: one.id,
    stamp: JSON.stringify([one.name, one.title, one.id === place.me, news.has(one.id)]),
    build: () => face(one),
  }));
  reconcile(box, [{ key: "legend", stamp: "", build: () => h("legend", { class: "unseen" }, "Who you are") }, ...entries]);
}

function face(one) {
  const unread = news.has(one.id);
  const about = `${one.name}, ${one.title}`;
  const input = h("input", { type: "radio", name: "who", value: one.id, class: "unseen", "data-focus": `who ${one.id}`, "aria-label": unread ? `${about}, new messages` : about });
  input.checked = one.id === place.me;
  input.addEventListener("change", () => become(one.id));
  return h("label", { title: unread ? `${about} · has a new message from Bugle` : about, class: one.team === "T0HARBOR" ? "" : "foreign" }, input, avatar(one.id), h("span", { class: "name" }, one.name.split(" ")[0]), unread && h("span", { class: "dot" }));
}

/** Becomes another person: where Bugle wrote to them, in that DM, else where one was if they are there, too. */
function become(user) {
  const wrote = news.has(user);
  const mine = place.channel === directId() || wrote;
  go({ me: user, channel: mine ? directId(user) : place.channel });
}

/** Shows the business time and what moves it. */
export function showClock() {
  const box = document.getElementById("clock");
  const time = formatted(now(), { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const move = (seconds) => attempt("clock", { advance: seconds });
  reconcile(box, [
    { key: "now", stamp: time, build: () => h("time", { title: `Everybody’s clock, in ${me()?.zone}` }, time) },
    ...HOURS.map(([label, seconds, name]) => ({
      key: label, stamp: "", build: () => h("button", { type: "button", class: "button small", "aria-label": name, title: name, onclick: () => move(seconds) }, label),
    })),
  ]);
}
