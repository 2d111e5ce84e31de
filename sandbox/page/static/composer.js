// Writing: messages with files, slash commands with suggestions, and the menu of shortcuts.

import { act } from "./api.js";
import { h } from "./dom.js";
import { given } from "./files.js";
import { openMenu } from "./menu.js";
import { isOurs, myCommands, myShortcuts, place } from "./world.js";

const drafts = new Map();

/** Returns a composer for a conversation, or for a thread in it; what is typed is kept until it is sent. */
export function composer({ channel, thread = null, label }) {
  const key = `${place.me} ${channel} ${thread}`;
  const files = [];
  const field = h("textarea", { rows: 1, "aria-label": label, placeholder: label, "data-focus": key, "aria-autocomplete": "list" });
  field.value = drafts.get(key) ?? "";
  const suggestions = h("ul", { class: "suggestions", role: "listbox", "aria-label": "Commands", hidden: true });
  const names = h("ul", { class: "given" });
  const chooser = h("input", { type: "file", multiple: true, hidden: true });
  const form = h(
    "form",
    { class: "composer" },
    suggestions,
    field,
    names,
    h(
      "div",
      { class: "row" },
      iconButton("Attach files", "📎", () => chooser.click()),
      iconButton("Shortcuts", "⚡", (event) => shortcuts(event.currentTarget)),
      chooser,
      h("span", { class: "hint" }, "Enter sends, Shift+Enter starts a line"),
      h("button", { class: "button primary" }, "Send"),
    ),
  );
  let pointed = 0;

  function grow() {
    drafts.set(key, field.value);
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, 180)}px`;
    suggest();
  }

  const matching = () => (/^\/\S*$/.test(field.value) ? myCommands().filter((one) => one.command.startsWith(field.value)) : []);

  function suggest() {
    const found = matching();
    suggestions.hidden = !found.length;
    pointed = Math.min(pointed, Math.max(0, found.length - 1));
    suggestions.replaceChildren(...found.map((one, index) => h(
      "li",
      { role: "option", "aria-selected": String(index === pointed), onpointerdown: (event) => (event.preventDefault(), complete(one)) },
      h("strong", {}, one.command), ` ${one.usage_hint ?? ""}`, h("small", {}, one.description),
    )));
  }

  function complete(one) {
    field.value = `${one.command} `;
    field.focus();
    grow();
  }

  function keyed(event) {
    if (event.isComposing) return;
    const found = suggestions.hidden ? [] : matching();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (found.length && step) {
      event.preventDefault();
      pointed = (pointed + step + found.length) % found.length;
      suggest();
    } else if (found.length && (event.key === "Tab" || (event.key === "Enter" && found[pointed].command !== field.value))) {
      event.preventDefault();
      complete(found[pointed]);
    } else if (found.length && event.key === "Escape") suggestions.hidden = true;
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  }

  function listFiles() {
    names.replaceChildren(...files.map((file, index) => h("li", {}, `📎 ${file.name} `, h("button", {
      type: "button", class: "bare", "aria-label": `Remove ${file.name}`, onclick: () => (files.splice(index, 1), listFiles()),
    }, "✕"))));
  }

  async function submit(event) {
    event.preventDefault();
    const typed = field.value.trim();
    if (!typed && !files.length) return;
    const attached = files.splice(0);
    field.value = "";
    grow();
    listFiles();
    const outcome = await deliver(typed, attached);
    if (outcome.error && !field.value) {
      field.value = typed;
      files.push(...attached);
      grow();
      listFiles();
    }
  }

  function deliver(typed, attached) {
    const command = typed.match(/^(\/\S+)\s*(.*)$/s);
    if (command && !attached.length) return act("command", { channel, thread_ts: thread, command: command[1], text: command[2] });
    return act("message", { channel, thread_ts: thread, text: typed, files: attached });
  }

  field.addEventListener("input", grow);
  field.addEventListener("keydown", keyed);
  field.addEventListener("blur", () => (suggestions.hidden = true));
  chooser.addEventListener("change", async () => {
    files.push(...(await Promise.all([...chooser.files].map(given))));
    chooser.value = "";
    listFiles();
    field.focus();
  });
  form.addEventListener("submit", submit);
  return form;
}

const iconButton = (label, sign, press) => h("button", { type: "button", class: "bare icon", "aria-label": label, title: label, onclick: press }, sign);

function shortcuts(anchor) {
  const known = myShortcuts("global");
  const items = known.map((one) => ({ label: one.name, hint: one.description, choose: () => act("shortcut", { callback_id: one.callback_id }) }));
  openMenu(anchor, items.length ? items : [{ label: isOurs() ? "The app has no shortcuts" : "The app’s shortcuts are for Harbor’s people", choose: () => {} }]);
}
