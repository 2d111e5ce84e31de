// The page: reads the workspace, shows it, and keeps it right as things happen.

import { Away, Refusal, listen, read, seen } from "./api.js";
import { frameConversation, frameThread, refreshConversation, refreshThread } from "./conversation.js";
import { retell } from "./dates.js";
import { soon } from "./dom.js";
import { refreshHelpDesks } from "./helpdesk.js";
import { refreshJira, showJira } from "./jira.js";
import { refreshModals } from "./modals.js";
import { heardIn, refreshSidebar, showClock, showPeople, showSidebar } from "./sidebar.js";
import { toast } from "./toast.js";
import { HOME, directId, go, isOurs, onGoing, place, readAddress, world } from "./world.js";

const KINDS = ["message", "view", "person", "group", "channel", "jira", "clock", "app", "help_desk"];
const REMEMBERED = "bugle-sandbox-me";

async function readWorkspace() {
  const [people, rooms, app, jira, clock] = await Promise.all(
    ["slack/people", "slack/channels", "slack/app", "jira", "clock"].map(read),
  );
  world.people = new Map(people.people.map((one) => [one.id, one]));
  world.groups = new Map((people.groups ?? []).map((one) => [one.id, one]));
  world.rooms = new Map(rooms.channels.map((one) => [one.id, one]));
  world.commands = app.features?.slash_commands ?? [];
  world.shortcuts = app.features?.shortcuts ?? [];
  world.accounts = jira.accounts;
  world.resolutions = jira.resolutions;
  world.ahead = Date.parse(clock.now) - Date.now();
}

/** Moves on where the person one is has nothing to look for in the conversation that is open. */
function stayAllowed() {
  const allowed = [...(isOurs() ? [HOME, directId()] : []), ...world.channels.map((one) => one.id)];
  if (allowed.includes(place.channel)) return;
  const fallback = world.channels.find((one) => one.kind !== "im")?.id ?? HOME;
  go({ channel: fallback }, { keepHistory: true });
}

async function went(changed) {
  if (changed.has("me")) {
    localStorage.setItem(REMEMBERED, place.me);
    world.channels = (await seen("channels")).channels;
    showPeople();
    showClock();
    refreshModals();
    stayAllowed();
  }
  if (changed.has("me") || changed.has("channel")) {
    frameConversation();
    frameThread();
    showSidebar();
    document.querySelector("#conversation textarea")?.focus();
  } else if (changed.has("thread")) {
    frameThread();
    document.querySelector("#thread textarea")?.focus();
  }
  if (changed.has("me") || changed.has("issue")) showJira();
  refreshConversation();
  refreshThread();
}

const soonSidebar = soon(60, refreshSidebar);
const soonConversation = soon(40, refreshConversation);
const soonThread = soon(40, refreshThread);
const soonJira = soon(80, refreshJira);
const soonWorkspace = soon(100, refreshAll);

async function refreshAll() {
  await readWorkspace();
  await refreshSidebar();
  stayAllowed();
  showPeople();
  showClock();
  retell();
  refreshConversation();
  refreshThread();
  refreshModals();
  refreshJira();
}

function heard(kind, data) {
  if (kind === "message") {
    heardIn(data.channel, data.ts);
    soonSidebar();
    if (data.channel === place.channel) (soonConversation(), soonThread());
  } else if (kind === "view" && data.user === place.me) {
    if (data.home) soonConversation();
    else refreshModals();
  } else if (kind === "jira") soonJira();
  else if (kind === "help_desk") refreshHelpDesks();
  else if (kind !== "view") soonWorkspace();
}

/** Shows why something could not be read; that the sandbox is away is said at the top already. */
function explain(event) {
  if (event.reason instanceof Refusal) toast(event.reason.message);
  if (event.reason instanceof Refusal || event.reason instanceof Away) event.preventDefault();
}

async function start() {
  await readWorkspace();
  const asked = readAddress();
  const remembered = localStorage.getItem(REMEMBERED);
  const who = [asked.me, remembered, place.me].find((one) => world.people.has(one)) ?? [...world.people.keys()][0];
  onGoing(went);
  place.me = null;
  world.channels = [];
  go({ ...place, ...asked, me: who, thread: asked.thread }, { keepHistory: true });
  addEventListener("popstate", () => go({ thread: null, issue: null, ...readAddress() }, { keepHistory: true }));
  addEventListener("unhandledrejection", explain);
  listen(KINDS, heard, (connected) => {
    document.getElementById("away").hidden = connected;
    if (connected) soonWorkspace();
  });
  setInterval(() => (retell(), showClock()), 10_000);
}

start();
