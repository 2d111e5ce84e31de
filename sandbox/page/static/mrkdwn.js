// Slack's text: mrkdwn and plain_text objects as nodes.

import { moment } from "./dates.js";
import { h } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { directId, go, nameOf, place, roomName, world } from "./world.js";

const edge = (mark) => `(?<![\\w${mark}])${mark}(?=[^\\s${mark}])([^${mark}\\n]*[^${mark}\\s]|[^${mark}\\s])${mark}(?![\\w${mark}])`;
const TOKEN = new RegExp(
  ["`([^`\\n]+)`", "<([^<>\\n]+)>", ":([a-z0-9_+'-]+):", edge("\\*"), edge("_"), edge("~")].join("|"), "gu",
);
const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Returns the nodes of a text object. */
export function textNodes(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : lines(object.emoji === false ? object.text : withEmoji(object.text));
}

/** Returns plain text with its line ends. */
export const lines = (text) => text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));

/** Returns mrkdwn as nodes: code blocks, quotes, and what stands in lines. */
export function mrkdwn(text) {
  return text.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((part, index) =>
    index % 2 ? [h("pre", {}, unescaped(part))] : paragraphs(part),
  );
}

function paragraphs(text) {
  const nodes = [];
  let quote = null;
  for (const [index, line] of text.split("\n").entries()) {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      if (!quote) nodes.push((quote = h("blockquote")));
      else quote.append(h("br"));
      quote.append(...inline(quoted[1]));
      continue;
    }
    if (index && !quote) nodes.push(h("br"));
    quote = null;
    nodes.push(...inline(line));
  }
  return nodes;
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(unescaped(text.slice(end, match.index)), styled(match));
    end = match.index + match[0].length;
  }
  return [...nodes, unescaped(text.slice(end))].filter((node) => node !== "");
}

function styled([, code, reference, name, bold, italic, strike]) {
  if (code !== undefined) return h("code", {}, unescaped(code));
  if (reference !== undefined) return referred(reference);
  if (name !== undefined) return emoji(name);
  if (bold !== undefined) return h("strong", {}, inline(bold));
  return italic !== undefined ? h("em", {}, inline(italic)) : h("s", {}, inline(strike));
}

function referred(reference) {
  const [target, label] = reference.split(/\|(.*)/s);
  if (target.startsWith("@")) return userMention(target.slice(1));
  if (target.startsWith("#")) return channelMention(target.slice(1));
  if (target.startsWith("!date^")) return dated(target, label);
  if (target.startsWith("!subteam^")) return groupMention(target.slice("!subteam^".length), label);
  if (target.startsWith("!")) return h("span", { class: "mention loud" }, `@${target.slice(1)}`);
  return link(unescaped(target), label === undefined ? unescaped(target) : unescaped(label));
}

function dated(target, label = "") {
  const [, seconds, pattern, url] = target.split("^");
  const shown = moment(Number(seconds) * 1000, pattern);
  shown.setAttribute("aria-description", label);
  return url ? h("a", { href: unescaped(url), target: "_blank", rel: "noreferrer" }, shown) : shown;
}

/** Returns how a person is mentioned. */
export function userMention(id) {
  return h("span", { class: id === place.me ? "mention mine" : "mention" }, `@${nameOf(id.split("|")[0])}`);
}

/** Returns how a channel is mentioned: a link to it. */
export function channelMention(id) {
  const mine = world.channels.some((one) => one.id === id);
  const shown = `#${roomName(id)}`;
  if (!mine) return h("span", { class: "mention" }, shown);
  return h("button", { type: "button", class: "mention bare", onclick: () => go({ channel: id }) }, shown);
}

/** Returns how a user group is mentioned. */
export function groupMention(id, label) {
  const group = world.groups.get(id);
  const mine = group?.members.includes(place.me);
  return h("span", { class: mine ? "mention mine" : "mention" }, group ? `@${group.handle}` : (label ?? id));
}

/** Returns a link; one into the sandbox opens on this page, anything but web and mail is only text. */
export function link(url, label) {
  if (!/^(https?:|mailto:)/i.test(url)) return label;
  const target = inside(url);
  if (!target) return h("a", { href: url, target: "_blank", rel: "noreferrer" }, label);
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(target);
  };
  return h("a", { href: url, onclick: open }, label);
}

function inside(url) {
  const { origin, pathname, searchParams } = new URL(url);
  if (origin !== location.origin) return null;
  const issue = pathname.match(/^\/jira\/browse\/([A-Z]+-\d+)$/);
  if (issue) return { issue: issue[1] };
  const message = pathname.match(/^\/slack\/archives\/(\w+)\/p(\d+)(\d{6})$/);
  if (!message) return null;
  const [, channel, seconds, micros] = message;
  const own = channel.startsWith("D") ? directId() : channel;
  return { channel: own, ts: `${seconds}.${micros}`, thread: searchParams.get("thread_ts") };
}
