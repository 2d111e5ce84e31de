// Help desks: a customer writes to one, its webhook goes to the bot, and the answers are shown.

import { attempt, read } from "./api.js";
import { h, reconcile, refresher } from "./dom.js";

const DESKS = { zendesk: "Zendesk", intercom: "Intercom", freshdesk: "Freshdesk", front: "Front", json: "A program of our own (JSON)" };
const SCORES = { "": "None: they ask something", 1: "1 · very unhappy", 2: "2", 3: "3", 4: "4", 5: "5 · very happy" };
const SHOWN = 5;

let dialog = null;

/** Opens the dialog in which one writes as a customer. */
export function openHelpDesks() {
  if (dialog) return;
  const list = h("ul", { class: "sent", "aria-label": "Sent to the bot", "aria-live": "polite" });
  dialog = h(
    "dialog",
    { class: "modal", "aria-label": "A customer writes to a help desk" },
    h(
      "form",
      { onsubmit: write },
      h("header", {}, h("h2", {}, "A customer writes to a help desk"), h("button", { type: "button", class: "bare", "aria-label": "Close", onclick: () => dialog.close() }, "✕")),
      h(
        "div",
        { class: "body" },
        choice("Help desk", "kind", DESKS),
        line("Their name", "author", "Olga Ruiz"),
        line("Their company", "company", "Lumen Retail"),
        line("E-mail", "email", "olga@lumen-retail.example"),
        line("Subject", "subject", "Charged twice"),
        field("What they say", h("textarea", { name: "text", required: true, rows: 4 })),
        line("Tag of an agent, such as a product", "product", ""),
        choice("Satisfaction", "score", SCORES),
        list,
      ),
      h("footer", {}, h("button", { class: "button primary" }, "Send the webhook")),
    ),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    dialog = null;
  });
  document.body.append(dialog);
  dialog.showModal();
  refreshHelpDesks();
}

function field(label, control) {
  return h("div", { class: "field" }, h("label", {}, label, control));
}

const line = (label, name, value) => field(label, h("input", { name, value, autocomplete: "off" }));

function choice(label, name, options) {
  const list = Object.entries(options).sort(([one], [other]) => (one === "" ? -1 : other === "" ? 1 : 0));
  return field(label, h("select", { name }, list.map(([value, text]) => h("option", { value }, text))));
}

async function write(event) {
  event.preventDefault();
  const { kind, score, ...said } = Object.fromEntries(new FormData(event.target));
  const button = event.target.querySelector("footer button");
  button.setAttribute("aria-busy", "true");
  const sent = await attempt(`help-desks/${kind}`, score ? { ...said, score: Number(score) } : said);
  button.removeAttribute("aria-busy");
  if (sent) event.target.elements.text.value = "";
  refreshHelpDesks();
}

/** Shows what was sent last, with each answer of the bot. */
export const refreshHelpDesks = refresher(
  async () => (dialog ? read("help-desks") : undefined),
  ({ sent }) => {
    if (!dialog) return;
    const last = sent.slice(-SHOWN).reverse();
    reconcile(dialog.querySelector(".sent"), last.map((one) => ({ key: String(one.number), stamp: String(one.answers.length), build: () => shown(one) })));
  },
);

function shown({ number, kind, author, text, answers }) {
  const again = () => attempt(`help-desks/sent/${number}`, {}).then(refreshHelpDesks);
  return h(
    "li",
    {},
    h("p", {}, h("strong", {}, DESKS[kind]), ` · ${author}: ${text}`),
    answers.map(({ status, body, failure }) =>
      h("p", { class: status >= 200 && status < 300 ? "answer" : "answer bad" }, h("b", {}, status || "No answer"), ` ${body || failure}`),
    ),
    h("button", { type: "button", class: "button small", onclick: again, title: "The same webhook, signed anew" }, "Send it again"),
  );
}
