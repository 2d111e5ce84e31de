// Jira's wiki markup as nodes: headings, lists, tables, code, quotes, and marks within lines.

import { h } from "./dom.js";
import { link } from "./mrkdwn.js";

const mark = (sign, not = sign) => `(?<![\\w\\\\${not}])${sign}(?=[^\\s${not}])((?:[^${not}\\n\\\\]|\\\\.)*?[^\\s${not}\\\\])${sign}(?![\\w${not}])`;
const TOKEN = new RegExp(
  [
    "\\\\([{}\\[\\]!|*_+^~?\\\\-])", "\\{\\{(.+?)\\}\\}", "(?<!\\\\)\\[([^\\]\\n]+)\\]", mark("\\*"), mark("_"), mark("\\+"), mark("-", "\\-"), "(https?://[^\\s|\\]]+)", "&#(\\d+);",
  ].join("|"), "gu",
);
const FENCE = /\{(code|noformat|quote|panel)(?::[^}]*)?\}\n?([\s\S]*?)\n?\{\1\}/g;

/** Returns wiki markup as nodes; `nameOf` tells what the account of a mention is called. */
export function wiki(text, nameOf) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(FENCE)) {
    nodes.push(...blocks(text.slice(end, match.index), nameOf), fenced(match, nameOf));
    end = match.index + match[0].length;
  }
  return [...nodes, ...blocks(text.slice(end), nameOf)];
}

function fenced([, kind, body], nameOf) {
  if (kind === "quote") return h("blockquote", {}, blocks(body, nameOf));
  return kind === "panel" ? h("div", { class: "panel" }, blocks(body, nameOf)) : h("pre", {}, body);
}

const KINDS = [
  [/^h([1-6])\. +(.*)$/, "heading"],
  [/^([*#-]+) +(.*)$/, "item"],
  [/^ *\|(.*)$/, "row"],
  [/^bq\. +(.*)$/, "quote"],
  [/^-{4,} *$/, "rule"],
  [/^\s*$/, "gap"],
];

function blocks(text, nameOf) {
  const nodes = [];
  let run = null;
  const finish = () => {
    if (run) nodes.push(BUILD[run.kind](run.lines, nameOf));
    run = null;
  };
  for (const line of text.replaceAll("\r", "").split("\n")) {
    const [pattern, kind = "text"] = KINDS.find(([one]) => one.test(line)) ?? [];
    const match = pattern ? line.match(pattern) : [line, line];
    if (["heading", "quote", "rule", "gap"].includes(kind) || run?.kind !== kind) finish();
    if (kind === "gap") continue;
    run ??= { kind, lines: [] };
    run.lines.push(match);
  }
  finish();
  return nodes;
}

const BUILD = {
  heading: ([[, level, words]], nameOf) => h(`h${Math.min(6, Number(level) + 1)}`, {}, inline(words, nameOf)),
  quote: ([[, words]], nameOf) => h("blockquote", {}, inline(words, nameOf)),
  rule: () => h("hr"),
  text: (lines, nameOf) => h("p", {}, lines.flatMap(([, words], index) => [index ? h("br") : null, ...inline(words, nameOf)])),
  row: (lines, nameOf) => h("table", {}, lines.map(([, words]) => h("tr", {}, cells(`|${words}`).map(({ head, said }) => h(head ? "th" : "td", {}, inline(said, nameOf)))))),
  item: list,
};

function list(lines, nameOf) {
  const tag = (signs) => (signs.endsWith("#") ? "ol" : "ul");
  const root = h(tag(lines[0][1][0]));
  const open = [root];
  for (const [, signs, words] of lines) {
    while (open.length > signs.length) open.pop();
    while (open.length < signs.length) {
      const inner = h(tag(signs));
      (open.at(-1).lastElementChild ?? open.at(-1)).append(inner);
      open.push(inner);
    }
    open.at(-1).append(h("li", {}, inline(words, nameOf)));
  }
  return root;
}

/** Returns the cells of a table's row; bars in links, and bars with a backslash, are text. */
function cells(line) {
  const found = [];
  const parts = line.trimEnd().match(/\|{1,2}|(?:\\.|\[[^\]]*\]|[^|\\[]|\[|\\$)+/g) ?? [];
  for (let at = 0; at < parts.length; at += 1) {
    if (!parts[at].startsWith("|")) continue;
    const said = parts[at + 1];
    if (said !== undefined && !said.startsWith("|")) found.push({ head: parts[at] === "||", said: said.trim() });
    else if (said !== undefined) found.push({ head: false, said: "" });
  }
  return found;
}

function inline(text, nameOf) {
  const nodes = [];
  let end = 0;
  for (const match of text.replaceAll("\\\\ ", "\n").matchAll(TOKEN)) {
    nodes.push(text.slice(end, match.index), styled(match, nameOf));
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)].filter((node) => node !== "");
}

function styled([, escaped, mono, reference, bold, italic, inserted, deleted, url, entity], nameOf) {
  if (escaped) return escaped;
  if (mono) return h("code", {}, inline(mono, nameOf));
  if (reference) return referred(reference, nameOf);
  if (bold) return h("strong", {}, inline(bold, nameOf));
  if (italic) return h("em", {}, inline(italic, nameOf));
  if (inserted) return h("ins", {}, inline(inserted, nameOf));
  if (deleted) return h("del", {}, inline(deleted, nameOf));
  return url ? link(url, url) : String.fromCodePoint(Number(entity));
}

function referred(reference, nameOf) {
  if (reference.startsWith("~")) return h("span", { class: "mention" }, `@${nameOf(reference.slice(1).replace("accountid:", ""))}`);
  const [words, url] = reference.includes("|") ? reference.split("|") : [reference, reference];
  return link(url, words) === words ? `[${reference}]` : link(url, words);
}
