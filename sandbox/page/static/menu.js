// A menu of commands under a button: arrows move, Enter chooses, Escape or a click elsewhere closes.

import { h } from "./dom.js";

/** Opens a menu of items {label, hint, choose, danger}; an item that is null draws a line. */
export function openMenu(anchor, items) {
  const rows = items.map((item) => (item ? row(item, () => menu.hidePopover()) : h("hr")));
  const menu = h("div", { class: "menu", role: "menu", popover: "auto" }, rows);
  menu.addEventListener("keydown", (event) => moved(event, menu));
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (!document.activeElement || document.activeElement === document.body) anchor.focus();
  });
  (anchor.closest("dialog") ?? document.body).append(menu);
  anchor.setAttribute("aria-expanded", "true");
  menu.showPopover();
  settle(menu, anchor);
  menu.querySelector("[role=menuitem]")?.focus();
}

function row({ label, hint, choose, danger }, close) {
  const choice = { type: "button", role: "menuitem", class: danger ? "danger" : "" };
  const chosen = () => {
    close();
    choose();
  };
  return h("button", { ...choice, onclick: chosen }, h("span", {}, label), hint && h("small", {}, hint));
}

function moved(event, menu) {
  const rows = [...menu.querySelectorAll("[role=menuitem]")];
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  rows.at(to % rows.length)?.focus();
}

/** Puts something that lies above the page under its anchor, or over it where there is no room. */
export function settle(layer, anchor, { wide = false } = {}) {
  const box = anchor.getBoundingClientRect();
  if (wide) layer.style.width = `${box.width}px`;
  const size = layer.getBoundingClientRect();
  const below = innerHeight - box.bottom - 8;
  const top = size.height > below && box.top > below ? Math.max(8, box.top - size.height - 4) : box.bottom + 4;
  layer.style.top = `${top}px`;
  layer.style.left = `${Math.max(8, Math.min(box.left, innerWidth - size.width - 8))}px`;
}
