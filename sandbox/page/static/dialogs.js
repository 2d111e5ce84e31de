// Small dialogs of the page itself: asking before a click counts, and asking for a text.

import { h } from "./dom.js";
import { textNodes } from "./mrkdwn.js";

/** Asks with a confirm object of Block Kit; resolves to whether it was confirmed. */
export function confirmed({ title, text, confirm, deny, style }) {
  const yes = h("button", { class: style === "danger" ? "button danger" : "button primary", value: "yes" }, textNodes(confirm));
  const no = h("button", { class: "button", value: "" }, textNodes(deny));
  const form = h("form", { method: "dialog" }, h("p", {}, textNodes(text)), h("footer", {}, no, yes));
  return asked(title.text, form).then((answer) => answer === "yes");
}

/** Asks for a text that is there already; resolves to the new one, null where it was left. */
export function askText(title, initial, button) {
  const field = h("textarea", { rows: 4, "aria-label": title });
  field.value = initial;
  const form = h(
    "form",
    { method: "dialog" },
    field,
    h("footer", {}, h("button", { class: "button", value: "" }, "Cancel"), h("button", { class: "button primary", value: "yes" }, button)),
  );
  return asked(title, form).then((answer) => (answer === "yes" ? field.value : null));
}

function asked(title, form) {
  const dialog = h("dialog", { class: "ask", "aria-label": title }, h("h2", {}, title), form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}
