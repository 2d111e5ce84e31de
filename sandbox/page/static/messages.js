// Messages: one as an element, and a list of them with days and authors.

import { act } from "./api.js";
import { askText, confirmed } from "./dialogs.js";
import { blockEntries } from "./blocks.js";
import { dayOf, formatted, moment } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { sized } from "./files.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { onMessage } from "./surface.js";
import { BUGLE, go, initials, myShortcuts, nameOf, place, tint, world } from "./world.js";

const TOGETHER = 300;
const QUICK = ["bug", "eyes", "white_check_mark"];

/** Returns the avatar of a person or the app. */
export function avatar(user) {
  if (user === BUGLE) return h("img", { class: "avatar", src: "/page/icon.svg", alt: "" });
  return h("span", { class: `avatar tint-${tint(user)}`, "aria-hidden": "true" }, initials(nameOf(user)));
}

/** Returns messages as entries for reconcile, with a line for each new day; `inThread` leaves out reply counts. */
export function messageEntries(messages, { inThread = false } = {}) {
  const entries = [];
  let last = null;
  for (const message of messages) {
    const at = Number(message.ts) * 1000;
    const day = formatted(at, "date_num");
    const newDay = day !== last?.day;
    if (newDay) entries.push({ key: `day ${day}`, stamp: dayOf(at), build: () => dayLine(at) });
    const follows = !newDay && last.user === message.user && !message.bot_id && !message.ephemeral && !last.ephemeral && Number(message.ts) - last.ts < TOGETHER;
    entries.push({
      key: message.ts,
      stamp: JSON.stringify([place.me, follows, message]),
      build: () => messageNode(message, follows, inThread),
    });
    last = { day, user: message.user, ts: Number(message.ts), ephemeral: message.ephemeral };
  }
  return entries;
}

const dayLine = (at) => h("h3", { class: "day" }, h("span", {}, dayOf(at)));

function messageNode(message, follows, inThread) {
  const at = Number(message.ts) * 1000;
  const short = formatted(at, "time");
  const foreign = world.people.get(message.user)?.team ?? "T0HARBOR";
  const head = h(
    "header",
    {},
    h("strong", {}, message.author),
    message.bot_id && h("span", { class: "badge" }, "APP"),
    foreign !== "T0HARBOR" && h("span", { class: "badge" }, "Lumen Retail"),
    h("time", { datetime: new Date(at).toISOString(), title: formatted(at, { dateStyle: "full", timeStyle: "medium" }) }, short),
    edited(message),
  );
  return h(
    "article",
    { class: ["message", follows && "follows", message.ephemeral && "ephemeral"].filter(Boolean).join(" "), id: `m-${message.ts}`, "aria-label": `${message.author}, ${short}` },
    h("div", { class: "side" }, follows ? h("time", { class: "hour" }, formatted(at, { hour: "2-digit", minute: "2-digit", hour12: false })) : avatar(message.user)),
    h(
      "div",
      { class: "content" },
      message.ephemeral && h("p", { class: "only" }, "👁 Only visible to you"),
      !follows && head,
      body(message),
      follows && edited(message),
      (message.attachments ?? []).map(attachment),
      (message.files ?? []).map(file),
      message.reactions && h("div", { class: "reactions" }, message.reactions.map((one) => reaction(message, one))),
      !inThread && message.reply_count && replies(message),
      message.subtype === "thread_broadcast" && h("p", { class: "hint" }, "Also in a thread"),
    ),
    tools(message, inThread),
  );
}

function body(message) {
  const surface = onMessage(message);
  if (!message.blocks?.length) return h("div", { class: "words" }, mrkdwn(message.text ?? ""));
  return h("div", { class: "blocks" }, blockEntries(message.blocks, surface).map((entry) => entry.build()));
}

const edited = (message) => message.edited && h("small", { title: formatted(Number(message.edited.ts) * 1000, { dateStyle: "full", timeStyle: "medium" }) }, "(edited)");

