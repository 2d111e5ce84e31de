// The control API: reading, acting as the person one is, and hearing what happens.

import { place } from "./world.js";
import { toast } from "./toast.js";

/** A control request that was refused; the message is the sentence that says what to do. */
export class Refusal extends Error {}

async function answered(response) {
  const body = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw new Refusal(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

/** Reads from the control API. */
export const read = async (path) => answered(await fetch(`/control/${path}`, { cache: "no-store" }));

/** Acts through the control API. */
export async function send(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return answered(await fetch(`/control/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** Reads what the person one is sees in Slack. */
export const seen = (path) => read(`slack/as/${place.me}/${path}`);

/** Does something in Slack as the person one is; what went wrong is shown and also returned. */
export async function act(path, body = {}) {
  try {
    const outcome = await send(`slack/as/${place.me}/${path}`, body);
    if (outcome.error) toast(outcome.seen, [outcome.error, ...outcome.detail].join(" · "));
    return outcome;
  } catch (refusal) {
    toast(refusal instanceof Refusal ? refusal.message : "The sandbox does not answer.");
    return { ok: false, error: "refused", errors: {}, options: [], view: null, closed: false, confirm: null };
  }
}

/** Does something outside Slack; a refusal is shown, and null returned. */
export async function attempt(path, body) {
  try {
    return await send(path, body);
  } catch (refusal) {
    toast(refusal instanceof Refusal ? refusal.message : "The sandbox does not answer.");
    return null;
  }
}

/** Hears what happens: calls heard(kind, data) for each happening and connected(bool) as the stream comes and goes. */
export function listen(kinds, heard, connected) {
  const stream = new EventSource("/control/live");
  for (const kind of kinds) stream.addEventListener(kind, (event) => heard(kind, JSON.parse(event.data)));
  stream.addEventListener("ready", () => connected(true));
  stream.addEventListener("error", () => connected(false));
}
