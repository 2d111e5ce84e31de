// Short notices that something failed, above everything else; they go by themselves.

import { h } from "./dom.js";

const SECONDS = 9;

/** Shows a sentence, with what only developers care for under it. */
export function toast(sentence, detail = "") {
  const corner = document.getElementById("toasts");
  const note = h(
    "div",
    { class: "toast" },
    h("p", {}, sentence || "Something went wrong."),
    detail && h("p", { class: "detail" }, detail),
    h("button", { type: "button", class: "bare", "aria-label": "Dismiss", onclick: () => drop(note) }, "✕"),
  );
  corner.append(note);
  raiseToasts();
  setTimeout(() => drop(note), SECONDS * 1000);
}

/** Puts the notices above a dialog that was opened after them. */
export function raiseToasts() {
  const corner = document.getElementById("toasts");
  if (corner.matches(":popover-open")) corner.hidePopover();
  if (corner.children.length) corner.showPopover();
}

function drop(note) {
  const corner = document.getElementById("toasts");
  note.remove();
  if (!corner.children.length && corner.matches(":popover-open")) corner.hidePopover();
}
