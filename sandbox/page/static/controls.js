// The controls of Block Kit's elements: each shows what is held and tells what is put in.

import { freshId, h } from "./dom.js";
import { epochOf, wallOf } from "./dates.js";
import { fileControl } from "./files.js";
import { textNodes } from "./mrkdwn.js";
import { picker } from "./picker.js";
import { nameOf, roomName } from "./world.js";

const PEOPLE_AND_ROOMS = { user: nameOf, conversation: (id) => `#${roomName(id)}`, channel: (id) => `#${roomName(id)}` };
const plain = (text) => ({ type: "plain_text", text });

/**
 * Returns the control of an element. `held` is its state as Slack has it; `put(value, {done})` is called with
 * the new value as the control API takes it, done where the person finished (chose, or pressed Enter);
 * `options(query)` asks for what a menu lists. `name` labels it where no label does.
 */
export function control({ element, place, held, put, options, name }) {
  const id = freshId("field");
  const focus = `${place.block_id}/${place.action_id}`;
  const make = MAKERS[element.type] ?? MAKERS[element.type.replace(/^multi_/, "")];
  if (!make) return h("em", { id }, `(${element.type} is not shown here)`);
  const node = make({ element, held, put, options, id, focus, place });
  const labelled = node.querySelector?.(`#${id}`) ?? node;
  if (name) labelled.setAttribute("aria-label", name);
  return node;
}

const text = (type, mode) => ({ element, held, put, id, focus }) => {
  const tag = element.multiline ? "textarea" : "input";
  const field = h(tag, {
    id, type: tag === "input" ? type : null, inputmode: mode, "data-focus": focus, rows: element.multiline ? 9 : null,
    placeholder: element.placeholder?.text, autocomplete: "off",
  });
  field.value = held?.value ?? "";
  field.addEventListener("input", () => put(field.value, { done: false }));
  return field;
};

function writing({ held, put, id, focus, element }) {
  const field = h("textarea", { id, "data-focus": focus, rows: 6, placeholder: element.placeholder?.text });
  const said = (part) => part.text ?? (part.elements ?? []).map(said).join(part.type === "rich_text" ? "\n" : "");
  field.value = held?.rich_text_value ? said(held.rich_text_value) : "";
  field.addEventListener("input", () => put(field.value, { done: false }));
  return field;
}

/** Returns the options an element lists itself, each with the name of its group. */
function listed(element) {
  const grouped = (element.option_groups ?? []).flatMap((group) => group.options.map((one) => ({ ...one, group: group.label.text })));
  return [...(element.options ?? []), ...grouped];
}

function chosenOf(held) {
  const [, value] = Object.entries(held ?? {}).find(([key]) => key.startsWith("selected_")) ?? [];
  const kind = held?.type.match(/(user|conversation|channel)s_select$/)?.[1];
  const values = Array.isArray(value) ? value : value ? [value] : [];
  return kind ? values.map((one) => ({ text: plain(PEOPLE_AND_ROOMS[kind](one)), value: one })) : values;
}

function select({ element, held, put, options, id, focus }) {
  const many = element.type.startsWith("multi_");
  const own = element.type.endsWith("static_select");
  const external = element.type.endsWith("external_select");
  const matching = (query) => listed(element).filter((one) => one.text.text.toLowerCase().includes(query.toLowerCase()));
  return picker({
    id, focus, many, chosen: chosenOf(held), most: element.max_selected_items,
    placeholder: element.placeholder?.text ?? "Choose", waits: !own,
    least: external ? (element.min_query_length ?? 3) : 0,
    load: async (query) => (own ? matching(query) : options(query)),
    changed: (chosen) => put(many ? chosen.map((one) => one.value) : (chosen[0]?.value ?? null), { done: true }),
  });
}

const choices = (type) => ({ element, held, put, id, focus }) => {
  const chosen = new Set(chosenOf(held).map((one) => one.value));
  const told = () => {
    const values = [...group.querySelectorAll("input:checked")].map((box) => box.value);
    put(type === "radio" ? (values[0] ?? null) : values, { done: true });
  };
  const group = h("div", { id, role: type === "radio" ? "radiogroup" : "group", class: "choices" }, element.options.map((option, index) => {
    const box = h("input", { type, name: id, value: option.value, onchange: told, "data-focus": `${focus}/${index}` });
    box.checked = chosen.has(option.value);
    const words = h("span", {}, textNodes(option.text), option.description && h("small", {}, textNodes(option.description)));
    return h("label", {}, box, words);
  }));
  return group;
};

const picked = (type, holder) => ({ held, put, id, focus }) => {
  const field = h("input", { id, type, "data-focus": focus });
  const value = held?.[holder];
  if (value) field.value = type === "datetime-local" ? wallOf(value) : value;
  const read = () => (type === "datetime-local" ? epochOf(field.value) : field.value);
  field.addEventListener("change", () => put(field.value ? read() : null, { done: true }));
  return field;
};

const MAKERS = {
  plain_text_input: text("text"),
  number_input: text("text", "decimal"),
  url_text_input: text("text", "url"),
  email_text_input: text("text", "email"),
  rich_text_input: writing,
  static_select: select,
  external_select: select,
  users_select: select,
  conversations_select: select,
  channels_select: select,
  radio_buttons: choices("radio"),
  checkboxes: choices("checkbox"),
  datepicker: picked("date", "selected_date"),
  timepicker: picked("time", "selected_time"),
  datetimepicker: picked("datetime-local", "selected_date_time"),
  file_input: fileControl,
};

/** Tells whether an element is a text field of one line, where Enter means to be done. */
export const isLine = (element) => !element.multiline && element.type.endsWith("_input") && !/^(file|rich)/.test(element.type);
