// Block Kit: blocks as they look in messages, modals and Home.

import { control, isLine } from "./controls.js";
import { h } from "./dom.js";
import { openMenu } from "./menu.js";
import { mrkdwn, textNodes } from "./mrkdwn.js";
import { richText } from "./richtext.js";

/** Returns blocks as entries for reconcile; `surface` is where their buttons and fields belong. */
export function blockEntries(blocks, surface, errors = {}) {
  return blocks.map((block, index) => ({
    key: block.block_id ?? index,
    stamp: JSON.stringify([block, errors[block.block_id]]),
    build: () => blockNode(block, surface, errors[block.block_id]),
  }));
}

/** Returns one block as an element. */
export function blockNode(block, surface, error) {
  const draw = BLOCKS[block.type];
  const node = draw ? draw(block, surface, error) : h("div", {}, `(A ${block.type} block is not shown here.)`);
  node.classList.add("block", block.type);
  return node;
}

const BLOCKS = {
  section: (block, surface) =>
    h(
      "div",
      {},
      h(
        "div",
        { class: "words" },
        block.text && h("div", {}, textNodes(block.text)),
        block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, textNodes(field)))),
      ),
      block.accessory && h("div", { class: "accessory" }, element(block, block.accessory, surface)),
    ),
  header: (block) => h("h3", {}, textNodes(block.text)),
  divider: () => h("hr"),
  context: (block) =>
    h("div", {}, block.elements.map((one) => (one.type === "image" ? image(one) : h("span", {}, textNodes(one))))),
  actions: (block, surface) => h("div", {}, block.elements.map((one) => element(block, one, surface))),
  context_actions: (block, surface) => h("div", {}, block.elements.map((one) => element(block, one, surface))),
  image: (block) => h("figure", {}, block.title && h("figcaption", {}, textNodes(block.title)), image(block)),
  rich_text: richText,
  markdown: (block) => h("div", {}, mrkdwn(block.text.replace(/\*\*(.+?)\*\*/g, "*$1*").replace(/^#+ (.+)$/gm, "*$1*"))),
  table: (block) => h("table", {}, block.rows.map((row, index) => h("tr", {}, row.map((cell) => h(index ? "td" : "th", {}, cell.type === "rich_text" ? richText(cell) : cell.text))))),
  input: inputBlock,
};

const slackFile = (file) => file?.url ?? (file ? `/control/slack/files/${file.id}` : "");
const image = (one) => h("img", { src: one.image_url ?? slackFile(one.slack_file), alt: one.alt_text, loading: "lazy" });

/** Returns an input block: label, control, hint, and the error where there is one. */
function inputBlock(block, surface, error) {
  const place = { block_id: block.block_id, action_id: block.element.action_id, view: surface.view };
  const where = { block_id: place.block_id, action_id: place.action_id };
  const shown = control({
    element: block.element, place, held: surface.held(where), put: (value, how) => surface.fill(where, value, how),
    options: (query) => surface.options(where, query),
  });
  const field = shown.querySelector("[id^=field]") ?? shown;
  const label = h("label", { for: field.id, id: `${field.id}-label` }, textNodes(block.label), block.optional && h("small", {}, " (optional)"));
  if (field.getAttribute("role")?.includes("group")) field.setAttribute("aria-labelledby", label.id);
  const notes = [error && h("p", { class: "error", id: `${field.id}-error` }, error), block.hint && h("p", { class: "hint", id: `${field.id}-hint` }, textNodes(block.hint))];
  const described = notes.filter(Boolean).map((note) => note.id);
  if (described.length) field.setAttribute("aria-describedby", described.join(" "));
  if (error) field.setAttribute("aria-invalid", "true");
  if (block.dispatch_action && isLine(block.element)) onEnter(field, () => surface.press(where, field.value));
  return h("div", { class: error ? "field wrong" : "field" }, label, shown, ...notes);
}

function onEnter(field, done) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    done();
  });
}

/** Returns an element that acts at once: a button, an overflow menu, or a control outside an input. */
function element(block, one, surface) {
  const where = { block_id: block.block_id, action_id: one.action_id };
  if (one.type === "image") return image(one);
  if (one.type === "button" || one.type === "workflow_button") return button(one, where, surface);
  if (one.type === "overflow") return overflow(one, where, surface);
  if (one.type === "icon_button") return button({ ...one, text: one.text ?? { type: "plain_text", text: "✕" } }, where, surface);
  const name = one.accessibility_label ?? one.placeholder?.text ?? block.text?.text ?? one.action_id;
  const put = (value, { done }) => done && surface.press(where, value);
  const node = control({ element: one, place: { ...where, view: surface.view }, held: surface.held(where) ?? initial(one), put, options: (query) => surface.options(where, query), name });
  if (isLine(one)) onEnter(node, () => surface.press(where, node.value));
  return node;
}

/** Returns what an element starts with, in the form of Slack's state. */
function initial(one) {
  const [key, value] = Object.entries(one).find(([name]) => name.startsWith("initial_")) ?? [];
  if (!key) return { type: one.type };
  return { type: one.type, [key === "initial_value" ? "value" : key.replace("initial_", "selected_")]: value };
}

/** Does something while a button shows that it is busy. */
export async function busy(node, doing) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await doing();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function button(one, where, surface) {
  const focus = `${where.block_id}/${where.action_id}`;
  const node = h(
    "button",
    { type: "button", class: `button ${one.style ?? ""}`, "aria-label": one.accessibility_label, "data-focus": focus },
    textNodes(one.text),
  );
  node.addEventListener("click", () => {
    if (one.url) open(one.url, "_blank", "noreferrer");
    busy(node, () => surface.press(where));
  });
  return node;
}

function overflow(one, where, surface) {
  const node = h("button", { type: "button", class: "button", "aria-label": "More", "aria-haspopup": "menu", "data-focus": `${where.block_id}/${where.action_id}` }, "⋯");
  const chosen = (option) => {
    if (option.url) open(option.url, "_blank", "noreferrer");
    busy(node, () => surface.press(where, option.value));
  };
  const items = one.options.map((option) => ({
    label: textNodes(option.text), hint: option.description?.text, choose: () => chosen(option),
  }));
  node.addEventListener("click", () => openMenu(node, items));
  return node;
}