function attachment(one) {
  const nodes = one.blocks ? blockEntries(one.blocks, onMessage({})).map((entry) => entry.build()) : mrkdwn(one.text ?? one.fallback ?? "");
  const box = h("div", { class: "attachment" }, one.title && h("strong", {}, one.title), nodes);
  if (/^#?[\da-f]{6}$/i.test(one.color ?? "")) box.style.borderColor = `#${one.color.replace("#", "")}`;
  return box;
}

function file(one) {
  if (!one.name) return h("p", { class: "file" }, "📎 A file of the other company");
  const address = `/control/slack/files/${one.id}`;
  if (one.mimetype?.startsWith("image/")) return h("a", { href: address, target: "_blank" }, h("img", { class: "picture", src: address, alt: one.title }));
  return h("p", { class: "file" }, "📎 ", h("a", { href: address, target: "_blank" }, one.title), h("small", {}, ` ${one.pretty_type} · ${sized(one.size)}`));
}

function reaction(message, { name, users }) {
  const mine = users.includes(place.me);
  const press = () => act("react", { channel: message.channel, ts: message.ts, name, remove: mine });
  return h(
    "button",
    { type: "button", class: "reaction", "aria-pressed": String(mine), title: users.map(nameOf).join(", "), "aria-label": `${name}, ${users.length}`, onclick: press },
    `${emoji(name)} ${users.length}`,
  );
}

function replies(message) {
  const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  const last = moment(Number(message.latest_reply) * 1000, "{ago}");
  return h("button", { type: "button", class: "replies bare", onclick: () => go({ thread: message.ts }) }, h("strong", {}, count), " Last ", last);
}

function tools(message, inThread) {
  if (message.ephemeral) return null;
  const react = (name) => act("react", { channel: message.channel, ts: message.ts, name });
  const more = h("button", { type: "button", "aria-label": "More actions", "aria-haspopup": "menu", title: "More actions" }, "⋯");
  more.addEventListener("click", () => openMenu(more, commands(message, inThread)));
  return h(
    "div",
    { class: "tools", role: "toolbar", "aria-label": "Message actions" },
    QUICK.map((name) => h("button", { type: "button", title: `React with :${name}:`, "aria-label": `React with ${name}`, onclick: () => react(name) }, emoji(name))),
    !inThread && h("button", { type: "button", title: "Reply in thread", "aria-label": "Reply in thread", onclick: () => go({ thread: message.thread_ts ?? message.ts }) }, "💬"),
    more,
  );
}

function commands(message, inThread) {
  const where = { channel: message.channel, ts: message.ts };
  const own = message.user === place.me;
  const items = myShortcuts("message")
    .map((one) => ({ label: one.name, hint: "Bugle", choose: () => act("message_shortcut", { ...where, callback_id: one.callback_id }) }));
  if (items.length) items.push(null);
  if (!inThread) items.push({ label: "Reply in thread", choose: () => go({ thread: message.thread_ts ?? message.ts }) });
  items.push({ label: "Copy link", choose: () => navigator.clipboard.writeText(message.permalink) });
  if (own) items.push(null, { label: "Edit message", choose: () => edit(message) }, { label: "Delete message", danger: true, choose: () => drop(message) });
  return items;
}

async function edit(message) {
  const typed = message.text.replace(/<@(\w+)>/g, (_, id) => `@${world.people.get(id)?.handle ?? "bugle"}`)
    .replace(/<#\w+\|([^>]+)>/g, "#$1").replace(/<(https?:[^>|]+)>/g, "$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const text = await askText("Edit message", typed, "Save");
  if (text) act("edit", { channel: message.channel, ts: message.ts, text });
}

async function drop(message) {
  const plain = (text) => ({ type: "plain_text", text });
  const asked = { title: plain("Delete message"), text: plain("Delete this message? This cannot be undone."), confirm: plain("Delete"), deny: plain("Cancel"), style: "danger" };
  if (await confirmed(asked)) act("delete", { channel: message.channel, ts: message.ts });
}
