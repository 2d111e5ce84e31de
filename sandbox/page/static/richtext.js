// rich_text blocks: sections, lists, quotes and preformatted text.

import { moment } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, groupMention, lines, link, userMention } from "./mrkdwn.js";

/** Returns a rich_text block as an element. */
export const richText = (block) => h("div", { class: "rich" }, block.elements.map(part));

function part(element) {
  switch (element.type) {
    case "rich_text_list":
      return list(element);
    case "rich_text_quote":
      return h("blockquote", {}, element.elements.map(piece));
    case "rich_text_preformatted":
      return h("pre", {}, element.elements.map(piece));
    default:
      return h("div", {}, element.elements.map(piece));
  }
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const items = element.elements.map((item) => h("li", {}, part(item)));
  const start = element.offset ? { start: element.offset + 1 } : {};
  return h(tag, { ...start, class: `indent-${element.indent ?? 0}` }, items);
}

function piece(element) {
  const { style = {} } = element;
  let node = plain(element);
  if (style.code) node = h("code", {}, node);
  if (style.strike) node = h("s", {}, node);
  if (style.italic) node = h("em", {}, node);
  return style.bold ? h("strong", {}, node) : node;
}

function plain(element) {
  switch (element.type) {
    case "text":
      return lines(element.text);
    case "link":
      return link(element.url, element.text ?? element.url);
    case "user":
      return userMention(element.user_id);
    case "channel":
      return channelMention(element.channel_id);
    case "usergroup":
      return groupMention(element.usergroup_id);
    case "broadcast":
      return h("span", { class: "mention loud" }, `@${element.range}`);
    case "emoji":
      return emoji(element.name);
    case "date":
      return moment(element.timestamp * 1000, element.format);
    case "color":
      return h("code", {}, element.value);
    default:
      return element.text ?? "";
  }
}
