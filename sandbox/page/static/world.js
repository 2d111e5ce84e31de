// What the page knows of the workspace, and where in it one is.

export const BUGLE = "U0BUGLE";
export const HOME = "home";

/** What was read last from the control API; `ahead` is how far the business clock is before this machine's, in ms. */
export const world = {
  people: new Map(),
  groups: new Map(),
  rooms: new Map(),
  channels: [],
  commands: [],
  shortcuts: [],
  accounts: [],
  resolutions: [],
  ahead: 0,
};

/** Who one is and what is open: `channel` is an id or HOME, `thread` a ts, `issue` a key, `ts` a message to show. */
export const place = { me: "U0ANA", channel: "C0SUPPORT", thread: null, issue: null, ts: null };

const watchers = [];

/** Calls back with the names of what changed whenever one goes elsewhere. */
export const onGoing = (watcher) => watchers.push(watcher);

/** Goes elsewhere: as another person, to another conversation, thread or issue. */
export function go(changes, { keepHistory = false } = {}) {
  if ("channel" in changes && !("thread" in changes)) changes = { ...changes, thread: null };
  const changed = Object.keys(changes).filter((name) => place[name] !== changes[name]);
  Object.assign(place, changes);
  const address = `?${query()}`;
  if (keepHistory) history.replaceState(null, "", address);
  else if (changed.length) history.pushState(null, "", address);
  for (const watcher of watchers) watcher(new Set(changed));
}

function query() {
  const { me, channel, thread, issue } = place;
  return new URLSearchParams(Object.entries({ as: me, channel, thread, issue }).filter(([, value]) => value));
}

/** Takes where one is from the address, also as permalinks and Jira's links write it. */
export function readAddress() {
  const asked = new URLSearchParams(location.search);
  const channel = asked.get("channel") ?? asked.get("cid");
  const owner = channel?.startsWith("D") ? `U${channel.slice(1)}` : null;
  const who = asked.get("as") ?? owner;
  return {
    ...(who && { me: who }),
    ...(channel && { channel }),
    thread: asked.get("thread") ?? asked.get("thread_ts"),
    issue: asked.get("issue"),
    ts: asked.get("ts"),
  };
}

/** Returns the person one is. */
export const me = () => world.people.get(place.me);

/** Tells whether the person one is works here: people of other companies see what is shared with them alone. */
export const isOurs = () => (me()?.team ?? "T0HARBOR") === "T0HARBOR";

/** Returns the app's commands that one has; other companies have none. */
export const myCommands = () => (isOurs() ? world.commands : []);

/** Returns the app's shortcuts of a type that one has; other companies have none. */
export const myShortcuts = (type) => (isOurs() ? world.shortcuts.filter((one) => one.type === type) : []);

/** Returns the DM with the app. */
export const directId = (user = place.me) => `D${user.slice(1)}`;

/** Returns the conversation one is in, as the list of channels shows it. */
export const here = () => world.channels.find((one) => one.id === place.channel);

/** Returns what a person, or the app, is called. */
export const nameOf = (user) => (user === BUGLE ? "Bugle" : (world.people.get(user)?.name ?? user));

/** Returns what a channel is called, without the #. */
export const roomName = (id) => world.rooms.get(id)?.name ?? (id?.startsWith("D") ? "Bugle" : id);

/** Returns the business time now, in ms. */
export const now = () => Date.now() + world.ahead;

/** Returns the letters that stand for a person. */
export function initials(name) {
  const words = name.split(/[\s-]+/).filter((word) => /^[A-Za-zÀ-ÿ]/.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word.slice(0, 1).toUpperCase()).join("");
}

/** Returns which of the avatars' eight colours a person has. */
export const tint = (user) => [...user].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 8;
