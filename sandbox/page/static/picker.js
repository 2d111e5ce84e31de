// A select with search, for one or for many: every menu of Block Kit that offers options.

import { freshId, h } from "./dom.js";
import { settle } from "./menu.js";
import { textNodes } from "./mrkdwn.js";

const PAUSE = 200;

/**
 * Returns a picker. `chosen` are options {text, value}; `load(query)` resolves to the options to list,
 * `least` is how many letters a search needs, `changed(options)` is called with what is chosen then.
 */
export function picker({ id, focus, chosen, many, most, placeholder, least = 0, waits = false, load, changed }) {
  const list = h("ul", { role: "listbox", id: freshId("list"), class: "options", popover: "manual", "aria-label": "Options" });
  const input = h("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder, "data-focus": focus,
    "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  });
  const chips = h("span", { class: "chips" });
  const box = h("div", { class: many ? "picker many" : "picker" }, many && chips, input, list);
  const open = { query: "", rows: [], at: 0, timer: null, asked: 0, showing: false };

  const label = (option) => option?.text.text ?? "";
  const isChosen = (option) => chosen.some((one) => one.value === option.value);

  function rest() {
    input.value = many ? "" : label(chosen[0]);
    chips.replaceChildren(...chosen.map(chip));
    input.placeholder = many && chosen.length ? "" : (placeholder ?? "");
  }

  function chip(option) {
    const remove = h("button", { type: "button", class: "bare", "aria-label": `Remove ${label(option)}`, onclick: () => drop(option) }, "✕");
    return h("span", { class: "chip" }, textNodes(option.text), remove);
  }

  function set(options) {
    chosen = options;
    rest();
    changed(chosen);
  }

  const drop = (option) => set(chosen.filter((one) => one.value !== option.value));

  function pick(option) {
    if (!many) {
      hide();
      set([option]);
      return;
    }
    if (isChosen(option)) drop(option);
    else if (!most || chosen.length < most) set([...chosen, option]);
    search("");
  }

  function show() {
    if (open.showing) return;
    open.showing = true;
    input.setAttribute("aria-expanded", "true");
    list.showPopover();
    search("");
  }

  function hide() {
    if (!open.showing) return;
    open.showing = false;
    clearTimeout(open.timer);
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    list.hidePopover();
    rest();
  }

  function search(query) {
    open.query = query;
    clearTimeout(open.timer);
    if (query.length < least) say(`Type ${least} or more letters`);
    else if (waits) {
      say("Loading…");
      open.timer = setTimeout(ask, query ? PAUSE : 0);
    } else ask();
  }

  async function ask() {
    const asked = (open.asked += 1);
    const options = await load(open.query);
    if (asked !== open.asked || !open.showing) return;
    open.rows = options;
    open.at = Math.max(0, options.findIndex(isChosen));
    if (options.length) draw();
    else say("Nothing found");
  }

  function say(sentence) {
    open.rows = [];
    list.replaceChildren(h("li", { class: "none", role: "option", "aria-disabled": "true" }, sentence));
    settle(list, box, { wide: true });
  }

  function draw() {
    list.replaceChildren(...open.rows.flatMap(row));
    settle(list, box, { wide: true });
    point(open.at);
  }

  function row(option, index) {
    const heading = option.group && option.group !== open.rows[index - 1]?.group && h("li", { class: "group", role: "presentation" }, option.group);
    const node = h(
      "li",
      {
        role: "option", id: `${list.id}-${index}`, "aria-selected": String(isChosen(option)), onclick: () => pick(option),
        onpointermove: () => open.at !== index && point(index),
      },
      h("span", {}, textNodes(option.text)),
      option.description && h("small", {}, textNodes(option.description)),
    );
    return heading ? [heading, node] : [node];
  }

  function point(index) {
    open.at = index;
    for (const node of list.querySelectorAll(".pointed")) node.classList.remove("pointed");
    const node = document.getElementById(`${list.id}-${index}`);
    node?.classList.add("pointed");
    node?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${list.id}-${index}`);
  }

  function keyed(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open.showing) show();
      else if (open.rows.length) point((open.at + step + open.rows.length) % open.rows.length);
    } else if (event.key === "Enter" && open.showing) {
      event.preventDefault();
      if (open.rows[open.at]) pick(open.rows[open.at]);
    } else if (event.key === "Escape" && open.showing) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (event.key === "Backspace" && many && !input.value && chosen.length) drop(chosen.at(-1));
  }

  function left() {
    const emptied = !many && chosen.length && open.showing && open.query === "" && input.value === "";
    hide();
    if (emptied) set([]);
  }

  input.addEventListener("click", show);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", () => (show(), search(input.value)));
  input.addEventListener("keydown", keyed);
  input.addEventListener("blur", left);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  rest();
  return box;
}
