// Modals: the front view of the person's stack, filled in, submitted and closed.

import { act, seen } from "./api.js";
import { blockEntries, busy } from "./blocks.js";
import { h, reconcile, refresher } from "./dom.js";
import { textNodes } from "./mrkdwn.js";
import { onView } from "./surface.js";
import { raiseToasts } from "./toast.js";
import { place } from "./world.js";

const PAUSE = 120;
let front = null;

/** Shows the modals of the person one is as they are now. */
export const refreshModals = refresher(
  async () => {
    const who = place.me;
    const { views } = await seen("views");
    return who === place.me ? views : undefined;
  },
  (views) => show(views.at(-1), views.length),
);

function show(view, depth) {
  if (front && front.view.id !== view?.id) {
    front.gone = true;
    front.dialog.close();
    front.dialog.remove();
    front = null;
  }
  if (!view) return;
  if (!front) {
    front = opened(view);
    draw(front, view, depth);
    front.dialog.showModal();
    raiseToasts();
    firstField(front.dialog)?.focus();
  } else draw(front, view, depth);
}

const firstField = (dialog) => dialog.querySelector(".body :is(input, textarea, button)");

function opened(view) {
  const parts = {
    title: h("h2", {}),
    back: h("button", { type: "button", class: "bare", "aria-label": "Back", hidden: true }, "←"),
    cross: h("button", { type: "button", class: "bare", "aria-label": "Close the form" }, "✕"),
    body: h("div", { class: "body" }),
    cancel: h("button", { type: "button", class: "button" }),
    submit: h("button", { type: "submit", class: "button primary" }),
  };
  const form = h(
    "form",
    { novalidate: true },
    h("header", {}, parts.back, parts.title, parts.cross),
    parts.body,
    h("footer", {}, parts.cancel, parts.submit),
  );
  const modal = { view, ...parts, form, dialog: h("dialog", { class: "modal", "aria-modal": "true" }, form), waiting: new Map(), sending: Promise.resolve() };
  parts.cross.addEventListener("click", () => close(modal, true));
  parts.cancel.addEventListener("click", () => close(modal, false));
  parts.back.addEventListener("click", () => close(modal, false));
  modal.dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close(modal, false);
  });
  modal.dialog.addEventListener("close", () => modal.gone || close(modal, false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (modal.view.submit) busy(parts.submit, () => submit(modal));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.body.append(modal.dialog);
  return modal;
}

function draw(modal, view, depth) {
  modal.view = view;
  modal.errors = { ...view.errors };
  modal.title.replaceChildren(...textNodes(view.title));
  modal.dialog.setAttribute("aria-label", view.title.text);
  modal.back.hidden = depth < 2 || !view.previous_view_id;
  modal.cancel.replaceChildren(...(view.close ? textNodes(view.close) : ["Cancel"]));
  modal.submit.hidden = !view.submit;
  if (view.submit) modal.submit.replaceChildren(...textNodes(view.submit));
  const surface = onView(view, (where, value) => put(modal, where, value));
  // What is typed but not sent yet outlives a view that the app updates meanwhile.
  const held = surface.held;
  surface.held = (where) => withTyped(held(where), modal.waiting.get(keyOf(where)));
  surface.view = view.id;
  reconcile(modal.body, blockEntries(view.blocks, surface, modal.errors));
}

const keyOf = ({ block_id, action_id }) => `${block_id} ${action_id}`;

function withTyped(held, waiting) {
  return waiting && held && "value" in held ? { ...held, value: waiting.value } : held;
}

function put(modal, where, value) {
  clearError(modal, where.block_id);
  modal.waiting.set(keyOf(where), { where, value });
  clearTimeout(modal.timer);
  modal.timer = setTimeout(() => flush(modal), typeof value === "string" ? PAUSE : 0);
}

function clearError(modal, block) {
  if (!modal.errors[block]) return;
  delete modal.errors[block];
  const field = document.activeElement?.closest(".field.wrong");
  field?.classList.remove("wrong");
  field?.querySelector(".error")?.remove();
}

/** Sends what was put into fields, one after the other; resolves when all of it has arrived. */
function flush(modal) {
  clearTimeout(modal.timer);
  const sent = [...modal.waiting];
  modal.sending = modal.sending.then(async () => {
    for (const [key, entry] of sent) {
      if (modal.waiting.get(key) !== entry) continue;
      await act(`view/${modal.view.id}/set`, { ...entry.where, value: entry.value });
      if (modal.waiting.get(key) === entry) modal.waiting.delete(key);
    }
  });
  return modal.sending;
}

async function submit(modal) {
  await flush(modal);
  const outcome = await act(`view/${modal.view.id}/submit`);
  await refreshModals();
  if (Object.keys(outcome.errors ?? {}).length) modal.body.querySelector(".wrong :is(input, textarea)")?.focus();
}

async function close(modal, all) {
  if (modal.closing) return;
  modal.closing = true;
  modal.waiting.clear();
  clearTimeout(modal.timer);
  await act(`view/${modal.view.id}/close`, { all });
  modal.closing = false;
  await refreshModals();
}
