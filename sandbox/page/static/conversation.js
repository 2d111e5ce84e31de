// The middle of the page: a conversation, or the app's Home; and the thread beside it.

import { act, seen } from "./api.js";
import { blockEntries } from "./blocks.js";
import { composer } from "./composer.js";
import { h, reconcile, refresher } from "./dom.js";
import { messageEntries } from "./messages.js";
import { onView } from "./surface.js";
import { HOME, directId, go, here, place, roomName } from "./world.js";

const NEAR = 120;
const list = h("div", { class: "messages", role: "log", "aria-label": "Messages", tabindex: "0" });
const homeBody = h("div", { class: "home", "aria-label": "Home" });
const threadList = h("div", { class: "messages", role: "log", "aria-label": "Replies", tabindex: "0" });

/** Shows the frame of what one went to: head, list and composer. */
export function frameConversation() {
  const main = document.getElementById("conversation");
  list.replaceChildren();
  homeBody.replaceChildren();
  if (place.channel === HOME) {
    main.replaceChildren(head("Bugle", "Home", tabs(HOME)), homeBody);
    act("home", { tab: "home" });
    return;
  }
  const channel = here();
  const direct = place.channel === directId();
  const title = direct ? "Bugle" : `${channel?.kind === "group" ? "🔒 " : "# "}${roomName(place.channel)}`;
  const about = direct ? "App" : [channel?.external && "Shared with another company", channel?.topic].filter(Boolean).join(" · ");
  const label = direct ? "Message Bugle" : `Message #${roomName(place.channel)}`;
  main.replaceChildren(head(title, about, direct && tabs(place.channel)), list, composer({ channel: direct ? "app" : place.channel, label }));
  if (direct) act("home", { tab: "messages" });
}

function head(title, about, more) {
  return h("header", { class: "head" }, h("h1", {}, title), about && h("p", {}, about), more);
}

function tabs(current) {
  const tab = (name, channel) => h("button", { type: "button", role: "tab", "aria-selected": String(current === channel), onclick: () => go({ channel }) }, name);
  return h("div", { role: "tablist", class: "tabs" }, tab("Home", HOME), tab("Messages", directId()));
}

/** Shows the messages of the conversation one is in, or Home, as they are now. */
export const refreshConversation = refresher(
  async () => {
    const { me, channel } = place;
    const path = channel === HOME ? "home" : `channel/${channel === directId() ? "app" : channel}/messages`;
    const found = await seen(path);
    return me === place.me && channel === place.channel ? found : undefined;
  },
  (found) => (place.channel === HOME ? showHome(found.view) : showMessages(list, found.messages, "Nothing has been said here yet.")),
);

function showHome(view) {
  if (!view) {
    const sentence = "Bugle shows nothing here yet.";
    reconcile(homeBody, [{ key: "none", stamp: sentence, build: () => h("p", { class: "empty" }, sentence) }]);
    return;
  }
  const surface = onView(view, (where, value) => act(`view/${view.id}/set`, { ...where, value }));
  surface.view = view.id;
  reconcile(homeBody, blockEntries(view.blocks, surface));
}

function showMessages(box, messages, none, options = {}) {
  const wasEmpty = !box.querySelector(".message");
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  const empty = { key: "none", stamp: none, build: () => h("p", { class: "empty" }, none) };
  reconcile(box, messages.length ? messageEntries(messages, options) : [empty]);
  const wanted = place.ts && document.getElementById(`m-${place.ts}`);
  if (wanted && box.contains(wanted)) {
    wanted.scrollIntoView({ block: "center" });
    wanted.classList.add("pointed");
    place.ts = null;
  } else if (wasEmpty || atEnd) box.scrollTop = box.scrollHeight;
}

/** Shows the frame of the thread one opened, or hides it. */
export function frameThread() {
  const side = document.getElementById("thread");
  side.hidden = !place.thread;
  threadList.replaceChildren();
  if (!place.thread) return;
  const close = h("button", { type: "button", class: "bare", "aria-label": "Close the thread", onclick: () => go({ thread: null }) }, "✕");
  const channel = place.channel === directId() ? "app" : place.channel;
  side.onkeydown = (event) => event.key === "Escape" && go({ thread: null });
  side.replaceChildren(
    h("header", { class: "head" }, h("h2", {}, "Thread"), h("p", {}, channel === "app" ? "Bugle" : `# ${roomName(channel)}`), close),
    threadList,
    composer({ channel, thread: place.thread, label: "Write a reply" }),
  );
}

/** Shows the thread one opened as it is now. */
export const refreshThread = refresher(
  async () => {
    const { me, channel, thread } = place;
    if (!thread || channel === HOME) return undefined;
    const found = await seen(`channel/${channel === directId() ? "app" : channel}/thread/${thread}`);
    return me === place.me && thread === place.thread ? found : undefined;
  },
  (found) => showMessages(threadList, found.messages, "There is no such thread.", { inThread: true }),
);
